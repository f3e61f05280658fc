import { isDeepStrictEqual } from 'node:util';
import type { JsonMap } from '../merge';
import { isMap } from '../merge';
import { check, finding } from './check';
import { at, listAt, mapAt } from './json';

export const livenessEqualsReadiness = check({
  id: 'liveness-equals-readiness',
  rule: 'Liveness and readiness of a container ask different questions.',
  why: 'What makes a pod wait for something else then kills it as well: a store that is slow restarts all its clients.',
  remedy: 'Let liveness ask whether the process works, and readiness whether it can serve.',
  alone: true,
  *find(world) {
    for (const { owner, containers } of world.pods) {
      for (const { path, name, json } of containers) {
        const [alive, ready] = [
          handlerOf(json, 'livenessProbe'),
          handlerOf(json, 'readinessProbe'),
        ];
        if (alive === undefined || !isDeepStrictEqual(alive, ready)) continue;
        yield finding(
          owner,
          `${path}/livenessProbe asks what readinessProbe asks, so that container ${name} is killed where it should only wait; let liveness ask whether the process works, and readiness whether it can serve`,
        );
      }
    }
  },
});

const WAYS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

/** What a probe asks, in one spelling. */
function handlerOf(container: JsonMap, probe: string): object | undefined {
  for (const way of WAYS) {
    const handler = at(container, probe, way);
    if (!isMap(handler)) continue;
    return { way, path: '/', scheme: 'HTTP', ...handler, port: portOf(container, handler) };
  }
  return undefined;
}

/** The number of a named port: both spellings are the same port. */
function portOf(container: JsonMap, handler: JsonMap) {
  const port = at(handler, 'port');
  const named = listAt(container, 'ports').find((one) => at(one, 'name') === port);
  return at(mapAt(named), 'containerPort') ?? port;
}
