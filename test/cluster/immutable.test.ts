/* What `npm run diff` says of immutable fields is what a real API server refuses. */
import { changesIn } from '../../scripts/diff/changes';
import { refusals } from '../../scripts/diff/immutable';
import type { Parsed } from '../../synth/proof/parse';
import { startApiServer, type RealApiServer } from './api-server';
import { kubernetes } from './version';

type Manifest = Record<string, Parsed>;

interface Case {
  readonly kind: string;
  readonly path: string;
  readonly apiVersion: string;
  readonly object: Manifest;
  /** Each a merge patch of the object. */
  readonly changes: readonly Manifest[];
}

const labels = { app: 'a' };
const pod = (image: string) => ({ containers: [{ name: 'a', image }] });
const template = (image: string) => ({ metadata: { labels }, spec: pod(image) });
const selector = { matchLabels: labels };
const other = { selector: { matchLabels: { app: 'b' } } };
const claim = (storage: string) => ({
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage } },
});
const never = (image: string) => ({
  ...template(image),
  spec: { ...pod(image), restartPolicy: 'Never' },
});
const role = (name: string) => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'ClusterRole',
  name,
});

const APPS = { apiVersion: 'apps/v1', path: '/apis/apps/v1/namespaces/default' };
const CORE = { apiVersion: 'v1', path: '/api/v1/namespaces/default' };

