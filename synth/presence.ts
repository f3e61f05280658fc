import { constant, type Expr } from './expr';
import type { Block, ListItem, MapEntry, Node } from './node';

/** When something is there: always, never, or where a boolean expression holds. */
export type Presence = boolean | Expr;

/** When the node is there: a map or list with entries is left out where all of them are. */
export function presenceOf(node: Node): Presence {
  if (node.kind === 'value') return true;
  const parts: readonly (MapEntry | ListItem)[] = node.kind === 'map' ? node.entries : node.items;
  return parts.length === 0 ? true : anyOf(parts.map(presenceOfPart));
}

export function presenceOfPart(part: MapEntry | ListItem): Presence {
  switch (part.kind) {
    case 'field':
    case 'item':
      return presenceOf(part.node);
    case 'include':
      return true;
    case 'spread':
    case 'omitEmpty':
      return call('notEmpty', part.expr);
    case 'each':
      return call('notEmpty', part.list);
    case 'block':
      return blockPresence(part);
  }
}

function blockPresence(block: Block<MapEntry> | Block<ListItem>): Presence {
  const then = anyOf(block.then.map(presenceOfPart));
  const otherwise = anyOf(block.otherwise.map(presenceOfPart));
  if (then === true && otherwise === true) return true;
  return anyOf([bothOf(block.cond, then), bothOf(call('not', block.cond), otherwise)]);
}

function bothOf(cond: Expr, presence: Presence): Presence {
  if (typeof presence === 'boolean') return presence && cond;
  return call('and', cond, presence);
}

function anyOf(presences: readonly Presence[]): Presence {
  if (presences.includes(true)) return true;
  const open = presences.filter((presence) => presence !== false);
  const different = open.filter(
    (one, index) => open.findIndex((other) => same(one, other)) === index,
  );
  if (different.some((one) => different.some((other) => isNegation(one, other)))) return true;
  if (different.length === 0) return false;
  return different.length === 1 ? (different[0] ?? false) : call('or', ...different);
}

/** Whether one says that the other does not hold: together they always hold. */
const isNegation = (one: Presence, other: Presence) =>
  typeof one === 'object' &&
  one.op === 'call' &&
  one.name === 'not' &&
  one.args[0] !== undefined &&
  same(one.args[0], other);

const same = (one: Presence, other: Presence) => identity(one) === identity(other);

function identity(presence: Presence): string {
  return JSON.stringify(presence, (key, value: unknown) =>
    key === 'owner' || key === 'schema' ? undefined : value,
  );
}

function call(name: 'and' | 'or' | 'not' | 'notEmpty', ...args: Presence[]): Expr {
  return {
    op: 'call',
    name,
    args: args.map((arg) => (typeof arg === 'boolean' ? constant(arg) : arg)),
  };
}
