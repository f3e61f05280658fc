import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { at, listAt, mapAt, textAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { Problems } from '../../synth/problems';
import { checkOverlay } from '../../synth/scene';
import { blueprint, cloud, TierObjects } from './tier-objects';

/* Ollama and its models, with GPUs and without. */

const gpu = new TierObjects('gpu');
const app = new TierObjects('app');
const objects = gpu.objects.bind(gpu);
const get = gpu.get.bind(gpu);
const CONTAINER = ['spec', 'template', 'spec', 'containers', '0'];
const CPU: JsonMap = { gpu: { ollama: { gpu: { enabled: false } } } };

test('dev has none of it; staging and prod have Ollama on the GPU of their pool', () => {
  const tiers = ['dev', 'staging', 'prod'].map((name) => objects(name).length > 0);
  expect(tiers).toEqual([false, true, true]);
  for (const name of ['staging', 'prod']) {
    const { spec, container } = ollama(name);
    expect(mapAt(container, 'resources', 'limits')).toMatchObject({ 'nvidia.com/gpu': 1 });
    expect(spec['runtimeClassName']).toBe('nvidia');
    expect(spec['tolerations']).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
    ]);
    expect(at(spec, 'affinity', 'nodeAffinity')).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [{ key: 'nvidia.com/gpu.present', operator: 'In', values: ['true'] }],
          },
        ],
      },
    });
    expect(at(get('ResourceQuota', 'gpu-gpus', name), 'spec', 'hard')).toEqual({
      'requests.nvidia.com/gpu': 1,
    });
  }
});

test('without GPU it computes on CPUs, on any node, and sees none of the GPUs there', () => {
  const { spec, container } = ollama('defaults');
  expect(container['resources']).toEqual({
    requests: { cpu: '500m', memory: '1Gi' },
    limits: { cpu: '2', memory: '2Gi' },
  });
  for (const key of ['runtimeClassName', 'tolerations', 'affinity']) {
    expect(spec).not.toHaveProperty(key);
  }
  expect(env(container)['NVIDIA_VISIBLE_DEVICES']).toBe('void');
  expect(env(ollama('prod').container)).not.toHaveProperty('NVIDIA_VISIBLE_DEVICES');
  const off = ollama('prod', CPU);
  expect(JSON.stringify(off)).not.toContain('nvidia.com');
});

test('tolerations and affinity of its own are those without GPU, and beside those of the pool', () => {
  const own = { key: 'dedicated', operator: 'Exists' };
  const affinity = { podAntiAffinity: {} };
  const more = { gpu: { ollama: { tolerations: [own], affinity } } };
  expect(ollama('defaults', more).spec).toMatchObject({ tolerations: [own], affinity });
  expect(listAt(ollama('prod', more).spec, 'tolerations')).toHaveLength(2);
});

test.each([
  ['eks', 'karpenter.k8s.aws/instance-gpu-name', 'l4'],
  ['gke', 'cloud.google.com/gke-accelerator', 'nvidia-l4'],
  ['aks', 'kubernetes.azure.com/accelerator', 'nvidia'],
  ['doks', 'doks.digitalocean.com/gpu-brand', 'nvidia'],
])('over prod, the overlay %s takes the nodes of that provider', (name, key, value) => {
  const overlay = cloud(name);
  const { spec } = ollama('prod', overlay);
  const terms = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';
  expect(at(spec, ...terms.split('.'), 'nodeSelectorTerms')).toEqual([
    { matchExpressions: [{ key, operator: 'In', values: [value] }] },
  ]);
  expect(spec).not.toHaveProperty('runtimeClassName');
  expect(JSON.stringify(ollama('defaults', overlay))).not.toContain(key);
});

test('the models are pulled by a Job; the pod that serves them reaches nothing but DNS', () => {
  const policy = (name: string) => mapAt(get('NetworkPolicy', name, 'prod'), 'spec');
  expect(policy('ollama')['policyTypes']).toEqual(['Ingress', 'Egress']);
  expect(policy('ollama')).not.toHaveProperty('egress');
  expect(policy('ollama-models')['egress']).toEqual([{ ports: [{ port: 443 }] }]);
  expect(policy('ollama-models')).not.toHaveProperty('ingress');
  expect(JSON.stringify(get('Deployment', 'ollama', 'prod'))).not.toContain('postStart');
});

