import { at, listAt, mapAt, textAt } from '../checks/json';
import { directionsIn } from '../checks/network';
import type { Pod } from '../checks/pod';
import { isEmptySelector, selects } from '../checks/selector';
import type { World } from '../checks/world';
import type { JsonMap } from '../merge';
import type { Json } from '../node';
import { containerPorts, protocolOf } from './ports';

/** A rule of a network policy, as one of the pods has it that the policy selects. */
export interface Rule {
  /** Undefined: whoever it is. */
  readonly peers: readonly Json[] | undefined;
  /** Undefined: every port. */
  readonly ports: readonly Json[] | undefined;
}

/** What policies say of a pod; undefined where none restricts that direction. */
export interface Policed {
  readonly Ingress?: readonly Rule[];
  readonly Egress?: readonly Rule[];
}

export interface PodPort {
  readonly port: number;
  readonly protocol: string;
}

const OPEN: Policed = {};

/** Whom the network policies of an environment let through. */
export class Policies {
  private readonly byPod: ReadonlyMap<Pod, Policed>;
  private readonly namespaces: ReadonlyMap<string, JsonMap>;

  public constructor(private readonly world: World) {
    this.namespaces = namespacesOf(world);
    this.byPod = policedPods(world);
  }

  public of(pod: Pod): Policed {
    return this.byPod.get(pod) ?? OPEN;
  }

  /** Namespaces of the platform that a peer means; seen from a namespace. */
  public namespacesOf(peer: Json, from: string): string[] {
    const selector = at(peer, 'namespaceSelector');
    if (selector === undefined) return [from];
    return [...this.namespaces]
      .filter(([, labels]) => selects(mapAt(peer, 'namespaceSelector'), labels))
      .map(([name]) => name);
  }

  /** Pods of the platform that a peer means by their labels; none where it means all of a place. */
  public podsOf(peer: Json, from: string): readonly Pod[] {
    if (!isNamed(peer)) return [];
    const selector = mapAt(peer, 'podSelector');
    return this.namespacesOf(peer, from).flatMap((namespace) =>
      this.world.podsMatching(namespace, selector).filter(({ owner }) => !owner.chartOnly),
    );
  }

  /** Whether the rules let a pod through at a port of the one that listens. */
  public permits(
    rules: readonly Rule[] | undefined,
    from: string,
    other: Pod,
    { listener, port }: { readonly listener: Pod; readonly port: PodPort },
  ): boolean {
    if (rules === undefined) return true;
    return rules.some(
      (rule) =>
        portsFor(rule, listener).some((one) => isSame(one, port)) &&
        (rule.peers === undefined || rule.peers.some((peer) => this.isMeant(peer, from, other))),
    );
  }

  private isMeant(peer: Json, from: string, { owner, labels }: Pod): boolean {
    return (
      at(peer, 'ipBlock') === undefined &&
      this.namespacesOf(peer, from).includes(owner.namespace) &&
      selects(mapAt(peer, 'podSelector'), labels)
    );
  }
}

/** Whether a peer names pods by labels, and not all of a namespace or an address block. */
export const isNamed = (peer: Json): boolean => !isEmptySelector(mapAt(peer, 'podSelector'));

const isSame = (one: PodPort, other: PodPort) =>
  one.port === other.port && one.protocol === other.protocol;

/** The ports of a pod that a rule is about. */
export function portsFor({ ports }: Rule, listener: Pod): readonly PodPort[] {
  const declared = containerPorts(listener);
  if (ports === undefined) return declared;
  return ports.flatMap((json) => {
    const [port, protocol] = [at(json, 'port'), protocolOf(json)];
    const fitting = declared.filter((one) => one.protocol === protocol);
    if (port === undefined) return fitting;
    if (typeof port === 'string') return fitting.filter(({ name }) => name === port);
    const last = Number(at(json, 'endPort') ?? port);
    const inside = fitting.filter((one) => one.port >= Number(port) && one.port <= last);
    // A container need not declare what it listens on.
    return inside.length === 0 && last === port ? [{ port, protocol }] : inside;
  });
}

function policedPods(world: World): ReadonlyMap<Pod, Policed> {
  const found = new Map<Pod, { Ingress?: Rule[]; Egress?: Rule[] }>();
  for (const policy of world.ofType('NetworkPolicy').filter(({ chartOnly }) => !chartOnly)) {
    const { json, namespace } = policy;
    for (const pod of world.podsMatching(namespace, mapAt(json, 'spec', 'podSelector'))) {
      // Policies do not hold for the network of a node.
      if (at(pod.spec, 'hostNetwork') === true) continue;
      const policed = found.get(pod) ?? {};
      found.set(pod, policed);
      for (const direction of directionsIn(policy)) {
        if (direction === 'Ingress')
          (policed.Ingress ??= []).push(...rules(json, 'ingress', 'from'));
        if (direction === 'Egress') (policed.Egress ??= []).push(...rules(json, 'egress', 'to'));
      }
    }
  }
  return found;
}

/** An empty list of peers or ports means all, as a missing one does. */
const rules = (json: Json, direction: string, peers: string): Rule[] =>
  listAt(json, 'spec', direction).map((rule) => ({
    peers: listAt(rule, peers).length === 0 ? undefined : listAt(rule, peers),
    ports: listAt(rule, 'ports').length === 0 ? undefined : listAt(rule, 'ports'),
  }));

/** The namespaces of the platform, with the labels that they have. */
function namespacesOf(world: World): ReadonlyMap<string, JsonMap> {
  const names = new Set(world.items.map(({ namespace }) => namespace).filter((one) => one !== ''));
  const own = new Map(world.ofType('Namespace').map(({ name, json }) => [name, json]));
  return new Map(
    [...names].map((name) => [
      name,
      // Kubernetes labels each namespace with its name.
      { ...mapAt(own.get(name), 'metadata', 'labels'), 'kubernetes.io/metadata.name': name },
    ]),
  );
}

/** The name of the only namespace that a selector can mean, where it says so. */
export function nameIn(selector: JsonMap): string {
  return textAt(selector, 'matchLabels', 'kubernetes.io/metadata.name');
}
