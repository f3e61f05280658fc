import { ExporterProcess } from './exporter-process';
import { configPrograms } from './go-programs';
import { freePort } from '../free-port';
import { NginxTier, objects } from './nginx-tier';
import { nginx, testUnless } from './programs';
import { containerOf, object } from './rendered';
import { client, get } from './requests';

/* The exporter beside the gateway, with the arguments that dist/dev has for it. */

const program = nginx();
const path = configPrograms.find('nginx-exporter');
const { args } = containerOf(object(objects, 'Deployment', 'gateway'), 'exporter');

test('the exporter is told where the status page is, and where to listen', () => {
  expect(args).toEqual([
    '--nginx.scrape-uri=http://127.0.0.1:8090/stub_status',
    '--web.listen-address=:9113',
  ]);
});

const run = testUnless(
  path === undefined
    ? 'Go did not build the exporter'
    : program.hasStatus
      ? undefined
      : `nginx ${program.version} has no status page`,
);
run('it reads the status page of the gateway', async () => {
  const tier = new NginxTier(program);
  await tier.start();
  const port = await freePort();
  const own = args.map((arg) =>
    arg
      .replace(':8090/', `:${String(tier.ports.status)}/`)
      .replace('=:9113', `=127.0.0.1:${String(port)}`),
  );
  const child = new ExporterProcess(path ?? '', own, port);
  try {
    const before = await child.metrics();
    expect(before.get('nginx_up')).toBe(1);
    for (let at = 0; at < 10; at += 1) await get(tier, '/', { from: client(at) });
    const after = await child.metrics();
    const total = 'nginx_http_requests_total';
    // The second look at the status page is a request, too.
    expect((after.get(total) ?? 0) - (before.get(total) ?? 0)).toBe(11);
    await tier.gateway.kill();
    expect((await child.metrics()).get('nginx_up')).toBe(0);
  } finally {
    await child.stop();
    await tier.stop();
  }
});