test('one pod at a time has the GPU and the volume; the Job goes where that pod is', () => {
  const spec = mapAt(get('Deployment', 'ollama', 'prod'), 'spec');
  expect([spec['replicas'], spec['strategy']]).toEqual([1, { type: 'Recreate' }]);
  const job = objects('prod').find((one) => one['kind'] === 'Job') as JsonMap;
  const [term] = listAt(
    job,
    ...'spec.template.spec.affinity.podAffinity'.split('.'),
    'requiredDuringSchedulingIgnoredDuringExecution',
  );
  expect(at(term, 'labelSelector', 'matchLabels')).toEqual(at(spec, 'selector', 'matchLabels'));
  // The first that fits counts; with the last one alone it would stay on a node that is lost.
  const lost = { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };
  expect(at(job, 'spec', 'template', 'spec', 'tolerations')).toEqual([
    { key: 'node.kubernetes.io/not-ready', ...lost },
    { key: 'node.kubernetes.io/unreachable', ...lost },
    { operator: 'Exists' },
  ]);
  expect(at(job, 'spec', 'podFailurePolicy')).toEqual({
    rules: [
      { action: 'FailJob', onExitCodes: { operator: 'In', values: [3, 4] } },
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ],
  });
});

test('it has at least a minute to start, and three questions of which none is another', () => {
  const { container } = ollama('prod');
  const { periodSeconds, failureThreshold } = mapAt(container, 'startupProbe');
  expect(Number(periodSeconds) * Number(failureThreshold)).toBeGreaterThanOrEqual(60);
  expect(at(container, 'readinessProbe', 'exec', 'command')).toEqual([
    'sh',
    '/opt/ollama/ready.sh',
  ]);
  expect(at(container, 'livenessProbe', 'httpGet')).toEqual({ path: '/', port: 'http' });
});

test('it runs as user 1000, with home and models on the claim, and calls no cloud', () => {
  const { spec, container } = ollama('prod');
  expect(spec['securityContext']).toMatchObject({ runAsUser: 1000, fsGroup: 1000 });
  expect(env(container)).toMatchObject({
    HOME: '/var/lib/ollama',
    OLLAMA_MODELS: '/var/lib/ollama/models',
    OLLAMA_NO_CLOUD: '1',
    OLLAMA_NUM_PARALLEL: '4',
    OLLAMA_MAX_QUEUE: '512',
    MODELS: 'qwen3:0.6b nomic-embed-text:v1.5 ',
  });
  expect(listAt(container, 'volumeMounts')).toContainEqual({
    name: 'models',
    mountPath: '/var/lib/ollama',
  });
});

test.each([
  ['models with commas', { moreModels: 'a:1,b:2' }, 'gpu.ollama.moreModels'],
  ['two pods', { replicas: 2 }, 'gpu.ollama.replicas'],
  ['a GPU of somebody else', { gpu: { limits: { 'amd.com/gpu': 1 } } }, 'gpu.ollama.gpu.limits'],
])('%s is refused', (_, values, path) => {
  expect(refused({ gpu: { ollama: values } })).toEqual([expect.stringContaining(path)]);
});

test.each([
  ['a model without a tag', { chat: 'qwen3' }, 'global.models.chat'],
  ['a model with a space', { embedding: 'a b:1' }, 'global.models.embedding'],
])('%s is refused', (_, models, path) => {
  expect(refused({ global: { models } })).toContainEqual(expect.stringContaining(path));
});

function refused(overlay: JsonMap): string[] {
  const problems = new Problems();
  checkOverlay(blueprint, 'test', overlay, problems);
  return problems.all.map(({ message }) => message);
}

test('Karpenter makes nodes for the pods where that is switched on', () => {
  expect(objects('prod').map(({ kind }) => kind)).not.toContain('NodePool');
  const karpenter = { enabled: true, spot: true, gpu: 'a100', maxGpus: 8 };
  const pool = get('NodePool', 'platform-gpu-gpus', 'prod', { gpu: { pool: { karpenter } } });
  expect(pool['spec']).toEqual({
    template: {
      spec: {
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
        taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
        requirements: [
          { key: 'karpenter.k8s.aws/instance-gpu-name', operator: 'In', values: ['a100'] },
          { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] },
        ],
      },
    },
    limits: { 'nvidia.com/gpu': 8 },
    disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter: '10m' },
  });
  // It has no namespace, and so another name where another environment is in the same cluster.
  expect(mapAt(pool, 'metadata')['namespace']).toBeUndefined();
  get('NodePool', 'platform-staging-gpu-gpus', 'staging', { gpu: { pool: { karpenter } } });
});

