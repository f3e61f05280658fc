import { at, listAt, mapAt, textAt } from '../../synth/checks/json';
import { podOf } from '../../synth/checks/pod';
import { isRestricted, podSecurity, podSecurityLevel } from '../../synth/checks/pod-security';
import { World } from '../../synth/checks/world';
import { identityOf } from '../../synth/dist';
import { CLUSTER_SCOPED } from '../../synth/kinds';
import { isMap, type JsonMap } from '../../synth/merge';
import { compose } from '../../main';
import { blueprint, cloud, TierObjects } from './tier-objects';

/* Agents of the nodes, and what watches the cluster. */

const tier = new TierObjects('cluster');
const MODES = ['whole', 'time-slicing', 'mps', 'mig'];
const sharing = (mode: string): JsonMap => ({ cluster: { devicePlugin: { sharing: mode } } });

const kinds = (name: string, more: JsonMap = {}) =>
  tier
    .objects(name, more)
    .filter(({ kind }) => kind === 'DaemonSet' || kind === 'Deployment')
    .map((json) => textAt(json, 'metadata', 'name'));
const spec = (name: string, environment = 'prod', more: JsonMap = {}) =>
  mapAt(tier.get('DaemonSet', name, environment, more), 'spec', 'template', 'spec');
const container = (...of: Parameters<typeof spec>) => mapAt(spec(...of), 'containers', '0');

const AGENTS = ['node-exporter', 'cadvisor', 'kube-state-metrics'];
const OF_GPUS = ['dcgm-exporter', 'nvidia-device-plugin'];

test('prod has agents of nodes and GPUs, staging is in its cluster, dev watches its objects alone', () => {
  expect(kinds('prod')).toEqual([...AGENTS, ...OF_GPUS]);
  expect(kinds('staging')).toEqual([]);
  expect(kinds('dev')).toEqual(['kube-state-metrics']);
  expect(tier.objects('dev').map(identityOf)).toEqual([
    'Namespace//platform-dev-cluster',
    'NetworkPolicy.networking.k8s.io/platform-dev-cluster/cluster-default-deny',
    'ServiceAccount/platform-dev-cluster/kube-state-metrics',
    'NetworkPolicy.networking.k8s.io/platform-dev-cluster/kube-state-metrics',
    'ClusterRole.rbac.authorization.k8s.io//platform-dev-cluster-kube-state-metrics',
    'ClusterRoleBinding.rbac.authorization.k8s.io//platform-dev-cluster-kube-state-metrics',
    'Deployment.apps/platform-dev-cluster/kube-state-metrics',
  ]);
});

test.each([
  ['nodeExporter', 'node-exporter'],
  ['cadvisor', 'cadvisor'],
  ['kubeStateMetrics', 'kube-state-metrics'],
  ['dcgmExporter', 'dcgm-exporter'],
  ['devicePlugin', 'nvidia-device-plugin'],
])('%s can be switched off', (value, name) => {
  const names = tier
    .objects('prod', { cluster: { [value]: { enabled: false } } })
    .map((json) => textAt(json, 'metadata', 'name'));
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((one) => one.includes(name))).toEqual([]);
});

test('the tier can be switched off and on, by one value', () => {
  expect(tier.objects('prod', { cluster: { enabled: false } })).toEqual([]);
  expect(kinds('staging', { cluster: { enabled: true } })).toEqual(AGENTS);
});

test('two installations can be side by side: what has no namespace has other names', () => {
  const names = (environment: string) =>
    tier
      .objects(environment, { cluster: { enabled: true } })
      .filter(({ kind }) => CLUSTER_SCOPED.has(kind as string))
      .map(identityOf);
  const all = [...names('dev'), ...names('staging'), ...names('prod')];
  expect(all).toHaveLength(9);
  expect(new Set(all).size).toBe(all.length);
  for (const json of tier.objects('prod')) {
    const isScoped = CLUSTER_SCOPED.has(json['kind'] as string);
    expect(mapAt(json, 'metadata')['namespace']).toBe(isScoped ? undefined : 'platform-cluster');
  }
});

