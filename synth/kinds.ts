import type * as k8s from '@kubernetes/client-node';
import type { Deep, DeepObject } from './deep';
import type { Val } from './value';

/**
 * The kinds that literals can be of, with the one API version that 1.28 to 1.37 all serve; admission
 * policies come with 1.30.
 */
interface Kinds {
  ClusterRole: ['rbac.authorization.k8s.io/v1', k8s.V1ClusterRole];
  ClusterRoleBinding: ['rbac.authorization.k8s.io/v1', k8s.V1ClusterRoleBinding];
  ConfigMap: ['v1', k8s.V1ConfigMap];
  CronJob: ['batch/v1', k8s.V1CronJob];
  DaemonSet: ['apps/v1', k8s.V1DaemonSet];
  Deployment: ['apps/v1', k8s.V1Deployment];
  HorizontalPodAutoscaler: ['autoscaling/v2', k8s.V2HorizontalPodAutoscaler];
  Ingress: ['networking.k8s.io/v1', k8s.V1Ingress];
  IngressClass: ['networking.k8s.io/v1', k8s.V1IngressClass];
  Job: ['batch/v1', k8s.V1Job];
  LimitRange: ['v1', k8s.V1LimitRange];
  Namespace: ['v1', k8s.V1Namespace];
  NetworkPolicy: ['networking.k8s.io/v1', k8s.V1NetworkPolicy];
  PersistentVolumeClaim: ['v1', k8s.V1PersistentVolumeClaim];
  Pod: ['v1', k8s.V1Pod];
  PodDisruptionBudget: ['policy/v1', k8s.V1PodDisruptionBudget];
  PriorityClass: ['scheduling.k8s.io/v1', k8s.V1PriorityClass];
  ResourceQuota: ['v1', k8s.V1ResourceQuota];
  Role: ['rbac.authorization.k8s.io/v1', k8s.V1Role];
  RoleBinding: ['rbac.authorization.k8s.io/v1', k8s.V1RoleBinding];
  RuntimeClass: ['node.k8s.io/v1', k8s.V1RuntimeClass];
  Secret: ['v1', k8s.V1Secret];
  Service: ['v1', k8s.V1Service];
  ServiceAccount: ['v1', k8s.V1ServiceAccount];
  StatefulSet: ['apps/v1', k8s.V1StatefulSet];
  StorageClass: ['storage.k8s.io/v1', k8s.V1StorageClass];
  ValidatingAdmissionPolicy: ['admissionregistration.k8s.io/v1', k8s.V1ValidatingAdmissionPolicy];
  ValidatingAdmissionPolicyBinding: [
    'admissionregistration.k8s.io/v1',
    k8s.V1ValidatingAdmissionPolicyBinding,
  ];
}
export type Kind = keyof Kinds;

type Body<T> = Omit<DeepObject<T>, 'apiVersion' | 'kind' | 'metadata' | 'status'>;

/** A Kubernetes object as JSON with Values in it; its kind decides which fields it may have. */
export type ManifestLiteral = {
  [K in Kind]: {
    readonly apiVersion: Kinds[K][0];
    readonly kind: K;
    readonly metadata: Omit<DeepObject<k8s.V1ObjectMeta>, 'name'> & { readonly name: Val<string> };
  } & Body<Kinds[K][1]>;
}[Kind];

export type PodSpec = Deep<k8s.V1PodSpec>;
export type Container = DeepObject<k8s.V1Container>;

/** Kinds of the Kubernetes API without a namespace. */
export const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'CustomResourceDefinition',
  'DeviceClass',
  'DeviceTaintRule',
  'FlowSchema',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceClass',
  'ResourcePoolStatusRequest',
  'ResourceSlice',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersion',
  'StorageVersionMigration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

/** Kinds of other projects without a namespace that constructs make, as group/Kind. */
const FOREIGN_CLUSTER_SCOPED: ReadonlySet<string> = new Set(['karpenter.sh/NodePool']);

export function isClusterScoped(apiVersion: string, kind: string): boolean {
  const [group = ''] = apiVersion.split('/');
  return CLUSTER_SCOPED.has(kind) || FOREIGN_CLUSTER_SCOPED.has(`${group}/${kind}`);
}

/** Template file names of kinds that people abbreviate; all others are the kind in lower case. */
export const FILE_NAMES: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: 'hpa',
  PodDisruptionBudget: 'pdb',
  PersistentVolumeClaim: 'pvc',
};
