import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { ExporterProcess } from './exporter-process';
import { configPrograms } from './go-programs';
import { freePort } from '../free-port';
import { containerOf, object, rendered } from './rendered';

/* node-exporter with the arguments of its container; this machine is the node. */

const path = configPrograms.find('node-exporter');
const run = path === undefined ? test.skip : test;

const objects = rendered('cluster', { cluster: { nodeExporter: { enabled: true } } });
const { args } = containerOf(object(objects, 'DaemonSet', 'node-exporter'), 'node-exporter');

/** The node is mounted at /host; the kubelet puts its address in place of the variable. */
const argsHere = () =>
  args.map((arg) =>
    arg
      .replace(/^(--path\.[a-z.]+=)\/host$/, '$1/')
      .replace(/^(--path\.[a-z.]+=)\/host\//, '$1/')
      .replace('$(NODE_IP)', '127.0.0.1')
      .replace(':9100', `:${String(port)}`),
  );

let exporter: ExporterProcess;
let port: number;
let metrics: Map<string, number>;
beforeAll(async () => {
  if (path === undefined) return;
  port = await freePort();
  exporter = new ExporterProcess(path, argsHere(), port);
  metrics = await exporter.metrics();
});
afterAll(async () => {
  if (path !== undefined) await exporter.stop();
});

const named = (start: string) => [...metrics.keys()].filter((name) => name.startsWith(start));

run('it measures processors, memory, disks and load', () => {
  expect(named('node_cpu_seconds_total{').length).toBeGreaterThan(0);
  expect(metrics.get('node_memory_MemAvailable_bytes')).toBeGreaterThan(0);
  expect(metrics.get('node_load1')).toBeGreaterThanOrEqual(0);
  expect(metrics.get('node_scrape_collector_success{collector="filesystem"}')).toBe(1);
  expect(metrics.get('node_scrape_collector_success{collector="netdev"}')).toBe(1);
});

run('it measures file systems by their names on the node, but not those that are none', () => {
  const points = named('node_filesystem_avail_bytes{').map(
    (name) => /mountpoint="([^"]*)"/.exec(name)?.[1] ?? '',
  );
  expect(points).toContain('/');
  expect(points.filter((point) => /^\/(dev|proc|sys|run\/.)/.test(point))).toEqual([]);
});

run('it counts the interfaces of its own network', () => {
  const devices = named('node_network_receive_bytes_total{').map(
    (name) => /device="([^"]*)"/.exec(name)?.[1] ?? '',
  );
  expect(devices).toEqual(expect.arrayContaining(Object.keys(networkInterfaces())));
});

run('its probe is answered, and at no other address', async () => {
  expect((await exporter.get('/')).status).toBe(200);
  const [other] = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one?.family === 'IPv4' && !one.internal);
  if (other === undefined) return;
  await expect(fetch(`http://${other.address}:${String(port)}/`)).rejects.toThrow();
});

run('an argument that it does not know ends it', () => {
  const { status, stderr } = spawnSync(path ?? '', [...args, '--path.hostfs=/'], {
    encoding: 'utf8',
  });
  expect(status).not.toBe(0);
  expect(stderr).toContain('unknown long flag');
});
