import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { HOST, NginxTier } from './nginx-tier';
import { nginx } from './programs';
import { NginxProcess } from './nginx-process';

/*
 * Requests per second of the gateway of dist/dev against those of a gateway written by hand, before
 * the same backends, in turns: node --require ./register test/configs/throughput.ts [pairs] [seconds].
 * Needs wrk. Rates are limited as for a client that may send as much as it wants.
 */

const [pairs = '7', seconds = '5'] = process.argv.slice(2);

const plain = (tier: NginxTier, folder: string, address: string) => `\
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 1024; }
http {
  client_body_temp_path ${folder}/tmp/client-body;
  proxy_temp_path ${folder}/tmp/proxy;
  fastcgi_temp_path ${folder}/tmp/fastcgi;
  uwsgi_temp_path ${folder}/tmp/uwsgi;
  scgi_temp_path ${folder}/tmp/scgi;
  access_log /dev/stdout;
  upstream web {
${tier.backends.map((one) => `    server ${one.address}:${String(one.port)};\n`).join('')}\
    keepalive 32;
  }
  server {
    listen ${address}:${String(tier.gateway.port)};
    server_name ${HOST};
    location = /health { return 200 "ok"; }
    location / {
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_pass http://web;
    }
  }
}
`;

async function main(): Promise<void> {
  const program = nginx();
  const tier = new NginxTier(program);
  const unlimited = (conf: string) =>
    conf
      .replace(/rate=\d+r/, 'rate=1000000r')
      // Time goes by the millisecond for it, in which more than the usual burst can come.
      .replace(/burst=\d+/, 'burst=10000')
      .replace(/limit_conn clients \d+/, 'limit_conn clients 1000');
  await tier.start(2, unlimited);
  const address = tier.address(11);
  const folder = join(tier.folder, address);
  const conf = plain(tier, folder, address);
  const other = new NginxProcess(join(tier.folder, 'nginx'), folder, address, tier.gateway.port, {
    'nginx.conf': conf,
  });
  await other.start();
  try {
    const ratios: number[] = [];
    for (let pair = 0; pair < Number(pairs); pair += 1) {
      const order = pair % 2 === 0 ? [tier.gateway, other] : [other, tier.gateway];
      const rates = new Map(order.map((one) => [one, rate(one)]));
      const [ours = 0, theirs = 0] = [rates.get(tier.gateway), rates.get(other)];
      ratios.push(ours / theirs);
      console.log(
        `pair ${String(pair + 1)}: ${ours.toFixed(0)} and ${theirs.toFixed(0)} requests/s`,
      );
    }
    const median = ratios.toSorted((one, two) => one - two)[Math.floor(ratios.length / 2)] ?? 0;
    console.log(`median ratio ${median.toFixed(3)}, nginx ${program.version}`);
  } finally {
    await other.kill();
    await tier.stop();
  }
}

function rate({ address, port }: NginxProcess): number {
  const url = `http://${address}:${String(port)}/`;
  const args = ['-t1', '-c16', `-d${seconds}s`, '-H', `Host: ${HOST}`, url];
  const { stdout } = spawnSync('wrk', args, { encoding: 'utf8' });
  if (/Non-2xx/.test(stdout)) throw new Error(`Not all answers are 200:\n${stdout}`);
  return Number(/Requests\/sec: +([0-9.]+)/.exec(stdout)?.[1]);
}

void main();