const CASES: readonly Case[] = [
  {
    kind: 'StatefulSet.apps',
    apiVersion: APPS.apiVersion,
    path: `${APPS.path}/statefulsets`,
    object: {
      spec: {
        serviceName: 'a',
        replicas: 1,
        selector,
        template: template('a'),
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('1Gi') }],
      },
    },
    changes: [
      { spec: { replicas: 2 } },
      { spec: { template: template('b') } },
      { spec: { updateStrategy: { rollingUpdate: { partition: 1 } } } },
      { spec: { minReadySeconds: 5 } },
      { spec: { ordinals: { start: 3 } } },
      {
        spec: {
          persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
        },
      },
      { spec: { serviceName: 'b' } },
      { spec: { podManagementPolicy: 'Parallel' } },
      { spec: { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('2Gi') }] } },
    ],
  },
  ...(['deployments', 'daemonsets'] as const).map((path) => ({
    kind: path === 'deployments' ? 'Deployment.apps' : 'DaemonSet.apps',
    apiVersion: APPS.apiVersion,
    path: `${APPS.path}/${path}`,
    object: { spec: { selector, template: template('a') } },
    changes: [
      { spec: { template: template('b') } },
      { spec: { ...other, template: { metadata: { labels: { app: 'b' } } } } },
    ],
  })),
  {
    kind: 'Job.batch',
    apiVersion: 'batch/v1',
    path: '/apis/batch/v1/namespaces/default/jobs',
    object: { spec: { template: never('a') } },
    changes: [
      { spec: { suspend: true } },
      { spec: { parallelism: 2 } },
      { spec: { backoffLimit: 1 } },
      { spec: { activeDeadlineSeconds: 9 } },
      { spec: { ttlSecondsAfterFinished: 9 } },
      { spec: { completions: 3 } },
      { spec: { completionMode: 'Indexed' } },
      { spec: { template: never('b') } },
    ],
  },
  {
    kind: 'CronJob.batch',
    apiVersion: 'batch/v1',
    path: '/apis/batch/v1/namespaces/default/cronjobs',
    object: { spec: { schedule: '1 1 * * *', jobTemplate: { spec: { template: never('a') } } } },
    changes: [{ spec: { schedule: '2 2 * * *', jobTemplate: { spec: { template: never('b') } } } }],
  },
  {
    kind: 'Pod',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/pods`,
    object: { spec: { ...pod('a'), automountServiceAccountToken: false } },
    changes: [{ spec: pod('b') }, { spec: { hostNetwork: true } }],
  },
  {
    kind: 'Service',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/services`,
    object: { spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80 }] } },
    changes: [
      { spec: { selector: { app: 'b' } } },
      { spec: { ports: [{ port: 81 }] } },
      { spec: { clusterIP: '10.96.0.77' } },
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/persistentvolumeclaims`,
    object: { spec: { ...claim('1Gi'), storageClassName: 'a' } },
    changes: [{ spec: { accessModes: ['ReadWriteMany'] } }, { spec: { storageClassName: 'b' } }],
  },
  {
    kind: 'StorageClass.storage.k8s.io',
    apiVersion: 'storage.k8s.io/v1',
    path: '/apis/storage.k8s.io/v1/storageclasses',
    object: { provisioner: 'a.example' },
    changes: [
      { allowVolumeExpansion: true },
      { provisioner: 'b.example' },
      { parameters: { a: 'b' } },
      { reclaimPolicy: 'Retain' },
      { volumeBindingMode: 'WaitForFirstConsumer' },
    ],
  },
  {
    kind: 'ClusterRoleBinding.rbac.authorization.k8s.io',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    object: { roleRef: role('a') },
    changes: [
      { roleRef: role('b') },
      { subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'default' }] },
    ],
  },
  {
    kind: 'RoleBinding.rbac.authorization.k8s.io',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    path: '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings',
    object: { roleRef: role('a') },
    changes: [{ roleRef: role('b') }],
  },
  {
    kind: 'PriorityClass.scheduling.k8s.io',
    apiVersion: 'scheduling.k8s.io/v1',
    path: '/apis/scheduling.k8s.io/v1/priorityclasses',
    object: { value: 1 },
    changes: [{ description: 'b' }, { value: 2 }, { preemptionPolicy: 'Never' }],
  },
  {
    kind: 'RuntimeClass.node.k8s.io',
    apiVersion: 'node.k8s.io/v1',
    path: '/apis/node.k8s.io/v1/runtimeclasses',
    object: { handler: 'a' },
    changes: [{ handler: 'b' }],
  },
  {
    kind: 'IngressClass.networking.k8s.io',
    apiVersion: 'networking.k8s.io/v1',
    path: '/apis/networking.k8s.io/v1/ingressclasses',
    object: { spec: { controller: 'example.com/a' } },
    changes: [{ spec: { controller: 'example.com/b' } }],
  },
  {
    kind: 'Secret',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/secrets`,
    object: { type: 'a/b', stringData: { a: '1' } },
    changes: [{ stringData: { a: '2' } }, { type: 'a/c' }],
  },
  {
    kind: 'ConfigMap',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/configmaps`,
    object: { immutable: true, data: { a: '1' } },
    changes: [{ data: { a: '2' } }, { immutable: false }],
  },
  {
    kind: 'PodDisruptionBudget.policy',
    apiVersion: 'policy/v1',
    path: '/apis/policy/v1/namespaces/default/poddisruptionbudgets',
    object: { spec: { selector, maxUnavailable: 1 } },
    changes: [{ spec: other }],
  },
];

let server: RealApiServer;

beforeAll(async () => {
  server = await startApiServer(kubernetes());
  // A controller makes it elsewhere; no pod without it.
  await server.ask('POST', `${CORE.path}/serviceaccounts`, { metadata: { name: 'default' } });
});

afterAll(() => server.stop());

describe.each(CASES)('$kind', (one) => {
  test.each(one.changes.map((change, index) => [JSON.stringify(change), change, index] as const))(
    '%s',
    async (_, change, index) => {
      const [kind = ''] = one.kind.split('.');
      const name = `a-${String(index)}`;
      const object = { apiVersion: one.apiVersion, kind, metadata: { name }, ...one.object };
      const made = await server.ask('POST', one.path, object);
      expect(made).toMatchObject({ status: 201 });
      const { status } = await server.ask('PATCH', `${one.path}/${name}`, change);
      const told = refusals(
        one.kind,
        one.object,
        changesIn(one.object, merged(one.object, change)),
      );
      expect(status).toBe(told.length > 0 ? 422 : 200);
    },
  );
});

/** A merge patch, put in. */
function merged(before: Parsed | undefined, patch: Parsed): Parsed {
  const isMap = (data: Parsed | undefined): data is Manifest =>
    typeof data === 'object' && data !== null && !Array.isArray(data);
  if (!isMap(before) || !isMap(patch)) return patch;
  const entries = Object.entries(patch).map(([key, value]) => [key, merged(before[key], value)]);
  return { ...before, ...(Object.fromEntries(entries) as Manifest) };
}