describe('the Node service, which connects to it', () => {
  const rule = (to: string, name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': to } },
    podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
  });
  const service = (name: string, more: JsonMap = {}) =>
    env(mapAt(app.get('Deployment', 'node-service', name, more), ...CONTAINER));
  const egress = (name: string, more: JsonMap = {}) =>
    listAt(app.get('NetworkPolicy', 'node-service', name, more), 'spec', 'egress');

  test('gets its address and models, and both policies let it through', () => {
    const models = { global: { models: { chat: 'llama3.2:1b' } } };
    expect(service('prod', models)).toMatchObject({
      AI_HOST: 'ollama.platform-gpu.svc.cluster.local',
      AI_PORT: '11434',
      AI_CHAT_MODEL: 'llama3.2:1b',
      AI_EMBEDDING_MODEL: 'nomic-embed-text:v1.5',
    });
    const ports = [{ port: 11434 }];
    expect(egress('prod')).toContainEqual({ to: [rule('platform-gpu', 'ollama')], ports });
    const ingress = listAt(get('NetworkPolicy', 'ollama', 'prod'), 'spec', 'ingress');
    expect(ingress).toEqual([{ from: [rule('platform-app', 'node-service')], ports }]);
  });

  test('does without in dev', () => {
    expect(Object.keys(service('dev')).filter((name) => name.startsWith('AI_'))).toEqual([]);
    expect(JSON.stringify(egress('dev'))).not.toContain('11434');
  });

  test('is told where it is on and the tier is off', () => {
    const off = 'Tier gpu is off, but tier app needs its endpoint ai; switch gpu.enabled on,';
    expect(refused({ gpu: { enabled: false } })).toEqual([
      `${off} set app.nodeService.ai.external.host, or app.nodeService.ai.enabled or app.enabled off.`,
    ]);
  });
});

describe('readiness', () => {
  const HEAD = 'NAME               ID              SIZE      MODIFIED\n';
  const CHAT = 'qwen3:0.6b         7df6b6e09427    522 MB    2 days ago\n';
  const EMBED = 'nomic-embed-text:v1.5    0a109f422b47    274 MB    2 days ago\n';

  test.each([
    ['all models are there', HEAD + CHAT + EMBED, 0, ''],
    ['one is missing', HEAD + CHAT, 1, missing('nomic-embed-text:v1.5')],
    ['none is there', HEAD, 1, missing('qwen3:0.6b')],
    ['one is there with another tag', `${HEAD}qwen3:0.6bb  1\n${EMBED}`, 1, missing('qwen3:0.6b')],
  ])('when %s', (_, list, status, stdout) => {
    expect(ready(list)).toMatchObject({ status, stdout });
  });

  test('when the server does not answer', () => {
    expect(ready('', 'exit 1').status).toBe(1);
  });

  function ready(list: string, then = '') {
    const home = mkdtempSync(join(tmpdir(), 'twinchart-ready-'));
    try {
      writeFileSync(join(home, 'list'), list);
      const program = `#!/bin/sh\n${then}\n[ "$1" = list ] && cat ${home}/list\n`;
      writeFileSync(join(home, 'ollama'), program, { mode: 0o755 });
      const PATH = `${home}:${process.env['PATH'] ?? ''}`;
      const env = { PATH, MODELS: 'qwen3:0.6b nomic-embed-text:v1.5 ' };
      const script = resolve(__dirname, '../../charts/gpu/ready.sh');
      return spawnSync('sh', [script], { encoding: 'utf8', env });
    } finally {
      rmSync(home, { recursive: true });
    }
  }
});

function missing(model: string): string {
  return `model ${model} is not on the volume yet; the Job ollama-models pulls it\n`;
}

function ollama(environment: string, more: JsonMap = {}) {
  const spec = mapAt(get('Deployment', 'ollama', environment, more), 'spec', 'template', 'spec');
  return { spec, container: mapAt(spec, 'containers', '0') };
}

const env = (container: JsonMap): Record<string, unknown> =>
  Object.fromEntries(
    listAt(container, 'env').map((one) => [textAt(one, 'name'), at(one, 'value')]),
  );
