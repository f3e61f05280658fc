import type { V1PolicyRule } from '@kubernetes/client-node';
import { Manifest, type DeepObject } from '../synth';
import type { Workload } from './workload';

/**
 * Lets a workload do that with objects of all namespaces. The names carry that of its own namespace,
 * so that several installations can be in one cluster; call it where the workload makes its manifests.
 */
export function clusterAccess(
  workload: Workload,
  rules: readonly DeepObject<V1PolicyRule>[],
): void {
  const { tier } = workload;
  const name = `${tier.ownNamespace}-${workload.name}`;
  const metadata = { ...workload.metadata, name };
  new Manifest(workload, 'cluster-role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata,
    rules: [...rules],
  });
  new Manifest(workload, 'cluster-role-binding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: workload.name, namespace: tier.ownNamespace }],
  });
}
