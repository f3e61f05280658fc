import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { listAt } from '../../synth/checks/json';
import { ApiServer } from './api-server';
import { ExporterProcess } from './exporter-process';
import { configPrograms } from './go-programs';
import { freePort } from '../free-port';
import { committed, containerOf, object } from './rendered';

/* kube-state-metrics with the arguments that dist/dev has for it, and an API server that stands still. */

const path = configPrograms.find('kube-state-metrics');
const run = path === undefined ? test.skip : test;

const objects = committed('cluster');
const { args } = containerOf(
  object(objects, 'Deployment', 'kube-state-metrics'),
  'kube-state-metrics',
);
const rules = listAt(
  object(objects, 'ClusterRole', 'platform-dev-cluster-kube-state-metrics'),
  'rules',
) as { apiGroups: string[]; resources: string[] }[];

const web = { metadata: { name: 'web', namespace: 'demo', uid: '1' } };
const api = new ApiServer({
  '/pods': [{ kind: 'Pod', ...web, spec: { nodeName: 'node', containers: [] } }],
  'apps/deployments': [{ kind: 'Deployment', ...web, spec: { replicas: 3 } }],
});

let exporter: ExporterProcess;
const own = { metrics: 0, telemetry: 0 };
let apiServer: string;
beforeAll(async () => {
  apiServer = await api.start();
  if (path === undefined) return;
  own.metrics = await freePort();
  own.telemetry = await freePort();
  const here = args.map((arg) =>
    arg
      .replace(/^(--port=)9160$/, `$1${String(own.metrics)}`)
      .replace(/^(--telemetry-port=)9161$/, `$1${String(own.telemetry)}`),
  );
  const loopback = ['--host=127.0.0.1', '--telemetry-host=127.0.0.1'];
  exporter = new ExporterProcess(
    path,
    [...here, ...loopback, `--apiserver=${apiServer}`],
    own.metrics,
  );
});
afterAll(async () => {
  if (path !== undefined) await exporter.stop();
  await api.stop();
});

run('its probes are answered, readiness by the other port', async () => {
  expect((await exporter.get('/')).status).toBe(200);
  expect((await exporter.get('/readyz', own.telemetry)).status).toBe(200);
});

run('it measures what the API server has', async () => {
  const wanted = {
    'kube_pod_info{namespace="demo",pod="web"': 1,
    'kube_deployment_spec_replicas{namespace="demo",deployment="web"': 3,
  };
  const found = async () => {
    const lines = [...(await exporter.metrics())];
    return Object.fromEntries(
      Object.keys(wanted).map((start) => [
        start,
        lines.find(([name]) => name.startsWith(start))?.[1],
      ]),
    );
  };
  // Pods and Deployments come one after the other.
  for (let left = 100; left > 0 && Object.values(await found()).includes(undefined); left -= 1)
    await sleep(50);
  expect(await found()).toEqual(wanted);
});

run('it asks for exactly what its ClusterRole allows', async () => {
  const allowed = rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  );
  expect(allowed.length).toBeGreaterThan(10);
  for (let left = 100; left > 0 && api.asked.size < allowed.length; left -= 1) await sleep(50);
  expect([...api.asked].sort()).toEqual(allowed.sort());
});

run.each([
  ['an argument', '--resource=pods', 'unknown flag: --resource'],
  ['a resource', '--resources=podz', 'resource podz does not exist'],
])('%s that it does not know ends it', (_, wrong, message) => {
  const options = { encoding: 'utf8', timeout: 20_000 } as const;
  const all = [...args, wrong, `--apiserver=${apiServer}`];
  const { status, stdout, stderr } = spawnSync(path ?? '', all, options);
  expect(status).toBeGreaterThan(0);
  expect(stdout + stderr).toContain(message);
});
