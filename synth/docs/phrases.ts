import type { Connection, Model, Peer, System } from '../model/shape';
import { code, plain } from './page';

/* How the pages say what the model tells. */

/** Ports of DNS: every pod asks it, so pages leave it out. */
const DNS = new Set(['53', '53/UDP']);

/** The peers that are worth a line: DNS is not. */
export const peersOf = ({ peers }: System): Peer[] =>
  peers.flatMap((peer) => {
    const ports = peer.ports.filter((port) => !DNS.has(port));
    return ports.length === 0 && peer.ports.length > 0 ? [] : [{ ...peer, ports }];
  });

/** Whether no policy restricts that direction. */
export const isOpen = ({ kind, ports }: Peer): boolean => kind === 'anyone' && ports.length === 0;

/** Who it is: a line, or a word and a name. */
export function peerLines({ kind, name }: Pick<Peer, 'kind' | 'name'>): [string, ...string[]] {
  switch (kind) {
    case 'anyone':
      return ['any address'];
    case 'address':
      return name === '0.0.0.0/0' ? ['any IPv4 address'] : [name];
    case 'namespace':
      return name === '*' ? ['every namespace'] : ['namespace', name];
    case 'tier':
      return ['tier', name];
  }
}

/** The same in one line. */
export const peerName = (peer: Pick<Peer, 'kind' | 'name'>): string => peerLines(peer).join(' ');

/** A port with its protocol where that is not TCP. */
export const portName = (port: number, protocol: string): string =>
  protocol === 'TCP' ? String(port) : `${String(port)}/${protocol}`;

export const isSame = (one: Connection['to'], other: Connection['to']): boolean =>
  one.tier === other.tier && one.name === other.name;

/** A system as another one names it: with its tier where that is another. */
export const systemName = (to: Connection['to'], from: Connection['to']): string =>
  to.tier === from.tier ? code(to.name) : `${code(to.name)} of ${plain(to.tier)}`;

/** What makes its pods and how many, for each set of environments. */
export function runsAs(system: System): { text: string; environments: string[] }[] {
  const { kind, scale, schedule, environments } = system;
  const numbers = scale.map(({ min, max, ...fact }) => ({
    text: `${kind}, ${min === max ? pods(min) : `${String(min)} to ${pods(max)}`}`,
    environments: fact.environments,
  }));
  const times = schedule.map(({ cron, timeZone, suspended, ...fact }) => ({
    text: [`${kind} at ${code(cron)}`, timeZone, suspended ? 'suspended' : undefined]
      .filter((part) => part !== undefined)
      .join(', '),
    environments: fact.environments,
  }));
  const told = [...numbers, ...times];
  const text = kind === 'DaemonSet' ? 'DaemonSet, a pod on each node that fits' : kind;
  return told.length === 0 ? [{ text, environments }] : told;
}

const pods = (count: number) => `${String(count)} pod${count === 1 ? '' : 's'}`;

/** Environments in a cell; empty where they are those that the system is on in. */
export function whereText(environments: readonly string[], usual: readonly string[]): string {
  if (environments.join() === usual.join()) return '';
  return environments.length === 0 ? 'nowhere' : environments.map(plain).join(', ');
}

/** Names of environments; empty where it is all of them. */
export const someOf = (environments: readonly string[], { environments: all }: Model): string =>
  whereText(
    environments,
    all.map(({ name }) => name),
  );
