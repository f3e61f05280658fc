import type { V1Pod } from '@kubernetes/client-node';
import { gpuNodePool, type GpuNodePool } from '../../constructs';
import { pools } from '../../platform/gpu-pools';
import { listAt, mapAt, textAt } from '../../synth/checks/json';
import { merge, type JsonMap } from '../../synth/merge';
import { TierObjects } from '../charts/tier-objects';
import { applied, core, deleteNamespaces, kubectl, untilNone } from './kube';
import { make, prod, succeeds } from './make';
import { nodeObject, nodes } from './nodes';
import { isReady } from './settled';

/*
 * Which nodes pods with GPUs get, and which the others. What a device plugin counts is a number on a
 * simulated node: that a container sees its GPU cannot be shown here.
 */

const gpuTier = new TierObjects('gpu');
const [PROD, NETWORK] = ['platform-gpu', 'platform-network'];
const ofProd = prod(['gpu']);
const gpuNodes = nodes.flatMap(({ name, pool }) => (pool ? [name] : []));

const slices = { mode: 'time-slicing', replicas: 2 } as const;
const parts = { mode: 'mig', profile: '1g.5gb' } as const;
const A100 = 'nvidia-a100-40gb';
/** Pools that have no node at first, and then one with room for all that ask but the last. */
const EMPTY = Object.entries({
  karpenter: { pool: pools.eks, count: 1 },
  doks: { pool: pools.doks, count: 1 },
  'aks-spot': {
    pool: gpuNodePool({ ...pools.aks.options, provider: 'aks', spot: true }),
    count: 1,
  },
  'gke-slices': {
    pool: gpuNodePool({ ...pools.gke.options, provider: 'gke', sharing: slices }),
    count: 1,
  },
  'own-parts': {
    pool: gpuNodePool({ provider: 'own', gpu: A100, sharing: parts, gpus: 1 }),
    count: 3,
  },
}).map(([name, { pool, count }]) => {
  const room = Math.floor(pool.size / count);
  const namespaces = Array.from({ length: room + 1 }, (_, i) => `gpu-${name}-${String(i)}`);
  return { name, pool, count, room, namespaces, node: `node-${name}` };
});

const rivals = gpuNodes.map((name) => `${name}-rival`);
const tenants = [
  ...rivals.map((namespace) => tenant(namespace, pools.own, 1)),
  ...EMPTY.flatMap(({ namespaces, pool, count }) =>
    namespaces.map((namespace) => tenant(namespace, pool, count)),
  ),
].flat();

/** Of a tenant, for its pod. */
const NEEDED = [
  'Namespace',
  'ServiceAccount',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'Deployment',
];
const isNeeded = ({ kind }: JsonMap): boolean => NEEDED.some((one) => one === kind);

/** The tier in a namespace of its own, for an Ollama more. */
function tenant(namespace: string, pool: GpuNodePool, count: number): JsonMap[] {
  const more = {
    global: { namespaces: { gpu: namespace } },
    gpu: { pool: pool.values, ollama: { gpu: { enabled: true, ...pool.gpus(count) } } },
  };
  const karpenter = { gpu: { pool: { karpenter: { enabled: pool === pools.eks } } } };
  return gpuTier.objects('defaults', merge(more as unknown as JsonMap, karpenter) as JsonMap);
}

/** It has many GPUs, but is of no pool: without the labels, and without a taint. */
const stranger = nodeObject({ name: 'stranger', zone: 'zone-a' });
Object.assign(stranger.status.allocatable, { 'nvidia.com/gpu': '8', 'nvidia.com/mig-1g.5gb': '8' });

beforeAll(async () => {
  await make([stranger, ...ofProd.map(slow), ...tenants.filter(isNeeded)]);
});

afterAll(async () => {
  await deleteNamespaces([PROD, NETWORK, ...rivals, ...EMPTY.flatMap((one) => one.namespaces)]);
  const names = ['stranger', ...EMPTY.map(({ node }) => node)];
  await kubectl('delete', 'node', '--ignore-not-found', ...names);
});

/** The pod of a Job does not end while the test runs. */
function slow(job: JsonMap): JsonMap {
  if (job['kind'] !== 'Job') return job;
  const metadata = { annotations: { 'sim/ready-delay': '10m' } };
  return merge(job, { spec: { template: { metadata } } }) as JsonMap;
}

async function podsOf(name: string, namespaces: readonly string[]): Promise<V1Pod[]> {
  const labelSelector = `app.kubernetes.io/name=${name}`;
  const { items } = await core.listPodForAllNamespaces({ labelSelector });
  return items.filter(({ metadata }) => namespaces.includes(metadata?.namespace ?? ''));
}

/** The nodes of so many pods, once these are ready and all others wait for a node for this reason. */
async function places(namespaces: readonly string[], ready: number, reason: string) {
  const left = await untilNone(async () => {
    const all = await podsOf('ollama', namespaces);
    const waiting = all.filter((one) => !isReady(one)).map(reasonOf);
    const isSo = all.length === namespaces.length && all.length - waiting.length === ready;
    if (isSo && waiting.every((one) => one.includes(reason))) return [];
    return [`${String(all.length)} pods`, ...waiting];
  });
  expect(left).toEqual([]);
  const all = await podsOf('ollama', namespaces);
  return all.filter(isReady).map(({ spec }) => spec?.nodeName);
}

