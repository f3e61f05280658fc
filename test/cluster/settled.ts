import type { V1Endpoint, V1EndpointSlice, V1Pod } from '@kubernetes/client-node';
import { apps, autoscaling, batch, core, discovery, policy } from './kube';

/* What has not come about yet in namespaces, as lines that one can read. */

interface Counts {
  readonly metadata?: Named['metadata'] & { readonly generation?: number };
  readonly status?: { readonly observedGeneration?: number };
}

/**
 * Empty when all pods are ready, all rollouts and Jobs complete, all claims bound, all Services have a
 * ready pod, and all budgets let a node be drained.
 */
export async function unsettled(namespaces: readonly string[]): Promise<string[]> {
  // One question for each kind: seven for each namespace, twice a second, keep an API server busy.
  const [workloads, services, budgets] = await Promise.all([
    unsettledWorkloads(namespaces),
    unreachable(namespaces),
    undrainable(namespaces),
  ]);
  return [...workloads, ...services, ...budgets];
}

interface Named {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

const idOf = ({ metadata }: Named): string =>
  `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;

/** Those of a list that are in the namespaces. */
async function within<T extends Named>(
  namespaces: readonly string[],
  list: Promise<{ items: T[] }>,
): Promise<T[]> {
  const { items } = await list;
  return items.filter(({ metadata }) => namespaces.includes(metadata?.namespace ?? ''));
}

async function unreachable(namespaces: readonly string[]): Promise<string[]> {
  const [services, slices] = await Promise.all([
    within(namespaces, core.listServiceForAllNamespaces()),
    within(namespaces, discovery.listEndpointSliceForAllNamespaces()),
  ]);
  // It sends null where there are none, which the client's type does not know.
  const endpointsOf = (slice: V1EndpointSlice): readonly V1Endpoint[] =>
    (slice.endpoints as V1Endpoint[] | null) ?? [];
  const reached = slices
    .filter((slice) => endpointsOf(slice).some(({ conditions }) => conditions?.ready === true))
    .map(({ metadata }) =>
      [metadata?.namespace, metadata?.labels?.['kubernetes.io/service-name']].join('/'),
    );
  return services
    .filter(({ spec }) => spec?.selector !== undefined)
    .map(idOf)
    .filter((id) => !reached.includes(id))
    .map((id) => `Service ${id} has no ready pod`);
}

async function undrainable(namespaces: readonly string[]): Promise<string[]> {
  const budgets = await within(namespaces, policy.listPodDisruptionBudgetForAllNamespaces());
  return budgets.flatMap((one) => {
    const { status } = one;
    const budget = `Budget ${idOf(one)}`;
    if ((status?.expectedPods ?? 0) === 0) return [`${budget} selects no pod`];
    if ((status?.disruptionsAllowed ?? 0) > 0) return [];
    const [pods, least] = [status?.expectedPods, status?.desiredHealthy].map(String);
    return [`${budget} lets none of ${pods ?? ''} pods go: ${least ?? ''} must stay`];
  });
}

async function unsettledWorkloads(namespaces: readonly string[]): Promise<string[]> {
  const [deployments, sets, daemons, jobs, claims, pods, scalers] = await Promise.all([
    within(namespaces, apps.listDeploymentForAllNamespaces()),
    within(namespaces, apps.listStatefulSetForAllNamespaces()),
    within(namespaces, apps.listDaemonSetForAllNamespaces()),
    within(namespaces, batch.listJobForAllNamespaces()),
    within(namespaces, core.listPersistentVolumeClaimForAllNamespaces()),
    within(namespaces, core.listPodForAllNamespaces()),
    within(namespaces, autoscaling.listHorizontalPodAutoscalerForAllNamespaces()),
  ]);
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
    left.push(`${kind} ${idOf(of)}: ${counts} of ${String(wanted)}`);
  };
  for (const one of deployments) {
    check('Deployment', one, one.spec?.replicas ?? 1, [
      one.status?.replicas,
      one.status?.updatedReplicas,
      one.status?.availableReplicas,
    ]);
  }
  for (const one of sets) {
    check('StatefulSet', one, one.spec?.replicas ?? 1, [
      one.status?.replicas,
      one.status?.updatedReplicas,
      one.status?.readyReplicas,
    ]);
  }
  for (const one of daemons) {
    check('DaemonSet', one, one.status?.desiredNumberScheduled ?? 0, [
      one.status?.updatedNumberScheduled,
      one.status?.numberAvailable,
    ]);
  }
  for (const one of scalers) {
    const [count, least] = [one.status?.currentReplicas ?? 0, one.spec.minReplicas ?? 1];
    if (count < least) left.push(`Autoscaler ${idOf(one)}: ${String(count)} of ${String(least)}`);
  }
  for (const one of jobs) {
    const isComplete = one.status?.conditions?.some(
      ({ type, status }) => type === 'Complete' && status === 'True',
    );
    if (isComplete !== true) left.push(`Job ${idOf(one)} is not complete`);
  }
  for (const one of claims) {
    const phase = one.status?.phase ?? 'new';
    if (phase !== 'Bound') left.push(`Claim ${idOf(one)} is ${phase}`);
  }
  for (const one of pods) {
    if (isReady(one) || one.status?.phase === 'Succeeded') continue;
    left.push(`Pod ${idOf(one)}: ${reason(one)}`);
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
  return (await within(namespaces, core.listPodForAllNamespaces())).filter(isReady).length;
}
