import { gpuNodePool, type GpuPoolOptions, type Sharing } from '../../constructs';
import { MODES, PROVIDERS, type Provider } from '../../constructs/gpu-node-pool/options';
import { resourceOf } from '../../constructs/gpu-node-pool/rules';

/* What a pool makes of where it is, which GPUs it has, and how they are shared. */

const SHARINGS: Readonly<Record<Sharing['mode'], Sharing>> = {
  whole: { mode: 'whole' },
  'time-slicing': { mode: 'time-slicing', replicas: 4 },
  mps: { mode: 'mps', replicas: 4 },
  mig: { mode: 'mig', profile: '1g.5gb' },
};
const pool = (more: Partial<GpuPoolOptions> = {}) =>
  gpuNodePool({
    provider: 'own',
    gpu: 'nvidia-a100-40gb',
    sharing: SHARINGS.whole,
    gpus: 2,
    ...more,
  } as GpuPoolOptions);

test('a pod gets the resource of the pool, its taints, its labels and its runtime', () => {
  expect(pool().gpus(2)).toEqual({
    limits: { 'nvidia.com/gpu': 2 },
    nodes: [{ key: 'nvidia.com/gpu.present', operator: 'In', values: ['true'] }],
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    runtimeClassName: 'nvidia',
  });
});

test.each([
  ['own', 'whole', 'nvidia.com/gpu', 2],
  ['own', 'time-slicing', 'nvidia.com/gpu', 8],
  ['own', 'mps', 'nvidia.com/gpu', 8],
  ['own', 'mig', 'nvidia.com/mig-1g.5gb', 14],
  ['eks', 'mig', 'nvidia.com/mig-1g.5gb', 14],
  ['aks', 'mig', 'nvidia.com/mig-1g.5gb', 14],
  // Google's own plugin gives the parts the name of whole GPUs.
  ['gke', 'mig', 'nvidia.com/gpu', 14],
] as const)('on %s, %s hands out %s, %d of 2 GPUs', (provider, mode, resource, size) => {
  const made = pool({ provider, sharing: SHARINGS[mode] });
  expect([made.resource, made.size, made.complaints]).toEqual([resource, size, []]);
  expect(made.values.quota).toEqual({ [`requests.${resource}`]: size });
});

test.each([
  ['own', undefined],
  ['eks', undefined],
  ['aks', undefined],
  // They bring the device plugin, with which ours would fight.
  ['gke', false],
  ['doks', false],
] as const)('the agents of the nodes of %s are ours, unless the provider brings them', (...row) => {
  const [provider, expected] = row;
  const { agents, ...made } = pool({ provider });
  expect(agents.gpuAgents).toBe(expected);
  const { limits: _, ...nodes } = pool({ provider }).gpus(1);
  expect(agents.gpuNodes).toEqual(nodes);
  expect(agents.devicePlugin).toEqual({ sharing: 'whole' });
  expect(made.tolerations).toEqual(nodes.tolerations);
});

test.each([
  ['whole', { sharing: 'whole' }],
  ['time-slicing', { sharing: 'time-slicing', replicas: 4 }],
  ['mps', { sharing: 'mps', replicas: 4 }],
  ['mig', { sharing: 'mig' }],
] as const)('the device plugin learns from the pool to share by %s', (mode, expected) => {
  expect(pool({ sharing: SHARINGS[mode] }).agents.devicePlugin).toEqual(expected);
});

test('GKE says by labels how a node is shared', () => {
  const labels = MODES.map((mode) => pool({ provider: 'gke', sharing: SHARINGS[mode] }).labels);
  const gpu = ['cloud.google.com/gke-accelerator', 'nvidia-tesla-a100'];
  const clients = ['cloud.google.com/gke-max-shared-clients-per-gpu', '4'];
  expect(labels).toEqual([
    [gpu],
    [gpu, ['cloud.google.com/gke-gpu-sharing-strategy', 'time-sharing'], clients],
    [gpu, ['cloud.google.com/gke-gpu-sharing-strategy', 'mps'], clients],
    [gpu, ['cloud.google.com/gke-gpu-partition-size', '1g.5gb']],
  ]);
});

