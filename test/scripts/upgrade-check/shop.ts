import type { Output } from '../../../scripts/upgrade-check/check';
import { isMap, merge, type JsonMap } from '../../../synth/merge';
import type { Json } from '../../../synth/node';

/* A small shop, whose upgrades tests look at: in memory, and in the cluster suite for real. */

const namespace = 'shop';
const labels = (app: string) => ({ app });
const pod = (app: string, restartPolicy = 'Always') => ({
  metadata: { labels: labels(app) },
  spec: { restartPolicy, containers: [{ name: app, image: `docker.io/library/${app}:1.0.0` }] },
});
const claim = (storage: string) => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage } },
});
const keep = { annotations: { 'helm.sh/resource-policy': 'keep' } };

/** Objects by the name that tests call them. */
export type Shop = Record<string, JsonMap>;

export const shop: Shop = {
  namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, ...keep } },
  archive: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop-archive', ...keep } },
  class: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'shop-fast' },
    provisioner: 'kubernetes.io/no-provisioner',
    parameters: { type: 'gp2' },
  },
  priority: {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'shop-high' },
    value: 1000,
  },
  runtime: {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'shop-runtime' },
    handler: 'runc',
  },
  dumps: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'dumps', namespace, ...keep },
    spec: claim('5Gi'),
  },
  settings: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings', namespace },
    data: { color: 'blue' },
  },
  prices: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'prices', namespace },
    immutable: true,
    data: { apple: '1' },
  },
  web: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: { replicas: 1, selector: { matchLabels: labels('web') }, template: pod('web') },
  },
  webService: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace },
    spec: { selector: labels('web'), ports: [{ port: 80 }] },
  },
  agent: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent', namespace },
    spec: { selector: { matchLabels: labels('agent') }, template: pod('agent') },
  },
  store: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'store', namespace },
    spec: {
      replicas: 1,
      serviceName: 'store',
      selector: { matchLabels: labels('store') },
      template: pod('store'),
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('1Gi') }],
    },
  },
  migrate: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate-1', namespace },
    spec: { template: pod('migrate', 'Never') },
  },
  reader: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'reader', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
  },
};

const text = (values: object) => ({ type: 'string', ...values });
const webValues = {
  type: 'object',
  additionalProperties: false,
  required: ['replicas', 'motto', 'hosts', 'store'],
  properties: {
    global: { type: 'object', properties: { domain: text({ default: 'example.org' }) } },
    replicas: { type: 'integer', minimum: 1, maximum: 50, default: 2 },
    motto: text({ pattern: '^[A-Za-z ]*$', default: 'Hello' }),
    hosts: {
      type: 'array',
      default: [],
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: text({}), path: text({}) },
      },
    },
    labels: { type: 'object', default: {}, additionalProperties: text({}) },
    store: {
      type: 'object',
      additionalProperties: false,
      properties: {
        size: text({ default: '1Gi', immutable: 'a claim keeps its size.' }),
        user: text({ default: 'root' }),
      },
    },
  },
};
const umbrella = {
  type: 'object',
  additionalProperties: false,
  properties: { global: { type: 'object' }, web: { type: 'object' } },
};

/** The files of its chart, as data. */
export const chart: JsonMap = {
  'values.schema.json': umbrella,
  'values.yaml': { global: { domain: 'example.org' }, web: {} },
  'values-prod.yaml': { web: { replicas: 30, hosts: [{ name: 'www.example.org' }] } },
  'charts/web/values.schema.json': webValues,
  'charts/web/values.yaml': {
    global: { domain: 'example.org' },
    replicas: 2,
    motto: 'Hello',
    hosts: [],
    labels: {},
    store: { size: '1Gi', user: 'root' },
  },
};

/** A merge patch: maps join, and null takes away. */
export function patched<T extends JsonMap>(data: T, patch: object): T {
  return withoutNull(merge(data, patch as JsonMap)) as T;
}

function withoutNull(data: Json | null): Json {
  if (Array.isArray(data)) return data.map(withoutNull);
  if (!isMap(data)) return data ?? '';
  const entries = Object.entries(data).filter(([, value]) => (value as Json | null) !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutNull(value)]));
}

/** What a version of the shop comes as; JSON is YAML, too. */
export function output(objects: Shop = shop, files: JsonMap = chart, changelog = ''): Output {
  const manifests = Object.values(objects).map((object) => JSON.stringify(object));
  return {
    folders: { dist: 'dist', helm: 'helm/shop' },
    dist: new Map([['dist/prod/01-web.k8s.yaml', manifests.join('\n---\n')]]),
    chart: new Map(
      Object.entries(files).map(([path, data]) => [`helm/shop/${path}`, JSON.stringify(data)]),
    ),
    changelog,
  };
}