/** As the scheduler says it. */
const reasonOf = ({ status }: V1Pod): string =>
  status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message ?? '';

test('of four that want a GPU of three nodes, one waits, and says for what', async () => {
  const found = await places([PROD, ...rivals], 3, '3 Insufficient nvidia.com/gpu');
  expect(found.sort()).toEqual(gpuNodes);
});

test('the quota refuses a GPU beyond those of the pool', async () => {
  const template = mapAt(
    ofProd.find(({ kind }) => kind === 'Deployment') ?? {},
    'spec',
    'template',
  );
  const metadata = { ...mapAt(template, 'metadata'), name: 'more', namespace: PROD };
  const { stderr } = await applied([{ apiVersion: 'v1', kind: 'Pod', ...template, metadata }]);
  expect(stderr).toContain(
    'pods "more" is forbidden: exceeded quota: gpu-gpus, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=1, limited: requests.nvidia.com/gpu=1',
  );
});

describe('pools without a node', () => {
  test.each(EMPTY)('$name: all wait', async ({ namespaces, pool }) => {
    const hasLabels = pool.options.provider === 'own';
    const reason = hasLabels ? `3 Insufficient ${pool.resource}` : "didn't match Pod's node";
    expect(await places(namespaces, 0, reason)).toEqual([]);
  });

  test('get one each, and then only those wait for whom there is no room', async () => {
    await make(EMPTY.map(joined));
    const found = EMPTY.map(({ namespaces, room, pool }) =>
      places(namespaces, room, `Insufficient ${pool.resource}`),
    );
    expect(await Promise.all(found)).toEqual(
      EMPTY.map(({ room, node }) => Array<string>(room).fill(node)),
    );
  });
});

/** As the owner of the pool makes it; Karpenter goes by the NodePool of the tier. */
function joined({ name, pool, node }: (typeof EMPTY)[number]): object {
  const made = nodeObject({ name: node, zone: 'zone-a', pool });
  if (name !== 'karpenter') return made;
  const nodePool = tenants.find(({ kind }) => kind === 'NodePool') ?? {};
  const path = ['spec', 'template', 'spec'];
  const labels = listAt(nodePool, ...path, 'requirements').map(
    (one) => [textAt(one, 'key'), textAt(one, 'values', '0')] as const,
  );
  const bare = nodeObject({ name: node, zone: 'zone-a' }).metadata;
  const metadata = { ...bare, labels: { ...bare.labels, ...Object.fromEntries<string>(labels) } };
  return { ...made, metadata, spec: { taints: listAt(nodePool, ...path, 'taints') } };
}

test('a drained node gives its pod to a node with a free GPU, and with it the Job that pulls', async () => {
  for (const namespace of rivals) {
    await succeeds('scale', 'deployment/ollama', '--replicas=0', '--namespace', namespace);
  }
  const [before] = await places([PROD], 1, '');
  await succeeds('drain', String(before), '--ignore-daemonsets', '--delete-emptydir-data');
  const [after] = await places([PROD], 1, '');
  expect(gpuNodes.filter((name) => name !== before)).toContain(after);
  const left = await untilNone(async () => {
    const found = (await podsOf('ollama-models', [PROD])).filter(
      ({ metadata, status }) =>
        metadata?.deletionTimestamp === undefined && status?.phase !== 'Failed',
    );
    return found.some(({ spec }) => spec?.nodeName === after) ? [] : ['no pod of the Job'];
  });
  expect(left).toEqual([]);
  await succeeds('uncordon', String(before));
});

describe('pods without GPUs', () => {
  const gateways = async () =>
    (await podsOf('gateway', [NETWORK])).map(({ spec }) => spec?.nodeName ?? 'none');
  const scaled = async (count: number): Promise<string[]> => {
    await succeeds('scale', 'deployment/gateway', `--replicas=${String(count)}`, '-n', NETWORK);
    const missing = async () => {
      const ready = (await podsOf('gateway', [NETWORK])).filter(isReady).length;
      return ready === count ? [] : [`${String(ready)} of ${String(count)}`];
    };
    expect(await untilNone(missing)).toEqual([]);
    return gateways();
  };

  test('stay away from nodes with GPUs, however empty those are', async () => {
    await make(prod(['network']));
    const found = await scaled(35);
    expect(found.filter((name) => !name.startsWith('node-') && name !== 'stranger')).toEqual([]);
  });

  test('go there when the taint is gone', async () => {
    const [first = ''] = gpuNodes;
    await succeeds('taint', 'node', first, 'nvidia.com/gpu:NoSchedule-');
    const found = await scaled(40);
    await succeeds('taint', 'node', first, 'nvidia.com/gpu:NoSchedule');
    expect(found).toContain(first);
  });
});
