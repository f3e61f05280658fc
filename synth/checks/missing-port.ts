import type { Json } from '../node';
import { show } from '../problems';
import { check, finding, type Finding } from './check';
import { at, listAt, mapAt, textAt } from './json';
import type { Container, Pod } from './pod';
import { ingressBackends, routeBackends } from './reference-list';
import { isEmptySelector } from './selector';
import { selectorOf, type Item, type World } from './world';

export const missingPort = check({
  id: 'missing-port',
  rule: 'A port that a Service, a probe, a route or a network policy names is one that the pods or the Service have.',
  why: 'A Service without it has no endpoints for the port, a probe without it never passes, and a route answers with 503.',
  remedy: 'Correct the name or number, or declare the port at the container or Service.',
  *find(world) {
    for (const service of world.ofType('Service')) yield* inService(world, service);
    for (const pod of world.pods) for (const one of pod.containers) yield* inProbes(pod, one);
    for (const ingress of world.ofType('Ingress')) yield* inIngress(world, ingress);
    for (const route of world.ofType('HTTPRoute')) yield* inRoute(world, route);
    for (const policy of world.ofType('NetworkPolicy')) yield* inPolicy(world, policy);
  },
});

function* inService(world: World, service: Item): Generator<Finding> {
  // What such a Service leads to is made by hand.
  if (isEmptySelector(selectorOf(service))) return;
  const pods = world.podsBehind(service);
  // That is told by selector-matches-nothing.
  if (pods.length === 0) return;
  for (const [index, port] of listAt(service.json, 'spec', 'ports').entries()) {
    const target = at(port, 'targetPort');
    const wanted = target ?? at(port, 'port');
    if (wanted === undefined || pods.some((pod) => hasPort(pod, wanted, protocolOf(port))))
      continue;
    const path = `/spec/ports/${String(index)}/${target === undefined ? 'port' : 'targetPort'}`;
    yield finding(
      service,
      `${path} is ${show(wanted)}, but no container of the pods that it selects has that port for ${protocolOf(port)}; correct it, or add the port to the container's ports`,
    );
  }
}

const protocolOf = (port: Json | undefined) => textAt(port, 'protocol') || 'TCP';

const hasPort = ({ containers }: Pod, wanted: Json, protocol: string) =>
  containers.some(({ json }) =>
    listAt(json, 'ports').some(
      (port) =>
        at(port, typeof wanted === 'string' ? 'name' : 'containerPort') === wanted &&
        protocolOf(port) === protocol,
    ),
  );

/** Where a container is asked over the network. */
const HANDLERS = [
  ['startupProbe'],
  ['livenessProbe'],
  ['readinessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

function* inProbes({ owner }: Pod, { path, name, json }: Container): Generator<Finding> {
  const names = listAt(json, 'ports').map((port) => at(port, 'name'));
  for (const handler of HANDLERS) {
    const asked = at(json, ...handler);
    if (asked === undefined) continue;
    for (const way of ['httpGet', 'tcpSocket']) {
      const port = at(asked, way, 'port');
      // The kubelet needs no declaration of a number.
      if (typeof port !== 'string' || names.includes(port)) continue;
      yield finding(
        owner,
        `${path}/${handler.join('/')}/${way}/port is ${show(port)}, but container ${name} has no port of that name; correct it, or add the name to the container's ports`,
      );
    }
  }
}

function* inIngress(world: World, ingress: Item): Generator<Finding> {
  const service = mapAt(ingress.json, 'spec', 'defaultBackend', 'service');
  const backends = [{ path: '/spec/defaultBackend/service', service }, ...ingressBackends(ingress)];
  for (const backend of backends) {
    for (const key of ['name', 'number']) {
      const port = at(backend.service, 'port', key);
      const name = textAt(backend.service, 'name');
      yield* inBackend(world, ingress, { name, port, path: `${backend.path}/port/${key}` });
    }
  }
}

function* inRoute(world: World, route: Item): Generator<Finding> {
  for (const { path, backend } of routeBackends(route)) {
    if (textAt(backend, 'namespace') !== '') continue;
    const [name, port] = [textAt(backend, 'name'), at(backend, 'port')];
    yield* inBackend(world, route, { name, port, path: `${path}/port` });
  }
}

interface Backend {
  readonly name: string;
  readonly port: Json | undefined;
  readonly path: string;
}

function* inBackend(world: World, from: Item, { name, port, path }: Backend): Generator<Finding> {
  const service = world.find('Service', from.namespace, name);
  // That is told by missing-reference.
  if (service === undefined || port === undefined) return;
  const key = typeof port === 'string' ? 'name' : 'port';
  if (listAt(service.json, 'spec', 'ports').some((one) => at(one, key) === port)) return;
  yield finding(
    from,
    `${path} is ${show(port)}, but the Service ${name} has no port of that ${key === 'name' ? 'name' : 'number'}; correct it, or add the port to the Service`,
  );
}

/** Names in the ingress rules are those of the pods that the policy is about. */
function* inPolicy(world: World, policy: Item): Generator<Finding> {
  const pods = world.podsMatching(policy.namespace, mapAt(policy.json, 'spec', 'podSelector'));
  if (pods.length === 0) return;
  for (const [row, rule] of listAt(policy.json, 'spec', 'ingress').entries()) {
    for (const [column, entry] of listAt(rule, 'ports').entries()) {
      const port = at(entry, 'port');
      if (typeof port !== 'string') continue;
      if (pods.some((pod) => hasPort(pod, port, protocolOf(entry)))) continue;
      yield finding(
        policy,
        `/spec/ingress/${String(row)}/ports/${String(column)}/port is ${show(port)}, but no container of the pods that it selects has that port for ${protocolOf(entry)}; correct it, or add the name to the container's ports`,
      );
    }
  }
}
