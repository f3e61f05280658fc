/*
 * The autoscaler of prod's Node service, by usage that annotations simulate. Nothing is said of its
 * behaviour: it doubles the pods at each look at the most, and shrinks when usage has been low for as
 * long as the controllers say, which is five minutes elsewhere and ten seconds here.
 */
import { autoscaling, deleteNamespaces, kubectl } from './kube';
import { clear, TOOLS } from './tools';
import { ReadyPods } from './watch';

const NAME = 'node-service';
const SELECTOR = `app.kubernetes.io/name=${NAME}`;
/** Of each of the first pods: more than all that there may be are to have. */
const LOADS = [
  { resource: 'cpu', usage: '2', place: { tier: 'app', namespace: 'load-cpu' } },
  { resource: 'memory', usage: '2Gi', place: { tier: 'app', namespace: 'load-memory' } },
];
/** More than nothing, which would be no measurement. */
const IDLE: Readonly<Record<string, string>> = { cpu: '10m', memory: '16Mi' };
const idle = Object.entries(IDLE).map(
  ([resource, usage]) => `nodeService.podAnnotations.kwok\\.x-k8s\\.io/usage-${resource}=${usage}`,
);

const tool = TOOLS.find(({ name }) => name === 'kubectl, server-side');
const watches = new Map<string, ReadyPods>();
let [least, most] = [0, 0];

// Both go on at the same time, since usage is measured every ten seconds only.
beforeAll(async () => {
  await Promise.all(LOADS.map(start));
});

afterAll(() => deleteNamespaces(LOADS.map(({ place }) => place.namespace)));

test.each(LOADS)('grows to its maximum under load of $resource', async ({ resource, place }) => {
  const pods = watches.get(resource);
  await pods?.until('The maximum', ({ ready }) => ready === most);
  expect(pods?.least).toBe(least);
  await use(place.namespace, resource, IDLE[resource] ?? '');
});

test.each(LOADS)('shrinks to its minimum after load of $resource', async ({ resource }) => {
  const pods = watches.get(resource);
  await pods?.until('The minimum', ({ ready, pods }) => ready === least && pods === least);
  await pods?.stop();
  expect(pods?.least).toBe(least);
  expect(pods?.most).toBe(most);
});

async function start({ resource, usage, place }: (typeof LOADS)[number]): Promise<void> {
  const { namespace } = place;
  await clear(place);
  expect(await tool?.bring(place, idle)).toMatchObject({ code: 0, stderr: '' });
  const { spec } = await autoscaling.readNamespacedHorizontalPodAutoscaler({
    namespace,
    name: NAME,
  });
  [least, most] = [spec.minReplicas ?? 1, spec.maxReplicas];
  const pods = await ReadyPods.watch(namespace, SELECTOR);
  watches.set(resource, pods);
  await pods.until('The minimum', ({ ready }) => ready === least);
  pods.restart();
  await use(namespace, resource, usage);
}

/** By all pods that are there. */
async function use(namespace: string, resource: string, usage: string): Promise<void> {
  const annotation = `kwok.x-k8s.io/usage-${resource}=${usage}`;
  const of = ['--namespace', namespace, '--selector', SELECTOR];
  const { code, stderr } = await kubectl('annotate', 'pods', ...of, annotation, '--overwrite');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}