test.each([
  ['eks', [['karpenter.sh/capacity-type', 'spot']], []],
  [
    'gke',
    [['cloud.google.com/gke-spot', 'true']],
    [{ key: 'cloud.google.com/gke-spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
  ],
  [
    'aks',
    [['kubernetes.azure.com/scalesetpriority', 'spot']],
    [
      {
        key: 'kubernetes.azure.com/scalesetpriority',
        operator: 'Equal',
        value: 'spot',
        effect: 'NoSchedule',
      },
    ],
  ],
] as const)('spot nodes of %s have a label, and where there is one a taint', (...row) => {
  const [provider, labels, tolerations] = row;
  const [usual, spot] = [pool({ provider }), pool({ provider, spot: true })];
  expect(spot.labels).toEqual([...usual.labels, ...labels]);
  expect(spot.tolerations).toEqual([...usual.tolerations, ...tolerations]);
});

test('on EKS the values tell Karpenter which GPUs, how many, and of which price', () => {
  const { values } = pool({ provider: 'eks', spot: true });
  expect(values).toEqual({
    quota: { 'requests.nvidia.com/gpu': 2 },
    karpenter: { gpu: 'a100', maxGpus: 2, spot: true },
  });
});

test.each<[string, Partial<GpuPoolOptions>, string]>([
  [
    'a mode that the provider does not support',
    { provider: 'doks', sharing: SHARINGS.mps },
    'The pool on DigitalOcean DOKS shares GPUs by mps, which is not supported there; use whole, or another provider (eks, gke, aks, own).',
  ],
  [
    'a MIG profile that is none',
    { sharing: { mode: 'mig', profile: 'small' } },
    'The MIG profile "small" is none: it names slices and memory, such as 1g.10gb; use 1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 4g.20gb or 7g.40gb.',
  ],
  [
    'a MIG profile of another GPU',
    { sharing: { mode: 'mig', profile: '3g.40gb' } },
    'A nvidia-a100-40gb has no MIG profile "3g.40gb"; use 1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 4g.20gb or 7g.40gb.',
  ],
  [
    'MIG on a GPU that cannot be cut',
    { gpu: 'nvidia-l4', sharing: SHARINGS.mig },
    'A nvidia-l4 cannot be cut by MIG; share it another way, or use nvidia-a100-40gb, nvidia-a100-80gb or nvidia-h100-80gb.',
  ],
  [
    'sharing with nobody',
    { sharing: { mode: 'mps', replicas: 1 } },
    'The pool shares each GPU by mps between 1 pods; give 2 or more.',
  ],
  ['no GPUs', { gpus: 0 }, 'The pool has 0 GPUs; give the number of all its nodes.'],
])('%s is a problem', (_, more, message) => {
  expect(pool(more).complaints).toEqual([message]);
});

test.each<[number, Partial<GpuPoolOptions>, string]>([
  [
    3,
    {},
    'A pod asks for 3 of nvidia.com/gpu, but the pool has 2, so it would wait for ever; ask for fewer, or give the pool more GPUs.',
  ],
  [
    15,
    { sharing: SHARINGS.mig },
    'A pod asks for 15 of nvidia.com/mig-1g.5gb, but the pool has 14, so it would wait for ever; ask for fewer, or give the pool more GPUs.',
  ],
  [
    2,
    { sharing: SHARINGS['time-slicing'] },
    'A pod asks for 2 of nvidia.com/gpu, which pods share by time-slicing: more than 1 gives it no more of a GPU, and the device plugin refuses it; ask for 1.',
  ],
  [0, {}, 'A pod asks for 0 of nvidia.com/gpu; ask for 1 or more.'],
])('%d of what there is not is a problem', (count, more, message) => {
  const asked = pool(more);
  asked.gpus(count);
  expect(asked.complaints).toEqual([message]);
});

test.each(PROVIDERS.flatMap((provider) => MODES.map((mode) => [provider, mode] as const)))(
  '%s and %s make a pool, or say that they cannot',
  (provider: Provider, mode) => {
    const made = pool({ provider, sharing: SHARINGS[mode] });
    const supported = provider !== 'doks' || mode === 'whole';
    expect(made.complaints.length).toBe(supported ? 0 : 1);
    expect(made.resource).toBe(resourceOf(made.options));
    expect(made.labels.length).toBeGreaterThan(0);
    expect(made.tolerations.length).toBe(1);
  },
);
