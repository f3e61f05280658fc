import type { V1Pod } from '@kubernetes/client-node';
import {
  and,
  concat,
  each,
  eq,
  ge,
  image,
  notEmpty,
  omitEmpty,
  orElse,
  plus,
  portRegistry,
  ternary,
  when,
  whenItems,
  type Container,
  type Deep,
  type Environment,
  type ManifestLiteral,
  type PodSpec,
  type Val,
  type Value,
} from '../../synth';
import type { ShopPlatform, ShopTier } from './fixture';

/* Right programs, which the compiler takes. What it refuses is in errors/. */

declare const tier: ShopTier;
const { global, release, chart } = tier;
const v = tier.values;
const names = tier.define('labels', { app: v.name, release: release.name });
const metadata = { name: v.name, namespace: global.namespaces.shop, labels: { ...names } };

const secretName: Val<string> = concat(v.name, '-', v.replicas, v.enabled);

export const container: Container = {
  name: v.name,
  image: image(v.image, global.imageRegistry),
  args: ['--level', `${v.ratio}`, ...v.args],
  command: v.args,
  env: [
    { name: 'REPLICAS', value: `${v.replicas}` },
    { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: 1 } } },
    when(v.enabled, { name: 'A', value: 'a' }),
    when(v.enabled, { name: 'B', value: v.name }, { name: 'B', value: 'none' }),
    ...whenItems(v.enabled, [{ name: 'C', value: 'c' }]),
    ...whenItems(v.enabled, [{ name: 'D', value: 'd' }], [{ name: 'D', value: v.name }]),
    each(v.hosts, (host) => ({ name: host.name, value: 'x' })),
    each(v.args, (arg) => ({ name: arg, value: arg }), 'argument'),
  ],
  ports: [{ name: 'http', containerPort: plus(v.replicas, 8000) }],
  resources: {
    requests: { cpu: 1, memory: '1Gi', 'nvidia.com/gpu': when(v.enabled, v.replicas) },
    limits: { cpu: 0.5, memory: v.resources.requests.cpu, 'example.com/none': undefined },
  },
  livenessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: v.replicas },
  readinessProbe: { tcpSocket: { port: 80 } },
  startupProbe: when(v.enabled, { exec: { command: ['true'] } }),
};

export const podSpec: PodSpec = {
  containers: [container, when(v.enabled, container)],
  initContainers: [...whenItems(notEmpty(v.args), [container])],
  nodeSelector: omitEmpty(v.labels),
  tolerations: omitEmpty(v.tolerations),
  affinity: v.affinity,
  overhead: { cpu: '10m', memory: 1000 },
  volumes: [
    { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'memory', emptyDir: { sizeLimit: 1024, medium: 'Memory' } },
    { name: 'secret', secret: { secretName, defaultMode: 0o440 } },
  ],
  imagePullSecrets: [{ name: 'a' }, ...whenItems(v.enabled, [{ name: v.name }])],
};

export const deployment: ManifestLiteral = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    ...metadata,
    labels: { ...names, ...v.labels, fixed: 'x', maybe: when(v.enabled, 'yes') },
    annotations: omitEmpty(v.labels),
    creationTimestamp: '2026-08-21T00:00:00Z',
    deletionTimestamp: chart.version,
  },
  spec: {
    ...when(v.enabled, { replicas: v.replicas }),
    ...when(v.enabled, { minReadySeconds: 1 }, { paused: true }),
    selector: { matchLabels: { ...names } },
    strategy: {
      type: v.strategy,
      rollingUpdate: when(eq(v.strategy, 'RollingUpdate'), { maxSurge: 1, maxUnavailable: '50%' }),
    },
    template: { metadata: { labels: { ...names } }, spec: podSpec },
  },
};

export const policy: ManifestLiteral = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec: {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: v.labels } }], ports: [{ port: 80 }] },
      when(and(v.enabled, ge(v.replicas, 2)), { from: [{ namespaceSelector: {} }] }),
    ],
  },
};

export const limits: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata,
  spec: {
    limits: [
      {
        type: 'Container',
        default: { cpu: 1 },
        defaultRequest: { cpu: '100m' },
        max: { memory: '2Gi', cpu: v.replicas },
        min: { cpu: 0.1 },
        maxLimitRequestRatio: { cpu: 10 },
      },
    ],
  },
};

export const runtimeClass: ManifestLiteral = {
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata,
  handler: 'nvidia',
  overhead: { podFixed: { cpu: 1, memory: '10Mi' } },
};

export const quota: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata,
  spec: { hard: { pods: v.replicas, 'requests.cpu': '10' } },
};

export const claim: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata,
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: omitEmpty(v.name),
    resources: { requests: { storage: '1Gi' } },
  },
};

export const autoscaler: ManifestLiteral = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata,
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: v.name },
    maxReplicas: v.replicas,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'x', averageValue: 1 } } },
    ],
  },
};

export const secret: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata,
  type: 'Opaque',
  stringData: {
    text: `${v.name}.${global.domain}:${v.replicas}`,
    choice: ternary(v.enabled, v.name, 'none'),
    fallback: orElse(v.name, 'shop'),
    ...v.labels,
  },
};

/** What stands in one array with another condition has the type of both. */
export const service: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec: {
    type: when(v.enabled, 'ClusterIP', 'NodePort'),
    clusterIP: when(v.enabled, 'None', v.name),
    selector: when(v.enabled, { a: 'b' }, { c: v.name }),
    ports: [
      when(v.enabled, { port: 80, name: 'http' }),
      when(v.enabled, { port: v.replicas }, { port: 81, targetPort: 'http' }),
    ],
  },
};

export const model: Deep<V1Pod> = { spec: { containers: [] }, status: { phase: 'Running' } };
export const group: Value<object> = v.resources;
export const member: Value<string> = v.resources.requests.cpu;
export const literal: Value<'Recreate' | 'RollingUpdate'> = v.strategy;

export const environment: Environment<ShopPlatform> = {
  name: 'dev',
  summary: 'small.',
  release: { name: 'shop', namespace: 'ops' },
  values: {
    global: { domain: 'dev.example' },
    shop: {
      enabled: false,
      strategy: 'RollingUpdate',
      hosts: [{ name: 'a.example', ports: [80] }],
      labels: { team: 'a' },
      tolerations: [{ key: 'gpu', tolerationSeconds: 10 }],
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'shop' } } },
          ],
        },
      },
      resources: { requests: { cpu: '2' } },
      image: { tag: '24.2.0' },
    },
  },
};
export const empty: Environment<ShopPlatform> = { ...environment, values: {} };

const web = { tier: 'shop', owner: 'web', purpose: 'Pages.' } as const;
const owners = [{ tier: 'shop', owner: 'sidecar' }] as const;
const registry = portRegistry({
  ranges: { api: { from: 3100, to: 3199, purpose: 'APIs.', tiers: ['shop'] } },
  ports: {
    chosen: { port: 3100, range: 'api', ...web },
    wellKnown: { port: 80, wellKnown: 'docs', ...web },
    shared: { port: 9464, wellKnown: 'docs', sharedBy: { owners, reason: 'Sidecars.' }, ...web },
  },
});
const { chosen, wellKnown, shared } = registry.ports;
export const numbers: readonly [3100, 80, 9464] = [chosen, wellKnown, shared];
