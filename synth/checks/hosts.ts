import { check, finding } from './check';
import { listAt, textAt } from './json';
import type { Item } from './world';

/** The routes of an Ingress: the path of each in the object, and the key that makes it one route. */
const routesOf = ({ json }: Item) =>
  listAt(json, 'spec', 'rules').flatMap((rule, row) =>
    listAt(rule, 'http', 'paths').map((route, column) => {
      const [host, path] = [textAt(rule, 'host'), textAt(route, 'path')];
      const rest = [textAt(json, 'spec', 'ingressClassName'), textAt(route, 'pathType')];
      return {
        place: `/spec/rules/${String(row)}/http/paths/${String(column)}`,
        shown: `${host}${path}`,
        key: [host, path, ...rest].join(' '),
      };
    }),
  );

export const hostShared = check({
  id: 'host-shared',
  rule: 'A host with a path leads to one place.',
  why: 'Which of two an ingress controller takes is up to it, and changes with the order in which they came.',
  remedy: 'Give one another host or path, or leave it to one of them.',
  *find(world) {
    const found = new Map<string, Item>();
    for (const item of world.ofType('Ingress')) {
      for (const { place, shown, key } of routesOf(item)) {
        const other = found.get(key);
        found.set(key, other ?? item);
        if (other === undefined) continue;
        yield finding(
          item,
          `${place} is ${shown}, which ${other.kind}/${other.name} (${other.where}) has already, and which of both is taken is up to the ingress controller; give one another host or path`,
        );
      }
    }
  },
});
