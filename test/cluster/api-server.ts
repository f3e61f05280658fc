import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { authority } from '../constructs/certificate';

/* A real API server with RBAC on 127.0.0.1, without controllers and nodes. */

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface RealApiServer {
  port: number;
  /** Of the certificate, as PEM. */
  ca: string;
  ask: (method: string, path: string, body?: object, token?: string) => Promise<Answer>;
  /** What was asked so far, from the audit log. */
  events: () => Record<string, unknown>[];
  stop: () => Promise<void>;
}

const ADMIN = 'token-of-the-admin';

export async function startApiServer(): Promise<RealApiServer> {
  const [etcd, apiServer] = [program('TWINCHART_ETCD'), program('TWINCHART_KUBE_APISERVER')];
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-api-server-'));
  const file = (name: string, content?: string): string => {
    if (content !== undefined) writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const [port, client, peer] = [await freePort(), await freePort(), await freePort()];
  const { ca, cert, key } = authority('cluster');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signing = file('sa.key', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  const rules = [{ level: 'Metadata', omitStages: ['RequestReceived'] }];
  const policy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules };
  const urls = {
    client: `http://127.0.0.1:${String(client)}`,
    peer: `http://127.0.0.1:${String(peer)}`,
  };

  const start = (path: string, flags: Record<string, string>): ChildProcess => {
    const log = openSync(file('log'), 'a');
    const options = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    return spawn(path, options, { stdio: ['ignore', log, log] });
  };
  const store = start(etcd, {
    'unsafe-no-fsync': 'true',
    'data-dir': file('etcd'),
    'listen-client-urls': urls.client,
    'advertise-client-urls': urls.client,
    'listen-peer-urls': urls.peer,
    'initial-advertise-peer-urls': urls.peer,
    'initial-cluster': `default=${urls.peer}`,
  });
  const server = start(apiServer, {
    'etcd-servers': urls.client,
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    'endpoint-reconciler-type': 'none',
    'service-cluster-ip-range': '10.96.0.0/16',
    'cert-dir': folder,
    'tls-cert-file': file('tls.crt', cert),
    'tls-private-key-file': file('tls.key', key),
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': signing,
    'service-account-signing-key-file': signing,
    'authorization-mode': 'Node,RBAC',
    'token-auth-file': file('tokens.csv', `${ADMIN},admin,admin,system:masters\n`),
    'audit-policy-file': file('audit.json', JSON.stringify(policy)),
    'audit-log-path': file('audit.log'),
  });

  const ask: RealApiServer['ask'] = (method, path, body, token = ADMIN) =>
    new Promise((resolve, reject) => {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      request({ host: '127.0.0.1', port, ca, method, path, headers }, (answer) => {
        const status = answer.statusCode ?? 0;
        text(answer)
          .then((json) => (json.startsWith('{') ? (JSON.parse(json) as Answer['body']) : { json }))
          .then((content) => {
            resolve({ status, body: content });
          }, reject);
      })
        .on('error', reject)
        .end(body && JSON.stringify(body));
    });

  const stop = async (): Promise<void> => {
    // etcd last: without it the API server holds its port for a minute.
    for (const child of [server, store]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true });
  };

  const end = Date.now() + 120_000;
  const ready = async (): Promise<boolean> =>
    ask('GET', '/readyz').then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await ready())) {
    if (Date.now() > end || server.exitCode !== null) {
      const log = readFileSync(file('log'), 'utf8').slice(-3000);
      await stop();
      throw new Error(`The API server is not ready after two minutes. Its log ends with:\n${log}`);
    }
    await new Promise((next) => setTimeout(next, 200));
  }
  const events = (): Record<string, unknown>[] =>
    readFileSync(file('audit.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { port, ca, ask, events, stop };
}

function program(variable: string): string {
  const path = process.env[variable];
  if (path !== undefined && path !== '') return path;
  throw new Error(`${variable} is not set: set it to the path of the program.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
