import type { Expr } from './expr';
import type { Block, ListItem, MapEntry, Node } from './node';

/** When something is there: always, or where a boolean expression holds. */
export type Presence = true | Expr;

/** When the node is there: a map or list with entries is left out where all of them are. */
export function presenceOf(node: Node): Presence {
  if (node.kind === 'value') return true;
  const parts = node.kind === 'map' ? node.entries : node.items;
  return parts.length === 0 ? true : presenceOfParts(parts);
}

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
  const holds = bothOf(cond, presenceOfParts(then));
  if (otherwise.length === 0) return holds;
  return anyOf([holds, bothOf(call('not', cond), presenceOfParts(otherwise))]);
}

const bothOf = (cond: Expr, presence: Presence): Expr =>
  presence === true ? cond : call('and', cond, presence);

/** Of at least one part; most maps have one early that is always there, which spares them the rest. */
function presenceOfParts(parts: readonly (MapEntry | ListItem)[]): Presence {
  const open: Expr[] = [];
  for (const part of parts) {
    const presence = presenceOfPart(part);
    if (presence === true) return true;
    open.push(presence);
  }
  return anyOf(open);
}

/** Of at least one; where one says that another does not hold, one of them always does. */
function anyOf(presences: readonly Expr[]): Presence {
  const different = new Map(presences.map((one) => [identity(one), one]));
  if (presences.some((one) => different.has(identity(call('not', one))))) return true;
  return different.size === 1 ? (presences[0] as Expr) : call('or', ...different.values());
}

function identity(expr: Expr): string {
  // The owner of a value is the whole platform.
  return JSON.stringify(expr, (key, value: unknown) => (key === 'owner' ? undefined : value));
}

const call = (name: 'and' | 'or' | 'not' | 'notEmpty', ...args: Expr[]): Expr => ({
  op: 'call',
  name,
  args,
});