test.each([
  ['eks', true],
  ['aks', true],
  ['gke', false],
  ['doks', false],
])('over prod, on %s the agents of GPUs are there: %s', (name, ours) => {
  expect(kinds('prod', cloud(name))).toEqual(ours ? [...AGENTS, ...OF_GPUS] : AGENTS);
  expect(kinds('dev', cloud(name))).toEqual(['kube-state-metrics']);
  if (!ours) return;
  const key =
    name === 'eks' ? 'karpenter.k8s.aws/instance-gpu-name' : 'kubernetes.azure.com/accelerator';
  for (const agent of OF_GPUS) {
    expect(JSON.stringify(spec(agent, 'prod', cloud(name))['affinity'])).toContain(key);
    expect(spec(agent, 'prod', cloud(name))).not.toHaveProperty('runtimeClassName');
  }
});

test('agents of nodes are on all nodes, agents of GPUs on those of the pool', () => {
  for (const name of ['node-exporter', 'cadvisor']) {
    expect(spec(name)['tolerations']).toEqual([{ operator: 'Exists' }]);
    expect(spec(name)).not.toHaveProperty('affinity');
  }
  for (const name of OF_GPUS) {
    expect(spec(name)).toMatchObject({
      runtimeClassName: 'nvidia',
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'nvidia.com/gpu.present', operator: 'In', values: ['true'] },
                ],
              },
            ],
          },
        },
      },
    });
  }
});

test.each([
  ['node-exporter', '9100'],
  ['cadvisor', '8081'],
  ['dcgm-exporter', '9400'],
  ['kube-state-metrics', '9160'],
])('Prometheus finds %s at %s, and its tier', (name, port) => {
  const kind = name === 'kube-state-metrics' ? 'Deployment' : 'DaemonSet';
  const object = tier.get(kind, name, 'prod');
  expect(mapAt(object, 'spec', 'template', 'metadata', 'annotations')).toMatchObject({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': port,
    'twinchart.dev/tier': 'cluster',
  });
  const monitoring = { global: { network: { monitoringNamespace: 'monitoring' } } };
  const policy = tier.find('NetworkPolicy', name, 'prod', monitoring);
  // No policy holds in the network of a node.
  if (name === 'node-exporter') expect(policy).toBeUndefined();
  else expect(at(policy, 'spec', 'ingress', '0', 'ports', '0', 'port')).toBe(Number(port));
});

test('kube-state-metrics may list and watch what it is told to, and nothing else', () => {
  const role = tier.get('ClusterRole', 'platform-cluster-kube-state-metrics', 'prod');
  const rules = listAt(role, 'rules').filter(isMap);
  expect(rules.map(({ verbs }) => verbs)).toEqual(rules.map(() => ['list', 'watch']));
  const allowed = rules.flatMap(({ resources }) => resources as string[]);
  const template = mapAt(tier.get('Deployment', 'kube-state-metrics', 'prod'), 'spec', 'template');
  const args = listAt(template, 'spec', 'containers', '0', 'args') as string[];
  const asked = args.flatMap((arg) => /^--resources=(.*)$/.exec(arg)?.[1]?.split(',') ?? []);
  expect([...asked].sort()).toEqual([...allowed].sort());
  expect(allowed).not.toContain('secrets');
  expect(allowed).not.toContain('configmaps');
  expect(mapAt(template, 'spec')['automountServiceAccountToken']).toBe(true);
  const policy = tier.get('NetworkPolicy', 'kube-state-metrics', 'prod');
  expect(listAt(policy, 'spec', 'egress')).toEqual([
    { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }, { port: 6443 }] },
  ]);
});

test.each(MODES)('the device plugin reads the configuration of %s', (mode) => {
  const env = listAt(container('nvidia-device-plugin', 'prod', sharing(mode)), 'env');
  expect(env[0]).toEqual({ name: 'CONFIG_FILE', value: `/etc/nvidia-device-plugin/${mode}.yaml` });
  const config = tier.get('ConfigMap', 'nvidia-device-plugin-config', 'prod', sharing(mode));
  expect(Object.keys(mapAt(config, 'data'))).toEqual(MODES.map((one) => `${one}.yaml`));
  expect(kinds('prod', sharing(mode)).includes('nvidia-mps-daemon')).toBe(mode === 'mps');
  const capabilities = at(
    container('nvidia-device-plugin', 'prod', sharing(mode)),
    ...['securityContext', 'capabilities', 'add'],
  );
  expect(capabilities).toEqual(mode === 'mig' ? ['SYS_ADMIN'] : undefined);
});

