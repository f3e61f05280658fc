import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, NginxTier, objects } from './nginx-tier';
import { exporter, nginx } from './programs';
import { containerOf, object } from './rendered';
import { client, get } from './requests';

/* The exporter beside the gateway, with the arguments that dist/dev has for it. */

const program = nginx();
const path = exporter();
const { args } = containerOf(object(objects, 'Deployment', 'gateway'), 'exporter');

test('the exporter is told where the status page is, and where to listen', () => {
  expect(args).toEqual([
    '--nginx.scrape-uri=http://127.0.0.1:8090/stub_status',
    '--web.listen-address=:9113',
  ]);
});

const run = path !== undefined && program.hasStatus ? test : test.skip;
run('it reads the status page of the gateway', async () => {
  const tier = new NginxTier(program);
  await tier.start();
  const port = String(await freePort());
  const own = args.map((arg) =>
    arg.replace(':8090/', `:${String(tier.ports.status)}/`).replace('=:9113', `=127.0.0.1:${port}`),
  );
  const child = spawn(path ?? '', own, { stdio: 'ignore' });
  try {
    const before = await metrics(port);
    expect(before.get('nginx_up')).toBe(1);
    for (let at = 0; at < 10; at += 1) await get(tier, '/', { from: client(at) });
    const after = await metrics(port);
    const total = 'nginx_http_requests_total';
    // The second look at the status page is a request, too.
    expect((after.get(total) ?? 0) - (before.get(total) ?? 0)).toBe(11);
    await tier.gateway.kill();
    expect((await metrics(port)).get('nginx_up')).toBe(0);
  } finally {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
    await tier.stop();
  }
});

/** What it exports, once it answers. */
async function metrics(port: string): Promise<Map<string, number>> {
  for (let left = 100; left > 0; left -= 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
    if (answer === undefined) {
      await sleep(50);
      continue;
    }
    const lines = (await answer.text()).split('\n').filter((line) => !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const [name = '', value] = line.split(' ');
        return [name, Number(value)];
      }),
    );
  }
  throw new Error('The exporter does not answer.');
}
