import { at, mapAt, textAt } from '../checks/json';
import type { Pod } from '../checks/pod';
import { isEmptySelector, shownSelector } from '../checks/selector';
import type { World } from '../checks/world';
import type { Json } from '../node';
import { isNamed, nameIn, Policies, portsFor, type PodPort, type Rule } from './policies';
import { protocolOf } from './ports';
import type { Peer as PeerFact } from './shape';

/** That one pod may talk to another, and that a policy says so by name. */
export interface Flow extends PodPort {
  readonly to: Pod;
}

type Peer = Omit<PeerFact, 'environments'>;

/** Who may talk to whom in an environment, by its network policies. */
export class Traffic {
  private readonly policies: Policies;
  private readonly flows = new Map<Pod, Map<string, Flow>>();
  /** The tiers that have pods in a namespace. */
  private readonly tiers = new Map<string, Set<string>>();

  public constructor(world: World) {
    this.policies = new Policies(world);
    const pods = world.pods.filter(({ owner }) => !owner.chartOnly);
    for (const { owner } of pods) {
      const tiers = this.tiers.get(owner.namespace) ?? new Set();
      this.tiers.set(owner.namespace, tiers.add(owner.tier));
    }
    for (const pod of pods) {
      this.collect(pod, 'Egress');
      this.collect(pod, 'Ingress');
    }
  }

  /** Systems that the pod may talk to. */
  public from(pod: Pod): Flow[] {
    return [...(this.flows.get(pod)?.values() ?? [])];
  }

  /** Whoever else may reach the pod, or be reached. */
  public peersOf(pod: Pod): Peer[] {
    const { Ingress, Egress } = this.policies.of(pod);
    return [...this.peers('in', pod, Ingress), ...this.peers('out', pod, Egress)];
  }

  /** What a rule names must be let through on the other side as well. */
  private collect(pod: Pod, direction: 'Ingress' | 'Egress'): void {
    const { policies } = this;
    const { namespace } = pod.owner;
    const own = policies.of(pod)[direction] ?? [];
    for (const rule of own) {
      for (const other of (rule.peers ?? []).flatMap((peer) => policies.podsOf(peer, namespace))) {
        const [from, to] = direction === 'Egress' ? [pod, other] : [other, pod];
        const back = policies.of(other)[direction === 'Egress' ? 'Ingress' : 'Egress'];
        for (const port of portsFor(rule, to)) {
          const at = { listener: to, port };
          if (policies.permits(back, other.owner.namespace, pod, at)) this.add(from, to, port);
        }
      }
    }
  }

  private add(from: Pod, to: Pod, { port, protocol }: PodPort): void {
    const flows = this.flows.get(from) ?? new Map<string, Flow>();
    this.flows.set(from, flows);
    flows.set(`${to.owner.where} ${String(port)} ${protocol}`, { to, port, protocol });
  }

  private peers(
    direction: Peer['direction'],
    pod: Pod,
    rules: readonly Rule[] | undefined,
  ): Peer[] {
    const found = new Map<
      string,
      { kind: Peer['kind']; name: string; ports: Set<string> | null }
    >();
    for (const { peers, ports } of rules ?? [EVERYTHING]) {
      const parties = peers?.flatMap((peer) => this.partiesOf(peer, pod)) ?? [ANYONE];
      for (const { kind, name } of parties) {
        const key = `${kind} ${name}`;
        const known = found.get(key) ?? { kind, name, ports: new Set() };
        if (ports === undefined) known.ports = null;
        for (const port of ports ?? []) known.ports?.add(portText(port));
        found.set(key, known);
      }
    }
    return [...found.values()].map(({ kind, name, ports }) => ({
      ...{ direction, kind, name },
      ports: [...(ports ?? [])].sort(byNumber),
    }));
  }

  /** Whom a peer means beside pods that are named by labels. */
  private partiesOf(peer: Json, { owner }: Pod): Pick<Peer, 'kind' | 'name'>[] {
    const block = textAt(peer, 'ipBlock', 'cidr');
    if (block !== '') return [{ kind: 'address', name: block }];
    const selector = mapAt(peer, 'namespaceSelector');
    if (at(peer, 'namespaceSelector') !== undefined && isEmptySelector(selector)) {
      return [{ kind: 'namespace', name: withPods('*', peer) }];
    }
    const own = this.policies.namespacesOf(peer, owner.namespace);
    if (own.length === 0) {
      const name = nameIn(selector) || shownSelector(selector);
      return [{ kind: 'namespace', name: withPods(name, peer) }];
    }
    // Pods that are named and not there now: the rule waits for them.
    if (isNamed(peer)) return [];
    const tiers = new Set(own.flatMap((name) => [...(this.tiers.get(name) ?? [])]));
    return [...tiers].map((name) => ({ kind: 'tier', name }));
  }
}

const EVERYTHING: Rule = { peers: undefined, ports: undefined };
const ANYONE = { kind: 'anyone', name: '' } as const;

function withPods(namespace: string, peer: Json): string {
  return isNamed(peer) ? `${namespace}: ${shownSelector(mapAt(peer, 'podSelector'))}` : namespace;
}

/** 53/UDP, 8000-8010, http. */
function portText(json: Json): string {
  const [port, last] = [textAt(json, 'port') || '*', textAt(json, 'endPort')];
  const range = last === '' || last === port ? port : `${port}-${last}`;
  const protocol = protocolOf(json);
  return protocol === 'TCP' ? range : `${range}/${protocol}`;
}

const byNumber = (one: string, other: string) =>
  parseInt(one, 10) - parseInt(other, 10) || (one < other ? -1 : 1);
