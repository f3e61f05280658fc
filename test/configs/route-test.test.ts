import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { busybox, toolsIn, withBusybox } from './busybox';
import { NginxTier } from './nginx-tier';
import { nginx } from './programs';
import { containerOf, object, rendered } from './rendered';

/* The pod of `helm test` that asks the gateway, with the tools of its image. */

const { command, env } = containerOf(
  object(rendered('network'), 'Pod', 'gateway-route-test'),
  'route',
);

let tier: NginxTier;
beforeEach(() => {
  tier = new NginxTier(nginx());
});
afterEach(() => tier.stop());

/** What the pod does. */
function ask() {
  const { address, port } = tier.gateway;
  const URL = env['URL']?.replace('gateway:8080', `${address}:${String(port)}`);
  const PATH = toolsIn(join(tier.folder, 'tools'));
  const [, ...args] = command;
  const options = { env: { ...env, URL, PATH }, encoding: 'utf8', timeout: 60_000 } as const;
  const { status, stdout } = spawnSync(busybox ?? '', ['sh', ...args], options);
  const lacks = stdout.split('\n').filter((line) => line.includes(' lacks '));
  return { status, lacks, lines: stdout.trimEnd().split('\n') };
}

withBusybox('it is content with the gateway as it is', async () => {
  await tier.start();
  const { status, lacks, lines } = ask();
  expect({ status, lacks }).toEqual({ status: 0, lacks: [] });
  // A page with six headers, and two that are not there.
  expect(lines).toHaveLength(9);
});

withBusybox('a header that is missing or different fails it, by name', async () => {
  await tier.start(2, (conf) =>
    conf.replace(/^ *add_header X-Frame-Options .*\n/m, '').replace('"nosniff"', '"sniff"'),
  );
  const { status, lacks } = ask();
  expect(status).toBe(1);
  expect(lacks).toEqual([
    '/ of host www.dev.platform.example lacks "X-Content-Type-Options: nosniff"; the answer is:',
    '/ of host www.dev.platform.example lacks "X-Frame-Options: DENY"; the answer is:',
  ]);
});

withBusybox('a gateway without backends fails it', async () => {
  await tier.start();
  for (const backend of tier.backends) await backend.kill();
  const { status, lacks, lines } = ask();
  expect(status).toBe(1);
  expect(lacks[0]).toBe(
    '/ of host www.dev.platform.example lacks "HTTP/1.1 200 OK"; the answer is:',
  );
  expect(lines).toContain('  HTTP/1.1 502 Bad Gateway');
});

withBusybox('a gateway that serves hosts of nobody fails it', async () => {
  await tier.start(2, (conf) => conf.replaceAll('return 404;', 'return 200;'));
  const { status, lacks } = ask();
  expect(status).toBe(1);
  expect(lacks).toEqual([
    '/ of host no-such-host.invalid lacks "HTTP/1.1 404 Not Found"; the answer is:',
  ]);
});

withBusybox('no gateway at all fails it', async () => {
  await tier.start();
  await tier.gateway.kill();
  expect(ask()).toMatchObject({ status: 1 });
});
