import type { Expr } from './expr';
import type { Block, ListItem, MapEntry, Node } from './node';

/** When something is there: always, or where a boolean expression holds. */
export type Presence = true | Expr;

/** When the node is there: a map or list with entries is left out where all of them are. */
export function presenceOf(node: Node): Presence {
  if (node.kind === 'value') return true;
  const parts: readonly (MapEntry | ListItem)[] = node.kind === 'map' ? node.entries : node.items;
  return parts.length === 0 || parts.some(isAlways) ? true : anyOf(parts.map(presenceOfPart));
}

/** As presenceOfPart says, for the parts that most maps have one of: it spares them all the rest. */
const isAlways = (part: MapEntry | ListItem): boolean =>
  (part.kind === 'field' || part.kind === 'item') && presenceOf(part.node) === true;

function presenceOfPart(part: MapEntry | ListItem): Presence {
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

function blockPresence({ cond, then, otherwise }: Block<MapEntry> | Block<ListItem>): Presence {
  const holds = bothOf(cond, anyOf(then.map(presenceOfPart)));
  if (otherwise.length === 0) return holds;
  return anyOf([holds, bothOf(call('not', cond), anyOf(otherwise.map(presenceOfPart)))]);
}

const bothOf = (cond: Expr, presence: Presence): Presence =>
  presence === true ? cond : call('and', cond, presence);

/** Of at least one. */
function anyOf(presences: readonly Presence[]): Presence {
  const open = presences.filter((presence) => presence !== true);
  if (open.length < presences.length) return true;
  const different = open.filter(
    (one, index) => open.findIndex((other) => same(one, other)) === index,
  );
  if (different.some((one) => different.some((other) => isNegation(one, other)))) return true;
  return different.length === 1 ? (different[0] as Expr) : call('or', ...different);
}

/** Whether one says that the other does not hold: together they always hold. */
const isNegation = (one: Expr, other: Expr) => identity(one) === identity(call('not', other));

const same = (one: Expr, other: Expr) => identity(one) === identity(other);

function identity(expr: Expr): string {
  // The owner of a value is the whole platform.
  return JSON.stringify(expr, (key, value: unknown) => (key === 'owner' ? undefined : value));
}

const call = (name: 'and' | 'or' | 'not' | 'notEmpty', ...args: Expr[]): Expr => ({
  op: 'call',
  name,
  args,
});
