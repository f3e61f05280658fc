import { constant, type Const, type Expr } from './expr';
import { readText } from './marks';
import {
  IS_SHARED,
  type Field,
  type Include,
  type ListItem,
  type ListNode,
  type MapEntry,
  type MapNode,
  type Node,
  type ValueNode,
} from './node';

/**
 * Makes parts of trees, and one object of those that are equal: labels, probes and security contexts
 * are said again and again, and take less memory and fewer evaluations so.
 */
export class Sharing {
  /** Expressions that nothing is wrong with, wherever in the tier they stand. */
  public readonly sound = new Set<Expr>();
  private readonly exprs = new Map<Const['value'], Expr>();
  private readonly values = new Map<Expr, ValueNode>();
  private readonly fields = new Map<string, Map<Node, Field>>();
  private readonly includes = new Map<string, Map<readonly Field[], Include>>();
  private readonly items = new Map<Node, ListItem>();
  private readonly maps: Step<MapEntry, MapNode> = {};
  private readonly lists: Step<ListItem, ListNode> = {};

  /** @throws Error when a mark in a text was damaged. */
  public expr(value: Const['value']): Expr {
    return known(this.exprs, value, () =>
      typeof value === 'string' ? readText(value) : constant(value),
    );
  }

  public value(expr: Expr): ValueNode {
    return known(this.values, expr, () => ({ kind: 'value', expr }));
  }

  public field(key: string, node: Node): Field {
    const fields = known(this.fields, key, () => new Map<Node, Field>());
    return known(fields, node, () => ({ kind: 'field', key, node }));
  }

  public include(name: string, fields: readonly Field[]): Include {
    const entries = this.map(fields).entries as readonly Field[];
    const includes = known(this.includes, name, () => new Map<readonly Field[], Include>());
    return known(includes, entries, () => ({ kind: 'include', name, entries }));
  }

  public item(node: Node): ListItem {
    return known(this.items, node, () => ({ kind: 'item', node }));
  }

  public map(entries: readonly MapEntry[]): MapNode {
    const end = endOf(entries, this.maps);
    if (end.made !== undefined) return shared(end.made);
    // A list that grew has room for a dozen more, and its copy has not.
    return (end.made = { kind: 'map', entries: entries.slice(), [IS_SHARED]: false });
  }

  public list(items: readonly ListItem[]): ListNode {
    const end = endOf(items, this.lists);
    if (end.made !== undefined) return shared(end.made);
    return (end.made = { kind: 'list', items: items.slice(), [IS_SHARED]: false });
  }
}

function shared<T extends MapNode | ListNode>(node: T): T {
  if (node[IS_SHARED] !== true) node[IS_SHARED] = true;
  return node;
}

/** What was made of the parts up to here, and where each next part leads to. */
interface Step<P, T> {
  made?: T;
  next?: Map<P, Step<P, T>>;
}

function endOf<P, T>(parts: readonly P[], start: Step<P, T>): Step<P, T> {
  let step = start;
  for (const part of parts) step = known((step.next ??= new Map()), part, () => ({}));
  return step;
}

function known<K, V>(all: Map<K, V>, key: K, make: () => V): V {
  const before = all.get(key);
  if (before !== undefined) return before;
  const made = make();
  all.set(key, made);
  return made;
}
