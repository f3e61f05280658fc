import { changesIn } from '../../scripts/diff/changes';
import { refusedFields, type Refusal } from '../../scripts/diff/immutable';
import type { Parsed } from '../../synth/proof/parse';

/* Objects, and changes of them: some that an API server takes, and some that it refuses. */

export type Manifest = Record<string, Parsed>;

export interface Case {
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

const toName = { spec: { type: 'ExternalName', externalName: 'a.example' } };

const APPS = { apiVersion: 'apps/v1', path: '/apis/apps/v1/namespaces/default' };
const CORE = { apiVersion: 'v1', path: '/api/v1/namespaces/default' };

export const CASES: readonly Case[] = [
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
      { spec: { podManagementPolicy: 'OrderedReady' } },
      { spec: { ...other, template: { metadata: { labels: { app: 'b' } } } } },
      { spec: { volumeClaimTemplates: null } },
      { spec: { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('2Gi') }] } },
    ],
  },
  ...['Deployment', 'DaemonSet', 'ReplicaSet'].map((kind) => ({
    kind: `${kind}.apps`,
    apiVersion: APPS.apiVersion,
    path: `${APPS.path}/${kind.toLowerCase()}s`,
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
      { spec: { completionMode: 'Indexed', completions: 1 } },
      { spec: { completionMode: 'NonIndexed', completions: 1 } },
      { spec: { selector: { matchLabels: { app: 'b' } } } },
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
      { spec: { clusterIPs: ['10.96.0.78'] } },
      { spec: { clusterIP: null } },
      { spec: { ...toName.spec, clusterIP: null } },
    ],
  },
  {
    kind: 'Service',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/services`,
    object: { spec: { selector: labels, ports: [{ port: 80 }] } },
    changes: [{ spec: { clusterIP: 'None' } }, { spec: { type: 'NodePort' } }, toName],
  },
  {
    kind: 'Service',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/services`,
    object: { spec: { type: 'ExternalName', externalName: 'a.example', ports: [{ port: 80 }] } },
    changes: [
      { spec: { type: 'ClusterIP', externalName: null } },
      { spec: { type: 'ClusterIP', externalName: null, clusterIP: 'None' } },
      { spec: { type: null, externalName: null, clusterIP: '10.96.0.79' } },
    ],
  },
  {
    kind: 'Service',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/services`,
    object: { spec: { type: 'LoadBalancer', loadBalancerClass: 'a/b', ports: [{ port: 80 }] } },
    changes: [{ spec: { loadBalancerClass: 'a/c' } }, { spec: { loadBalancerClass: null } }],
  },
  {
    kind: 'PersistentVolumeClaim',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/persistentvolumeclaims`,
    object: { spec: { ...claim('1Gi'), storageClassName: 'a' } },
    changes: [
      { spec: { accessModes: ['ReadWriteMany'] } },
      { spec: { storageClassName: 'b' } },
      { spec: { storageClassName: null } },
      { spec: { volumeMode: 'Block' } },
      { spec: { volumeMode: 'Filesystem' } },
      { spec: claim('1M') },
    ],
  },
  {
    kind: 'PersistentVolume',
    apiVersion: CORE.apiVersion,
    path: '/api/v1/persistentvolumes',
    object: {
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '1Gi' },
        hostPath: { path: '/a' },
      },
    },
    changes: [
      { spec: { persistentVolumeReclaimPolicy: 'Delete' } },
      { spec: { hostPath: { path: '/b' } } },
    ],
  },
  {
    kind: 'StorageClass.storage.k8s.io',
    apiVersion: 'storage.k8s.io/v1',
    path: '/apis/storage.k8s.io/v1/storageclasses',
    object: { provisioner: 'a.example', parameters: { c: 'd' } },
    changes: [
      { allowVolumeExpansion: true },
      { provisioner: 'b.example' },
      { parameters: { a: 'b' } },
      { parameters: null },
      { reclaimPolicy: 'Retain' },
      { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
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
    changes: [
      { description: 'b' },
      { value: 2 },
      { preemptionPolicy: 'Never' },
      { preemptionPolicy: 'PreemptLowerPriority' },
    ],
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
    kind: 'Secret',
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/secrets`,
    object: { data: { a: 'MQ==' } },
    changes: [{ type: 'Opaque' }],
  },
  ...['ConfigMap', 'Secret'].map((kind) => ({
    kind,
    apiVersion: CORE.apiVersion,
    path: `${CORE.path}/${kind.toLowerCase()}s`,
    object: { immutable: true, data: { a: 'MQ==' } },
    changes: [
      { data: { a: 'Mg==' } },
      { data: { b: 'MQ==' } },
      { immutable: false },
      { immutable: null },
      { metadata: { labels } },
      kind === 'Secret' ? { stringData: { a: '2' } } : { binaryData: { b: 'MQ==' } },
    ],
  })),
  {
    kind: 'PodDisruptionBudget.policy',
    apiVersion: 'policy/v1',
    path: '/apis/policy/v1/namespaces/default/poddisruptionbudgets',
    object: { spec: { selector, maxUnavailable: 1 } },
    changes: [{ spec: other }],
  },
];

/** What is told of the change: what `refusedFields` says of it. */
export function told({ kind, object }: Case, change: Manifest): Refusal[] {
  return refusedFields(kind, object, changesIn(object, merged(object, change)));
}

/** A merge patch, put in: null takes away. */
function merged(before: Parsed | undefined, patch: Parsed): Parsed {
  if (!isMap(patch)) return patch;
  const old = isMap(before) ? before : {};
  const entries = Object.entries(patch).map(([key, value]) => [key, merged(old[key], value)]);
  const all = { ...old, ...(Object.fromEntries(entries) as Manifest) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

const isMap = (data: Parsed | undefined): data is Manifest =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
