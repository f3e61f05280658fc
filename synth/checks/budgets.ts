import type { Json } from '../node';
import { asText } from '../node';
import { show } from '../problems';
import { Autoscalers, fewestOf } from './autoscalers';
import { check, finding, type Finding } from './check';
import { at, mapAt } from './json';
import type { Pod } from './pod';
import type { Item, World } from './world';

export const budgetBlocksEviction = check({
  id: 'budget-blocks-eviction',
  rule: 'A disruption budget lets at least one pod go, also when there are as few pods as there can be.',
  why: 'A node with such a pod cannot be drained, so that upgrades of the cluster hang.',
  remedy:
    'Use maxUnavailable: 1, raise the number of pods, or leave the budget out where there is one pod.',
  *find(world) {
    const autoscalers = new Autoscalers(world);
    for (const budget of world.ofType('PodDisruptionBudget')) {
      const pods = podsOf(world, budget);
      const fewest = sumOf(pods.map((pod) => fewestPods(pod, autoscalers)));
      yield* blockedBy(budget, fewest);
    }
  },
});

function* blockedBy(budget: Item, fewest: number | undefined): Generator<Finding> {
  const most = at(budget.json, 'spec', 'maxUnavailable');
  if (['0', '0%'].includes(asText(most))) {
    yield finding(
      budget,
      `/spec/maxUnavailable is ${show(most)}, so that no pod may ever be evicted; use 1 or more`,
    );
  }
  const least = at(budget.json, 'spec', 'minAvailable');
  if (least === undefined) return;
  if (asText(least) === '100%') {
    yield finding(
      budget,
      `/spec/minAvailable is "100%", so that no pod may ever be evicted; use maxUnavailable: 1`,
    );
  } else if (fewest !== undefined && fewest > 0 && required(least, fewest) >= fewest) {
    yield finding(
      budget,
      `/spec/minAvailable is ${show(least)}, but there are as few as ${String(fewest)} of the pods that it selects, so that none may be evicted then; use maxUnavailable: 1, raise the number of pods, or leave the budget out`,
    );
  }
}

/** The sum; undefined where a part of it is. */
function sumOf(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length < counts.length ? undefined : known.reduce((sum, count) => sum + count, 0);
}

/** How many of the pods must stay; Kubernetes rounds percent up. */
function required(least: Json, pods: number): number {
  const text = asText(least);
  return text.endsWith('%') ? Math.ceil((parseFloat(text) / 100) * pods) : Number(text);
}

/** The fewest pods that an owner ever has on purpose; undefined where nodes or time decide. */
function fewestPods({ owner }: Pod, autoscalers: Autoscalers): number | undefined {
  if (owner.type === 'Pod') return 1;
  if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(owner.type)) return undefined;
  const scaler = autoscalers.of(owner);
  return scaler === undefined ? Number(at(owner.json, 'spec', 'replicas') ?? 1) : fewestOf(scaler);
}

const podsOf = (world: World, budget: Item) =>
  at(budget.json, 'spec', 'selector') === undefined
    ? []
    : world.podsMatching(budget.namespace, mapAt(budget.json, 'spec', 'selector'));

export const budgetShared = check({
  id: 'budget-shared',
  rule: 'A pod is in one disruption budget at most.',
  why: 'Kubernetes evicts no pod that two budgets select, and answers with an error instead.',
  remedy: 'Give the budgets selectors that do not overlap.',
  *find(world) {
    const budgets = new Map<Pod, Item>();
    for (const budget of world.ofType('PodDisruptionBudget')) {
      for (const pod of podsOf(world, budget)) {
        const other = budgets.get(pod);
        if (other === undefined) budgets.set(pod, budget);
        else {
          yield finding(
            budget,
            `/spec/selector picks the pods of ${pod.owner.kind}/${pod.owner.name}, as PodDisruptionBudget/${other.name} (${other.where}) does, and no pod in two budgets can be evicted; select other pods, or remove one`,
          );
        }
      }
    }
  },
});
