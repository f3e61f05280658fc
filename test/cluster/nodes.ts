import type { GpuNodePool } from '../../constructs';
import { providers } from '../../constructs/gpu-node-pool/providers';
import { pools } from '../../platform/gpu-pools';

/* Nodes of the simulated cluster: two in each of three zones, and one with GPUs in each. */

export const ZONES = ['zone-a', 'zone-b', 'zone-c'] as const;

/** The GPU nodes are as the pool on own nodes says, for which the environments are. */
const { own } = pools;

interface SimulatedNode {
  readonly name: string;
  readonly zone: string;
  /** The pool that it has all GPUs of. */
  readonly pool?: GpuNodePool;
}

export const nodes: readonly SimulatedNode[] = ZONES.flatMap((zone) => {
  const short = zone.replace('zone-', '');
  return [
    { name: `node-${short}-1`, zone },
    { name: `node-${short}-2`, zone },
    { name: `gpu-${short}`, zone, pool: own },
  ];
});

/** Room for all environments at their largest side by side. */
const ROOM = { cpu: '32', memory: '128Gi', pods: '110', 'ephemeral-storage': '500Gi' };

export function nodeObject({ name, zone, pool }: SimulatedNode) {
  const room = { ...ROOM, ...(pool && { [pool.resource]: String(pool.size) }) };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        type: 'kwok',
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'topology.kubernetes.io/zone': zone,
        ...(pool && Object.fromEntries(pool.labels)),
      },
      annotations: {
        'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
      },
    },
    ...(pool && { spec: { taints: taintsOf(pool) } }),
    status: { allocatable: room, capacity: room },
  };
}

interface Taint {
  readonly key: string;
  readonly effect: string;
  readonly value?: string;
}

/** That of GPU nodes, and those of spot nodes, which providers set by themselves. */
function taintsOf({ options: { provider, spot = false } }: GpuNodePool): Taint[] {
  const facts = providers[provider];
  const ofSpot = spot ? (facts.spot?.tolerations ?? []) : [];
  return [taint(facts.taint), ...ofSpot.map(({ operator: _, ...rest }) => rest)];
}

/** "key=value:Effect", where there may be no value. */
function taint(text: string): Taint {
  const [, key, , value, effect] = /^([^=:]+)(=([^:]*))?:(\w+)$/.exec(text) ?? [];
  if (key === undefined || effect === undefined) throw new Error(`${text} is no taint.`);
  return { key, effect, ...(value !== undefined && { value }) };
}

const runtime = providers[own.options.provider].runtimeClass ?? 'nvidia';

/** What whoever runs the nodes has installed before the platform comes. */
export const runtimeClass = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: runtime },
  handler: runtime,
};

export const storageClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'kwok-volume',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'kwok.x-k8s.io/volume',
  reclaimPolicy: 'Delete',
  allowVolumeExpansion: true,
};

/** As clouds have it: a volume comes to be in the zone of the first pod that wants it, and stays. */
export const zonalClass = {
  ...storageClass,
  metadata: { name: 'zonal' },
  volumeBindingMode: 'WaitForFirstConsumer',
};