test('pods share as often as the pool says', () => {
  const more = { cluster: { devicePlugin: { replicas: 7 } } };
  const data = mapAt(tier.get('ConfigMap', 'nvidia-device-plugin-config', 'prod', more), 'data');
  expect(data['time-slicing.yaml']).toContain('        replicas: 7\n');
  expect(data['mps.yaml']).toContain('        replicas: 7\n');
});

describe('Pod Security', () => {
  const { options } = compose();
  const [environment] = blueprint.environments;

  /** What the checks find in the tier under these values. */
  const findings = (name: string, more: JsonMap = {}) => {
    const rendered = tier.rendered(name, more);
    if (environment === undefined) throw new Error('There is no environment.');
    const parts = { environment: name, tier: 'cluster', file: '', chartOnly: [], secrets: [] };
    const world = new World(blueprint, options, environment, [{ ...parts, objects: rendered }]);
    return [...podSecurity.find(world), ...podSecurityLevel.find(world)];
  };
  const off = (...names: readonly string[]): JsonMap => ({
    cluster: Object.fromEntries(names.map((name) => [name, { enabled: false }])),
  });

  test.each(MODES)('finds nothing but declared exceptions where GPUs are shared by %s', (mode) => {
    expect(findings('prod', sharing(mode))).toEqual([]);
  });

  test.each([
    ['without agents', ['nodeExporter', 'cadvisor'], false, 'restricted'],
    ['with one agent', ['nodeExporter'], false, 'privileged'],
    ['with another', ['cadvisor'], false, 'privileged'],
    ['with agents of GPUs', ['nodeExporter', 'cadvisor'], true, 'privileged'],
  ])('of the namespace follows its pods: %s', (_, names, gpuAgents, level) => {
    const without = { cluster: { ...mapAt(off(...names), 'cluster'), gpuAgents } };
    const namespace = tier.get('Namespace', 'platform-cluster', 'prod', without);
    const labels = mapAt(namespace, 'metadata', 'labels');
    expect(labels['pod-security.kubernetes.io/enforce']).toBe(level);
    expect(findings('prod', without)).toEqual([]);
  });

  test('has no exception outside of the agents of nodes, nor a waiver', () => {
    const exempt = blueprint.tiers.flatMap(({ name }) =>
      ['dev', 'staging', 'prod', 'eks', 'gke', 'aks', 'doks'].flatMap((one) =>
        new TierObjects(name)
          .objects(one, cloud(one))
          .filter((json) => JSON.stringify(json).includes('twinchart.dev/pod-security.'))
          .map((json) => `${name} ${json['kind'] as string}`),
      ),
    );
    expect([...new Set(exempt)]).toEqual(['cluster Namespace', 'cluster DaemonSet']);
    const waived = (options.waivers ?? []).filter(({ check }) => check.startsWith('pod-security'));
    expect(waived).toEqual([]);
  });

  test('of kube-state-metrics is restricted, in the same namespace', () => {
    const json = tier.get('Deployment', 'kube-state-metrics', 'prod');
    const pod = podOf({ json } as Parameters<typeof podOf>[0]);
    expect(pod && isRestricted(pod)).toBe(true);
  });

  test('lets no agent write to its own files, nor see more of the node than it says', () => {
    for (const mode of MODES) {
      for (const json of tier.objects('prod', sharing(mode))) {
        for (const { json: one } of podOf({ json } as Parameters<typeof podOf>[0])?.containers ??
          []) {
          expect(mapAt(one, 'securityContext')['readOnlyRootFilesystem']).toBe(true);
        }
      }
    }
    expect(spec('node-exporter')).not.toHaveProperty('hostPID');
    for (const name of ['cadvisor', ...OF_GPUS])
      expect(spec(name)).not.toHaveProperty('hostNetwork');
  });
});
