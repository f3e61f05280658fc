import type { JsonMap } from '../merge';
import { check, finding, type Finding } from './check';
import { at, mapAt } from './json';
import { isEmptySelector, selects, shownSelector } from './selector';
import { selectorOf, type Item, type World } from './world';

/** What keeps a number of pods alive and finds them by labels. A Job makes labels of its own. */
const CONTROLLERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const;

export const selectorMissesOwnPods = check({
  id: 'selector-misses-own-pods',
  rule: 'The selector of a controller picks the pods that it makes.',
  why: 'Kubernetes refuses the object.',
  remedy: 'Make the labels of the pod template match the selector.',
  alone: true,
  *find(world) {
    for (const item of world.ofType(...CONTROLLERS)) {
      const selector = mapAt(item.json, 'spec', 'selector');
      const labels = mapAt(item.json, 'spec', 'template', 'metadata', 'labels');
      if (!isEmptySelector(selector) && selects(selector, labels)) continue;
      const asked = isEmptySelector(selector) ? 'is empty' : `asks for ${shownSelector(selector)}`;
      const has = shownSelector({ matchLabels: labels }) || 'no labels';
      yield finding(
        item,
        `/spec/selector ${asked}, but its own pods have ${has}; give both the same labels`,
      );
    }
  },
});

export const selectorMatchesNothing = check({
  id: 'selector-matches-nothing',
  rule: 'The selector of a Service, a disruption budget or a network policy picks pods of its namespace.',
  why: 'It does nothing otherwise, without an error: no traffic arrives, no pod is protected.',
  remedy: 'Correct the selector, or the labels of the pods.',
  *find(world) {
    for (const { item, path, selector } of askers(world)) {
      if (selector === undefined) {
        yield finding(item, `${path} is missing, so that it picks no pod; add a selector`);
      } else if (world.podsMatching(item.namespace, selector).length === 0) {
        const asked = shownSelector(selector) || 'all pods';
        yield finding(
          item,
          `${path} asks for ${asked}, but no pod in its namespace has that; correct the selector, or the labels of the pods`,
        );
      }
    }
  },
});

interface Asker {
  readonly item: Item;
  readonly path: string;
  readonly selector: JsonMap | undefined;
}

/** What finds pods of others by labels. */
function* askers(world: World): Generator<Asker> {
  for (const item of world.ofType('Service')) {
    const selector = selectorOf(item);
    // What such a Service leads to is made by hand, or is a name outside.
    if (isEmptySelector(selector)) continue;
    yield { item, path: '/spec/selector', selector };
  }
  for (const item of world.ofType('PodDisruptionBudget')) {
    const isThere = at(item.json, 'spec', 'selector') !== undefined;
    const selector = isThere ? mapAt(item.json, 'spec', 'selector') : undefined;
    yield { item, path: '/spec/selector', selector };
  }
  for (const item of world.ofType('NetworkPolicy')) {
    const selector = mapAt(item.json, 'spec', 'podSelector');
    // An empty one means all pods that there are or will be.
    if (!isEmptySelector(selector)) yield { item, path: '/spec/podSelector', selector };
  }
}

export const selectorShared = check({
  id: 'selector-shared',
  rule: 'The selector of a controller picks the pods of no other controller.',
  why: 'Both count the same pods, and one removes what the other makes.',
  remedy: 'Add a label that only its own pods have, to the selector and to the pod template.',
  *find(world) {
    for (const item of world.ofType(...CONTROLLERS)) yield* sharedPods(world, item);
  },
});

function* sharedPods(world: World, item: Item): Generator<Finding> {
  const selector = mapAt(item.json, 'spec', 'selector');
  if (isEmptySelector(selector)) return;
  for (const { owner } of world.podsMatching(item.namespace, selector)) {
    // A second object of the same name is told by same-name-twice.
    if (!isController(owner) || isSame(owner, item)) continue;
    yield finding(
      item,
      `/spec/selector asks for ${shownSelector(selector)}, which the pods of ${owner.kind}/${owner.name} (${owner.where}) have too; add a label that only its own pods have, to the selector and to the pod template`,
    );
  }
}

const isController = ({ type }: Item) => CONTROLLERS.some((one) => one === type);
const isSame = (one: Item, other: Item) => one.type === other.type && one.name === other.name;
