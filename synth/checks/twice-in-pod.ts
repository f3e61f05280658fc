import { check, finding } from './check';
import { listAt, textAt } from './json';
import type { JsonMap } from '../merge';
import { show } from '../problems';
import type { Pod } from './pod';

export const twiceInPod = check({
  id: 'twice-in-pod',
  rule: 'A pod has each container and volume once, and a container each variable, port name and mount.',
  why: 'The API server refuses the pod, or the last of both silently wins.',
  remedy: 'Remove one, or give it another name.',
  alone: true,
  *find(world) {
    for (const pod of world.pods) {
      for (const { path, value } of repeated(pod)) {
        yield finding(
          pod.owner,
          `${path} is ${show(value)}, as in an item before it, and only one of both can be; remove one, or change it`,
        );
      }
    }
  },
});

interface Place {
  readonly path: string;
  readonly value: string;
}

/** Each list counts for itself, but for containers, whose names are of one room with init ones. */
function repeated({ path, spec, containers }: Pod): Place[] {
  const names = containers.map((one) => ({ path: `${one.path}/name`, value: one.name }));
  const inside = containers.flatMap((one) => [
    ...twice(keysOf(one.json, one.path, 'env', 'name')),
    ...twice(keysOf(one.json, one.path, 'ports', 'name')),
    ...twice(keysOf(one.json, one.path, 'volumeMounts', 'mountPath')),
  ]);
  return [...twice(names), ...twice(keysOf(spec, path, 'volumes', 'name')), ...inside];
}

const keysOf = (json: JsonMap, path: string, list: string, key: string): Place[] =>
  listAt(json, list).map((item, index) => ({
    path: `${path}/${list}/${String(index)}/${key}`,
    value: textAt(item, key),
  }));

/** Those that say what one before them says; what says nothing is for the API server to refuse. */
const twice = (places: readonly Place[]) =>
  places.filter(
    ({ value }, index) =>
      value !== '' && places.findIndex((other) => other.value === value) < index,
  );
