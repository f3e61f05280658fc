import type { JsonMap } from '../merge';
import { asText } from '../node';
import { check, finding, type Finding } from './check';
import { at, listAt, mapAt, textAt } from './json';
import type { Pod } from './pod';
import { portsOf, servicePorts, specOf, stays, withProtocol, type PortItem } from './port-uses';
import type { Item } from './world';

export const portClash = check({
  id: 'port-clash',
  rule: 'No two want a port that only one can have: containers of a pod, host ports and node ports of a node, Services of an external address.',
  why: 'The second one does not start, stays pending, or is refused.',
  remedy: 'Give one of both another port; or another node by nodeSelector, or another address.',
  *find(world) {
    const { pods } = world;
    const services = world.ofType('Service');
    for (const pod of pods) yield* clashesInPod(pod);
    for (const service of services) yield* clashesInService(service);
    const hostPorts = pods.flatMap(hostPortsOf);
    yield* clashes([...hostPorts, ...services.flatMap(nodePortsOf)], nodeClash);
    yield* clashes(services.flatMap(addressPortsOf), addressClash);
  },
});

/** The containers of a pod share one network. */
function* clashesInPod(pod: Pod): Generator<Finding> {
  const holders = new Map<string, string>();
  for (const container of pod.containers) {
    const own = new Set<string>();
    for (const { path, json } of portsOf(container)) {
      const port = withProtocol(json['containerPort'] ?? '', json['protocol']);
      const holder = holders.get(port);
      const is = `${path}/containerPort is ${port}, which`;
      if (own.has(port)) {
        // Server-side apply, which finds the items of this list by port and protocol, fails.
        yield finding(pod.owner, `${is} the container has already; declare it once`);
      } else if (holder !== undefined) {
        yield finding(
          pod.owner,
          `${is} container ${holder} of the same pod has too; give one another`,
        );
      }
      own.add(port);
    }
    // An init container that ends leaves its ports to those that come after it.
    if (!stays(pod, container)) continue;
    for (const port of own) holders.set(port, holders.get(port) ?? container.name);
  }
}

function* clashesInService(item: Item): Generator<Finding> {
  const own = new Set<string>();
  for (const { path, json } of servicePorts(item)) {
    const port = withProtocol(json['port'] ?? '', json['protocol']);
    if (own.has(port)) {
      yield finding(
        item,
        `${path}/port is ${port}, which the Service has already; declare it once`,
      );
    }
    own.add(port);
  }
}

/** That an object wants a port all to itself. */
interface Claim {
  readonly item: Item;
  readonly path: string;
  /** What clashes only with its like. */
  readonly port: string;
}

/** Later claims that an earlier one stands against. */
function* clashes<T extends Claim>(
  claims: readonly T[],
  clash: (first: T, second: T) => string | undefined,
): Generator<Finding> {
  const known = new Map<string, T[]>();
  for (const claim of claims) {
    const { item, path, port } = claim;
    const earlier = known.get(port) ?? [];
    const message = earlier.map((other) => clash(other, claim)).find((text) => text !== undefined);
    if (message !== undefined) yield finding(item, `${path} is ${port}, which ${message}`);
    known.set(port, [...earlier, claim]);
  }
}

/** A port of nodes: of those that a pod can come to, or of all. */
interface NodeClaim extends Claim {
  readonly kind: 'hostPort' | 'nodePort';
  readonly address: string;
  readonly selector: JsonMap;
}

function hostPortsOf(pod: Pod): NodeClaim[] {
  const onHost = pod.spec['hostNetwork'] === true;
  const field = onHost ? 'containerPort' : 'hostPort';
  const selector = mapAt(pod.spec, 'nodeSelector');
  const claims = pod.containers
    .filter((container) => stays(pod, container))
    .flatMap(portsOf)
    .flatMap(({ path, json }): NodeClaim[] => {
      const number = json[field];
      if (number === undefined) return [];
      const port = withProtocol(number, json['protocol']);
      const address = textAt(json, 'hostIP');
      const claim = { path: `${path}/${field}`, port, address, selector };
      return [{ item: pod.owner, kind: 'hostPort', ...claim }];
    });
  if (!onHost) return claims;
  // These were compared within the pod.
  return claims.filter(({ port }, at) => claims.findIndex((one) => one.port === port) === at);
}

function nodePortsOf(item: Item): NodeClaim[] {
  const claims = servicePorts(item).map((port) => nodePort(item, port, 'nodePort'));
  return [...claims, nodePort(item, specOf(item), 'healthCheckNodePort')].flat();
}

function nodePort(item: Item, { path, json }: PortItem, field: string): NodeClaim[] {
  const number = json[field];
  if (number === undefined) return [];
  const port = withProtocol(number, json['protocol']);
  const claim = { path: `${path}/${field}`, port, address: '', selector: {} };
  return [{ item, kind: 'nodePort', ...claim }];
}

const ANY_ADDRESS = ['', '0.0.0.0', '::'];

function nodeClash(first: NodeClaim, second: NodeClaim): string | undefined {
  const addresses = [first.address, second.address];
  const meet =
    first.address === second.address || addresses.some((one) => ANY_ADDRESS.includes(one));
  if (!meet || areApart(first.selector, second.selector)) return undefined;
  const isOwn = first.item === second.item;
  const owner = isOwn ? 'the object has already' : `${first.item.where} has`;
  // Those of pods come first, so both are such.
  const canPart = !isOwn && second.kind === 'hostPort';
  const nodes = canPart ? ', or keep them on different nodes with nodeSelector' : '';
  return `${owner} as ${first.kind} of the same nodes; give one another${nodes}`;
}

/** Whether no node has the labels of both. */
const areApart = (one: JsonMap, other: JsonMap) =>
  Object.entries(one).some(([key, value]) => (at(other, key) ?? value) !== value);

/** A port of an address outside the cluster. */
interface AddressClaim extends Claim {
  readonly address: string;
}

/** Annotations of MetalLB, kube-vip and Cilium that ask for addresses. */
const ADDRESS_ANNOTATIONS = [
  'metallb.io/loadBalancerIPs',
  'metallb.universe.tf/loadBalancerIPs',
  'kube-vip.io/loadbalancerIPs',
  'lbipam.cilium.io/ips',
  'io.cilium/lb-ipam-ips',
];

function addressPortsOf(item: Item): AddressClaim[] {
  const addresses = addressesOf(item);
  if (addresses.length === 0) return [];
  return servicePorts(item).flatMap(({ path, json }) => {
    const port = withProtocol(json['port'] ?? '', json['protocol']);
    return addresses.map((address) => ({ item, path: `${path}/port`, port, address }));
  });
}

/** Those that the Service asks for; where it does not, the load balancer finds it a free one. */
function addressesOf({ json }: Item): string[] {
  const balanced = textAt(json, 'spec', 'type') === 'LoadBalancer';
  const external = listAt(json, 'spec', 'externalIPs').map(asText);
  const addresses = [...(balanced ? askedBy(json) : []), ...external];
  return addresses
    .flatMap((text) => text.split(','))
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

function askedBy(json: JsonMap): string[] {
  const annotations = mapAt(json, 'metadata', 'annotations');
  const names = ADDRESS_ANNOTATIONS.map((name) => textAt(annotations, name));
  return [textAt(json, 'spec', 'loadBalancerIP'), ...names];
}

function addressClash(first: AddressClaim, second: AddressClaim): string | undefined {
  // A port that is in one Service twice was told of.
  if (first.address !== second.address || first.item === second.item) return undefined;
  return `${first.item.where} has too on address ${second.address}; give one another port or address`;
}
