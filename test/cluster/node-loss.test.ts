import type { V1Pod } from '@kubernetes/client-node';
import { core, deleteNamespaces, kubectl, namespacesOf, untilNone, type Written } from './kube';
import { make, prod, succeeds } from './make';
import { nodes, zonalClass } from './nodes';
import { follow, procedure } from './page';
import { isReady, unsettled } from './settled';
import { ReadyPods } from './watch';

/*
 * Nodes that no longer answer: KWOK lets go of them. That nothing writes to the volume of such a node is
 * the word of whoever follows docs/operations.md, and cannot be shown here.
 */

const PAGE = 'Lose a node or a zone';
const [outOfService = '', backInService = ''] = procedure(PAGE);

/** As the page has it, only sooner. */
const tolerations = ['unreachable', 'not-ready'].map((name) => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 3,
}));
const values = {
  global: { storageClass: zonalClass.metadata.name },
  // Its claim would wait for the first dump.
  data: { mongodb: { tolerations, backup: { enabled: false } }, redis: { tolerations } },
  app: { nodeService: { tolerations } },
  network: { gateway: { tolerations }, backend: { tolerations } },
  gpu: { ollama: { tolerations } },
};
const all = prod(['data', 'gpu', 'app', 'network'], values);
const namespaces = namespacesOf(all as unknown as Written[]);

const SERVICES = {
  'node-service': 'platform-app',
  gateway: 'platform-network',
  'nginx-backend': 'platform-network',
};
const STORES = { mongodb: 'platform-data', redis: 'platform-data', ollama: 'platform-gpu' };
const ZONES = new Map(nodes.map(({ name, zone }) => [name, zone]));

let services: readonly ReadyPods[] = [];
let stores: Record<keyof typeof STORES, ReadyPods>;

beforeAll(async () => {
  await make(all);
  await settle();
  services = await Promise.all(Object.entries(SERVICES).map(watched));
  const [mongodb, redis, ollama] = await Promise.all(Object.entries(STORES).map(watched));
  if (!mongodb || !redis || !ollama) throw new Error('There is no watch.');
  stores = { mongodb, redis, ollama };
});

// Where a test failed in the middle.
afterEach(async () => {
  const { items } = await core.listNode();
  const lost = items.filter(({ metadata }) => metadata?.labels?.['type'] !== 'kwok');
  for (const { metadata } of lost) {
    const name = metadata?.name ?? '';
    await succeeds('label', 'nodes', name, 'type=kwok');
    await kubectl(...backInService.replace('NODE', name).trim().split(/ +/).slice(1));
  }
});

afterAll(() => deleteNamespaces(namespaces));

const labelOf = (name: string): string => `app.kubernetes.io/name=${name}`;
const watched = ([name, namespace]: readonly [string, string]): Promise<ReadyPods> =>
  ReadyPods.watch(namespace, labelOf(name));

async function podsOf(name: keyof typeof STORES): Promise<V1Pod[]> {
  const labelSelector = labelOf(name);
  return (await core.listNamespacedPod({ namespace: STORES[name], labelSelector })).items;
}
async function podOf(name: keyof typeof STORES): Promise<V1Pod> {
  const [pod, ...others] = await podsOf(name);
  if (pod === undefined || others.length > 0) throw new Error(`${name} has not one pod.`);
  return pod;
}
const nodeOf = ({ spec }: V1Pod): string => spec?.nodeName ?? '';
const reasonOf = ({ status }: V1Pod): string =>
  status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message ?? '';

/** Zones of the ready pods of services, by service. */
async function zones(): Promise<string[][]> {
  const lists = Object.entries(SERVICES).map(async ([name, namespace]) => {
    const { items } = await core.listNamespacedPod({ namespace, labelSelector: labelOf(name) });
    return items
      .filter(isReady)
      .map((pod) => ZONES.get(nodeOf(pod)) ?? '')
      .sort();
  });
  return Promise.all(lists);
}

async function settle(): Promise<void> {
  expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
}

/** Empty when the pod of a store is being deleted; else why it may not be. */
async function staying(store: keyof typeof STORES): Promise<string[]> {
  const pod = await podOf(store);
  if (pod.metadata?.deletionTimestamp !== undefined) return [];
  const { spec } = await core.readNode({ name: nodeOf(pod) });
  const taints = spec?.taints?.map(({ key, effect }) => `${key}:${effect}`) ?? [];
  const since = pod.metadata?.creationTimestamp?.toISOString() ?? '';
  return [`${store}, there since ${since}, stays on ${nodeOf(pod)}: ${taints.join(', ')}`];
}

