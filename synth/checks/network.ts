import { check, finding } from './check';
import { at, listAt, mapAt } from './json';
import type { Pod } from './pod';
import type { Item, World } from './world';

export const podWithoutNetworkPolicy = check({
  id: 'pod-without-network-policy',
  rule: 'Network policies of its namespace say what each pod may be reached from, and what it may reach.',
  why: 'Without one, everything in the cluster reaches the pod, and who takes it over reaches everything.',
  remedy:
    'Select the pod in a NetworkPolicy for Ingress and Egress, and list there what it talks to.',
  *find(world) {
    const selected = directionsOf(world);
    for (const pod of world.pods) {
      // Policies do not hold for the network of a node, and a pod of `helm test` lives for seconds.
      if (pod.owner.chartOnly || at(pod.spec, 'hostNetwork') === true) continue;
      const open = ['Ingress', 'Egress'].filter((one) => selected.get(pod)?.has(one) !== true);
      if (open.length === 0) continue;
      yield finding(
        pod.owner,
        `no NetworkPolicy in its namespace selects its pods for ${open.join(' and ')}, so that all such traffic is let through; add one that lists what they talk to`,
      );
    }
  },
});

/** The directions in which policies restrict each pod. */
function directionsOf(world: World): ReadonlyMap<Pod, ReadonlySet<string>> {
  const found = new Map<Pod, Set<string>>();
  for (const policy of world.ofType('NetworkPolicy')) {
    const selector = mapAt(policy.json, 'spec', 'podSelector');
    for (const pod of world.podsMatching(policy.namespace, selector)) {
      const directions = found.get(pod) ?? new Set();
      for (const direction of directionsIn(policy)) directions.add(direction);
      found.set(pod, directions);
    }
  }
  return found;
}

/** Where a policy does not say, it is for Ingress, and for Egress if it has rules for that. */
export function directionsIn({ json }: Item): string[] {
  const types = at(json, 'spec', 'policyTypes');
  if (types !== undefined) return listAt(json, 'spec', 'policyTypes').map(String);
  return at(json, 'spec', 'egress') === undefined ? ['Ingress'] : ['Ingress', 'Egress'];
}
