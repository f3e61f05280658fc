import { isLine } from './check-environments';
import {
  isSameOwner,
  ownersOf,
  remedyFor,
  tiersOfRange,
  type PortEntry,
  type PortOwner,
  type PortRange,
  type PortRegistry,
} from './ports';
import { show, type Problems } from './problems';

/** What is wrong with a port registry by itself, whatever is deployed. */
export function checkRegistry(registry: PortRegistry, problems: Problems): void {
  const ranges = [...registry.ranges];
  ranges.forEach(([name, range], index) => {
    checkRange(name, range, ranges.slice(0, index), problems);
  });
  registry.entries.forEach((entry, index) => {
    checkTexts(entry, problems);
    if (!isPort(entry.port)) {
      problems.add(whereOf(entry), `${show(entry.port)} is no port; ${WHOLE}.`);
      return;
    }
    checkPlace(entry, registry, problems);
    checkOwner(entry, registry.entries.slice(0, index), registry, problems);
  });
}

const WHOLE = 'use a whole number from 1 to 65535';
const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65535;
const whereOf = ({ name }: PortEntry) => `port ${name}`;
const spanOf = ({ from, to }: PortRange) => `${show(from)} to ${show(to)}`;
const nameOf = ({ owner, tier }: PortOwner) => `${owner} of tier ${tier}`;

function checkRange(
  name: string,
  range: PortRange,
  before: readonly (readonly [string, PortRange])[],
  problems: Problems,
): void {
  const where = `port range ${name}`;
  checkText(where, 'purpose', range.purpose, problems);
  if (!isPort(range.from) || !isPort(range.to) || range.from > range.to) {
    problems.add(where, `${spanOf(range)} is no range of ports; ${WHOLE}, the lower one first.`);
  }
  for (const [other, { from, to, ...rest }] of before) {
    if (range.from > to || range.to < from) continue;
    problems.add(
      where,
      `${spanOf(range)} overlaps range ${other}, ${spanOf({ from, to, ...rest })}; let each number be in one range.`,
    );
  }
}

function checkTexts(entry: PortEntry, problems: Problems): void {
  const where = whereOf(entry);
  checkText(where, 'purpose', entry.purpose, problems);
  for (const { tier, owner } of ownersOf(entry)) {
    checkText(where, 'tier', tier, problems);
    checkText(where, 'owner', owner, problems);
  }
  if (entry.range === undefined) checkText(where, 'source', entry.wellKnown, problems);
  if (entry.sharedBy !== undefined) checkText(where, 'reason', entry.sharedBy.reason, problems);
}

function checkText(where: string, what: string, text: unknown, problems: Problems): void {
  if (isLine(text)) return;
  problems.add(where, `The ${what} is ${show(text)}; it must be one line of text.`);
}

/** A number that we choose lies in a range of its tier. */
function checkPlace(entry: PortEntry, registry: PortRegistry, problems: Problems): void {
  if (entry.range === undefined) return;
  const range = registry.ranges.get(entry.range);
  if (range === undefined) {
    const names = [...registry.ranges.keys()].join(', ');
    problems.add(whereOf(entry), `Range ${entry.range} is not declared; use one of ${names}.`);
    return;
  }
  const tiers = tiersOfRange(entry.range, range);
  if (!tiers.includes(entry.tier)) {
    problems.add(
      whereOf(entry),
      `Range ${entry.range} is for ${tiers.join(', ')}, not for tier ${entry.tier}; use a range of that tier, or name the tier in range ${entry.range}.`,
    );
  }
  if (entry.port >= range.from && entry.port <= range.to) return;
  const remedy = remedyFor(registry, entry.tier, entry.range) ?? FULL;
  problems.add(
    whereOf(entry),
    `${String(entry.port)} lies outside range ${entry.range}, ${spanOf(range)}; ${remedy}.`,
  );
}

const FULL = 'that range is full, so widen it';

/** A number has one owner, or a well-known one says who shares it. */
function checkOwner(
  entry: PortEntry,
  before: readonly PortEntry[],
  registry: PortRegistry,
  problems: Problems,
): void {
  const other = before.find(({ port }) => port === entry.port);
  if (other === undefined) return;
  const number = String(entry.port);
  if (ownersOf(other).some((owner) => isSameOwner(owner, entry))) {
    problems.add(
      whereOf(entry),
      `${number} is registered twice for ${nameOf(entry)}, the other time in port ${other.name}; remove one.`,
    );
    return;
  }
  // The one that we chose is the one that can move.
  const [fixed, moved] =
    entry.range === undefined && other.range !== undefined ? [entry, other] : [other, entry];
  const remedy = remedyFor(registry, moved.tier, moved.range) ?? 'give one another number';
  const shared =
    moved.range === undefined ? `, or name ${moved.owner} in sharedBy of port ${fixed.name}` : '';
  problems.add(
    whereOf(moved),
    `${number} has two owners, ${nameOf(fixed)} in port ${fixed.name} and ${nameOf(moved)}; ${remedy}${shared}.`,
  );
}
