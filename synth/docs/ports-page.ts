import {
  freeIn,
  ownersOf,
  tiersOfRange,
  type PortEntry,
  type PortRange,
  type PortRegistry,
} from '../ports';
import { code, page, table } from './page';

const INTRODUCTION = `\
Every port has one owner. A number that we choose lies in a range of its tier; a well-known one is a
program's own, and the source says where that is written.`;

const COLUMNS = ['port', 'name', 'tier', 'owner', 'purpose', 'source'];

/** All ports by range, and what is free. */
export function portsPage({ ranges, entries }: PortRegistry): string {
  const sorted = [...entries].sort((one, other) => one.port - other.port);
  const byNumber = [...ranges].sort(([, one], [, other]) => one.from - other.from);
  const lies = ({ port }: PortEntry) => byNumber.some(([, range]) => isIn(range, port));
  const others = sorted.filter((entry) => !lies(entry));
  return page('the port registry of the platform', [
    '# Ports',
    INTRODUCTION,
    ...byNumber.flatMap(([name, range]) => aboutRange(name, range, sorted)),
    ...(others.length === 0 ? [] : ['## Outside the ranges', table(COLUMNS, others.map(row))]),
  ]);
}

const isIn = ({ from, to }: PortRange, port: number) => port >= from && port <= to;

function aboutRange(name: string, range: PortRange, entries: readonly PortEntry[]): string[] {
  const own = entries.filter(({ port }) => isIn(range, port));
  const gaps = freeIn(range, own).map(({ from, to }) => span(from, to));
  return [
    `## ${name}, ${span(range.from, range.to)}`,
    `${range.purpose} Tiers: ${tiersOfRange(name, range).join(', ')}.`,
    ...(own.length === 0 ? [] : [table(COLUMNS, own.map(row))]),
    gaps.length === 0 ? 'Nothing is free.' : `Free: ${gaps.join(', ')}.`,
  ];
}

const span = (from: number, to: number) =>
  from === to ? String(from) : `${String(from)} to ${String(to)}`;

function row(entry: PortEntry): string[] {
  const [owner, ...sharers] = ownersOf(entry);
  const { name, port, tier, purpose, sharedBy, wellKnown = 'chosen' } = entry;
  const shared = sharers.map((one) => `${one.owner} (${one.tier})`).join(', ');
  const reason = sharedBy === undefined ? '' : `; shared by ${shared}: ${sharedBy.reason}`;
  return [String(port), code(name), tier, `${owner?.owner ?? ''}${reason}`, purpose, wellKnown];
}
