import type { V1Endpoint, V1EndpointSlice, V1Pod } from '@kubernetes/client-node';
import { apps, autoscaling, batch, core, discovery, policy } from './kube';

/* What has not come about yet in namespaces, as lines that one can read. */

interface Counts {
  readonly metadata?: { readonly name?: string; readonly generation?: number };
  readonly status?: { readonly observedGeneration?: number };
}

/**
 * Empty when all pods are ready, all rollouts and Jobs complete, all claims bound, all Services have a
 * ready pod, and all budgets let a node be drained.
 */
export async function unsettled(namespaces: readonly string[]): Promise<string[]> {
  const finders = [unsettledIn, unreachable, undrainable];
  return (
    await Promise.all(namespaces.flatMap((namespace) => finders.map((find) => find(namespace))))
  ).flat();
}

async function unreachable(namespace: string): Promise<string[]> {
  const [services, slices] = await Promise.all([
    core.listNamespacedService({ namespace }),
    discovery.listNamespacedEndpointSlice({ namespace }),
  ]);
  // It sends null where there are none, which the client's type does not know.
  const endpointsOf = (slice: V1EndpointSlice): readonly V1Endpoint[] =>
    (slice.endpoints as V1Endpoint[] | null) ?? [];
  const reached = slices.items
    .filter((slice) => endpointsOf(slice).some(({ conditions }) => conditions?.ready === true))
    .map(({ metadata }) => metadata?.labels?.['kubernetes.io/service-name']);
  return services.items
    .filter(({ spec }) => spec?.selector !== undefined)
    .map(({ metadata }) => metadata?.name ?? '')
    .filter((name) => !reached.includes(name))
    .map((name) => `Service ${namespace}/${name} has no ready pod`);
}

async function undrainable(namespace: string): Promise<string[]> {
  const { items } = await policy.listNamespacedPodDisruptionBudget({ namespace });
  return items.flatMap(({ metadata, status }) => {
    const budget = `Budget ${namespace}/${metadata?.name ?? ''}`;
    if ((status?.expectedPods ?? 0) === 0) return [`${budget} selects no pod`];
    if ((status?.disruptionsAllowed ?? 0) > 0) return [];
    const [pods, least] = [status?.expectedPods, status?.desiredHealthy].map(String);
    return [`${budget} lets none of ${pods ?? ''} pods go: ${least ?? ''} must stay`];
  });
}

async function unsettledIn(namespace: string): Promise<string[]> {
  const [deployments, sets, daemons, jobs, claims, pods] = await Promise.all([
    apps.listNamespacedDeployment({ namespace }),
    apps.listNamespacedStatefulSet({ namespace }),
    apps.listNamespacedDaemonSet({ namespace }),
    batch.listNamespacedJob({ namespace }),
    core.listNamespacedPersistentVolumeClaim({ namespace }),
    core.listNamespacedPod({ namespace }),
  ]);
  const scalers = await autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace });
  const left: string[] = [];
  const check = (
    kind: string,
    of: Counts,
    wanted: number,
    have: readonly (number | undefined)[],
  ) => {
    const isSeen = of.status?.observedGeneration === of.metadata?.generation;
    if (isSeen && have.every((count) => (count ?? 0) === wanted)) return;
    const counts = have.map((count) => String(count ?? 0)).join(', ');
    left.push(`${kind} ${namespace}/${of.metadata?.name ?? ''}: ${counts} of ${String(wanted)}`);
  };
  for (const one of deployments.items) {
    check('Deployment', one, one.spec?.replicas ?? 1, [
      one.status?.replicas,
      one.status?.updatedReplicas,
      one.status?.availableReplicas,
    ]);
  }
  for (const one of sets.items) {
    check('StatefulSet', one, one.spec?.replicas ?? 1, [
      one.status?.replicas,
      one.status?.updatedReplicas,
      one.status?.readyReplicas,
    ]);
  }
  for (const one of daemons.items) {
    check('DaemonSet', one, one.status?.desiredNumberScheduled ?? 0, [
      one.status?.updatedNumberScheduled,
      one.status?.numberAvailable,
    ]);
  }
  for (const { metadata, spec, status } of scalers.items) {
    const [count, least] = [status?.currentReplicas ?? 0, spec.minReplicas ?? 1];
    if (count >= least) continue;
    left.push(
      `Autoscaler ${namespace}/${metadata?.name ?? ''}: ${String(count)} of ${String(least)}`,
    );
  }
  for (const { metadata, status } of jobs.items) {
    const isComplete = status?.conditions?.some(
      ({ type, status }) => type === 'Complete' && status === 'True',
    );
    if (isComplete !== true) left.push(`Job ${namespace}/${metadata?.name ?? ''} is not complete`);
  }
  for (const { metadata, status } of claims.items) {
    if (status?.phase === 'Bound') continue;
    left.push(`Claim ${namespace}/${metadata?.name ?? ''} is ${status?.phase ?? 'new'}`);
  }
  for (const pod of pods.items) {
    if (isReady(pod) || pod.status?.phase === 'Succeeded') continue;
    left.push(`Pod ${namespace}/${pod.metadata?.name ?? ''}: ${reason(pod)}`);
  }
  return left;
}

export function isReady({ metadata, status }: V1Pod): boolean {
  if (metadata?.deletionTimestamp !== undefined) return false;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return status?.phase === 'Running' && ready?.status === 'True';
}

/** As the scheduler says it, where the pod waits for a node. */
function reason({ status }: V1Pod): string {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return scheduled?.message ?? status?.phase ?? 'new';
}

export async function readyPods(namespaces: readonly string[]): Promise<number> {
  const lists = await Promise.all(
    namespaces.map((namespace) => core.listNamespacedPod({ namespace })),
  );
  return lists.flatMap(({ items }) => items).filter(isReady).length;
}