/** Until the pods of services are replaced, and the store waits on its lost node. */
async function lose(lost: readonly string[], store: keyof typeof STORES): Promise<void> {
  for (const one of [...services, ...Object.values(stores)]) one.restart();
  await succeeds('label', 'nodes', ...lost, 'type-');
  await stores[store].until('The store is gone', ({ ready }) => ready === 0);
  expect(await untilNone(() => staying(store))).toEqual([]);
  for (const one of services) {
    await one.until('All are there again', ({ ready }) => ready === 3);
  }
}

const follows = (commands: string, names: readonly string[]) =>
  Promise.all(names.map((NODE) => follow(commands, { NODE })));

async function giveBack(names: readonly string[]): Promise<void> {
  await succeeds('label', 'nodes', ...names, 'type=kwok');
  await follows(backInService, names);
  await settle();
}

/** Waits for a pod after this one, or the reason that there is no node for it. */
async function replaced(name: keyof typeof STORES, uid = '', reason?: RegExp): Promise<V1Pod> {
  const left = await untilNone(async () => {
    const pods = await podsOf(name);
    const isThere = (pod: V1Pod) =>
      pod.metadata?.uid !== uid && (reason?.test(reasonOf(pod)) ?? isReady(pod));
    if (pods.length === 1 && pods.every(isThere)) return [];
    return [`${name} has ${String(pods.length)} pods`, ...pods.map(reasonOf)];
  });
  expect(left).toEqual([]);
  return podOf(name);
}

/** As the scheduler of 1.37 says it, and that of 1.28. */
const NO_VOLUME = /didn't match PersistentVolume's node affinity|had volume node affinity conflict/;

test('of three pods of a service, one is in each zone', async () => {
  expect(await zones()).toEqual(services.map(() => ['zone-a', 'zone-b', 'zone-c']));
});

test('a lost node takes one pod of a service at most; stores wait until it is out of service', async () => {
  const [mongodb, ollama] = [await podOf('mongodb'), await podOf('ollama')];
  const lost = [nodeOf(mongodb), nodeOf(ollama)];
  await lose(lost, 'mongodb');
  expect(services.map(({ least }) => least >= 2)).toEqual([true, true, true]);
  expect(stores.mongodb.most).toBe(1);
  expect((await podOf('mongodb')).metadata?.uid).toBe(mongodb.metadata?.uid);
  expect((await podOf('ollama')).metadata?.uid).toBe(ollama.metadata?.uid);

  await follows(outOfService, lost);
  const next = nodeOf(await replaced('mongodb', mongodb.metadata?.uid));
  expect(lost).not.toContain(next);
  expect(ZONES.get(next)).toBe(ZONES.get(nodeOf(mongodb)));
  // Its zone has no other node with a GPU.
  await replaced('ollama', ollama.metadata?.uid, NO_VOLUME);

  await giveBack(lost);
  expect(nodeOf(await podOf('ollama'))).toBe(nodeOf(ollama));
});

test('a lost zone takes what runs there; volumes wait for it, and all is ready when it is back', async () => {
  const mongodb = await podOf('mongodb');
  const zone = ZONES.get(nodeOf(mongodb));
  const lost = nodes.flatMap((node) => (node.zone === zone ? [node.name] : []));
  const redisZone = ZONES.get(nodeOf(await podOf('redis')));
  const before = await zones();
  const kept = before.map((names) => names.filter((name) => name !== zone).length);
  expect(Math.min(...kept)).toBeGreaterThan(0);

  await lose(lost, 'mongodb');
  expect(services.map(({ least }) => least)).toEqual(kept);
  expect((await zones()).flat()).not.toContain(zone);
  expect(stores.redis.least).toBe(redisZone === zone ? 0 : 1);

  await follows(outOfService, lost);
  await replaced('mongodb', mongodb.metadata?.uid, NO_VOLUME);
  await giveBack(lost);
  expect(ZONES.get(nodeOf(await podOf('mongodb')))).toBe(zone);
  expect(Object.values(stores).map(({ now }) => now.ready)).toEqual([1, 1, 1]);
  await Promise.all([...services, ...Object.values(stores)].map((one) => one.stop()));
});
