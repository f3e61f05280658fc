import { Computation, isNothing, type Scene } from './compute';
import type { Ref } from './expr';
import type { JsonMap } from './merge';
import {
  isEmpty,
  type Json,
  type ListItem,
  type ListNode,
  type MapEntry,
  type MapNode,
  type Node,
} from './node';

/** What a tree became, and the values that were read for it. */
interface Made {
  readonly json: Json | undefined;
  readonly refs: readonly Ref[];
  /** Of each of them. */
  readonly values: readonly Json[];
}

/** What each tree became the last time. */
const made = new WeakMap<Node, Made>();

/**
 * Makes the plain JSON of a tree; undefined where the node is left out. Where all values that the
 * tree reads are what they were, as in most environments, it is the same JSON: nobody may change it.
 */
export function evaluate(node: Node, scene: Scene): Json | undefined {
  const evaluator = new Recorder(scene);
  const before = made.get(node);
  if (before !== undefined && evaluator.areStill(before)) return before.json;
  const json = evaluator.node(node);
  // Copies have no room for more.
  made.set(node, { json, refs: evaluator.refs.slice(), values: evaluator.values.slice() });
  return json;
}

/** Maps and lists without values in them, which are the same in every scene. */
const constants = new WeakMap<Node, Json>();

/** Makes the JSON of trees. */
export class Evaluator extends Computation {
  public node(node: Node): Json | undefined {
    if (node.kind === 'value') return this.expr(node.expr);
    const known = constants.get(node);
    if (known !== undefined) return known;
    const before = this.computed;
    const json = node.kind === 'map' ? this.map(node) : this.list(node);
    if (json !== undefined && this.computed === before) constants.set(node, json);
    return json;
  }

  private map({ entries }: MapNode): Json | undefined {
    const map: JsonMap = {};
    this.addEntries(entries, map);
    return entries.length > 0 && isEmpty(map) ? undefined : map;
  }

  private list({ items }: ListNode): Json | undefined {
    const list: Json[] = [];
    this.addItems(items, list);
    // A copy has no room for more, and there are a hundred thousand short ones.
    return items.length > 0 && list.length === 0 ? undefined : list.slice();
  }

  private addEntries(entries: readonly MapEntry[], to: JsonMap): void {
    for (const entry of entries) this.addEntry(entry, to);
  }

  private addEntry(entry: MapEntry, to: JsonMap): void {
    switch (entry.kind) {
      case 'field': {
        const value = this.node(entry.node);
        if (value !== undefined) to[entry.key] = value;
        return;
      }
      case 'omitEmpty': {
        const value = this.expr(entry.expr);
        if (!isNothing(value)) to[entry.key] = value;
        return;
      }
      case 'include':
        this.addEntries(entry.entries, to);
        return;
      case 'spread':
        Object.assign(to, this.expr(entry.expr));
        return;
      case 'block':
        this.addEntries(this.branch(entry), to);
    }
  }

  private addItems(items: readonly ListItem[], to: Json[]): void {
    for (const item of items) this.addItem(item, to);
  }

  private addItem(item: ListItem, to: Json[]): void {
    switch (item.kind) {
      // The reader lets no item be absent.
      case 'item':
        to.push(this.node(item.node) as Json);
        return;
      case 'spread':
        for (const one of this.expr(item.expr) as Json[]) to.push(one);
        return;
      case 'block':
        this.addItems(this.branch(item), to);
        return;
      case 'each':
        for (const _ of this.turns(item.list, item.binding)) to.push(this.node(item.body) as Json);
    }
  }
}

/** Knows what was read so far, but for items, which are parts of lists that were. */
class Recorder extends Evaluator {
  public readonly refs: Ref[] = [];
  public readonly values: Json[] = [];

  /** Whether all values are what they were when they were read. */
  public areStill({ refs, values }: Made): boolean {
    return refs.every((ref, index) => this.isStill(ref, values[index]));
  }

  private isStill(ref: Ref, value: Json | undefined): boolean {
    const now = super.valueOf(ref);
    // Text tells the order of keys, which is that of the output.
    return (
      now === value || (typeof now === 'object' && JSON.stringify(now) === JSON.stringify(value))
    );
  }

  protected override valueOf(ref: Ref): Json {
    const value = super.valueOf(ref);
    if (ref.scope.kind !== 'item') {
      this.refs.push(ref);
      this.values.push(value);
    }
    return value;
  }
}
