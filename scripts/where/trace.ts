import { child, type Binding, type Expr, type Ref } from '../../synth/expr';
import { compute, type Scene } from '../../synth/compute';
import { asText, type Json, type ListItem, type MapEntry, type Node } from '../../synth/node';
import { presenceOf } from '../../synth/presence';
import type { Path } from './line';

/** What of a manifest's tree made one field of an object. */
export interface Traced {
  /** Makes the field's content; undefined where the tree itself does. */
  readonly expr: Expr | undefined;
  /** How much of the path leads to that: what is below it stands inside of a value. */
  readonly depth: number;
  /** Decide whether the field is there. */
  readonly conditions: readonly Expr[];
}

/** Follows a path of the evaluated object through the tree it was evaluated from. */
export function trace(node: Node, path: Path, scene: Scene): Traced {
  const tracer = new Tracer(scene);
  const expr = tracer.node(node, path);
  return { expr, depth: path.length - tracer.inside, conditions: tracer.conditions };
}

class Tracer {
  public readonly conditions: Expr[] = [];
  public inside = 0;
  /** Which item of its list each `each` is at. */
  private readonly turns = new Map<Binding, Ref>();

  public constructor(private readonly scene: Scene) {}

  public node(node: Node, path: Path): Expr | undefined {
    if (node.kind === 'value') {
      this.inside = path.length;
      return narrowed(this.bound(node.expr), path);
    }
    const [key, ...rest] = path;
    if (key === undefined) {
      const presence = presenceOf(node);
      if (presence !== true) this.conditions.push(this.bound(presence));
      return undefined;
    }
    const below =
      node.kind === 'map'
        ? this.entry(node.entries, String(key))
        : this.item(node.items, Number(key));
    return typeof below === 'object' ? this.node(below, rest) : undefined;
  }

  private entry(entries: readonly MapEntry[], key: string): Node | undefined {
    for (const entry of entries) {
      const found = this.inEntry(entry, key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private inEntry(entry: MapEntry, key: string): Node | undefined {
    switch (entry.kind) {
      case 'field':
        return entry.key === key ? entry.node : undefined;
      case 'omitEmpty':
        return entry.key === key ? { kind: 'value', expr: entry.expr } : undefined;
      case 'include':
        return this.entry(entry.entries, key);
      case 'spread':
        return Object.hasOwn(this.value(entry.expr) as object, key)
          ? { kind: 'value', expr: narrowed(entry.expr, [key]) }
          : undefined;
      case 'block': {
        const holds = this.value(entry.cond) === true;
        const found = this.entry(holds ? entry.then : entry.otherwise, key);
        if (found !== undefined) this.conditions.push(this.bound(entry.cond));
        return found;
      }
    }
  }

  /** The item, or how many items there are instead of it. */
  private item(items: readonly ListItem[], index: number): Node | number {
    let passed = 0;
    for (const item of items) {
      const found = this.inItem(item, index - passed);
      if (typeof found === 'object') return found;
      passed += found;
    }
    return passed;
  }

  private inItem(item: ListItem, index: number): Node | number {
    switch (item.kind) {
      case 'item':
        return index === 0 ? item.node : 1;
      case 'spread': {
        const { length } = this.value(item.expr) as Json[];
        return index < length ? { kind: 'value', expr: item.expr } : length;
      }
      case 'block': {
        const holds = this.value(item.cond) === true;
        const found = this.item(holds ? item.then : item.otherwise, index);
        if (typeof found === 'object') this.conditions.push(this.bound(item.cond));
        return found;
      }
      case 'each': {
        const list = this.bound(item.list);
        const { length } = compute(list, this.scene) as Json[];
        // each() walks values only, so the list is one.
        if (index >= length || list.op !== 'ref') return length;
        const path = [...list.path, String(index)];
        this.turns.set(item.binding, { ...list, path, schema: list.schema.items ?? {} });
        return item.body;
      }
    }
  }

  private value(expr: Expr): Json {
    return compute(this.bound(expr), this.scene);
  }

  /** The expression with items of lists as values of their tier: `hosts.0.name`. */
  private bound(expr: Expr): Expr {
    switch (expr.op) {
      case 'const':
        return expr;
      case 'ref': {
        const turn = expr.scope.kind === 'item' ? this.turns.get(expr.scope.binding) : undefined;
        return turn ? { ...expr, scope: turn.scope, path: [...turn.path, ...expr.path] } : expr;
      }
      case 'call':
        return { ...expr, args: expr.args.map((arg) => this.bound(arg)) };
      case 'file':
        return { ...expr, text: this.bound(expr.text) };
      case 'image':
        return { ...expr, values: this.bound(expr.values), registry: this.bound(expr.registry) };
    }
  }
}

/** Of a group of values, the one at the path. */
function narrowed(expr: Expr, [key, ...rest]: Path): Expr {
  const below = expr.op === 'ref' && key !== undefined ? child(expr, String(key)) : undefined;
  return below === undefined ? expr : narrowed(below, rest);
}

/** The parts of a text that stand on one of its lines. */
export function partsOfLine(expr: Expr, line: number, scene: Scene): Expr[] {
  let at = 0;
  return flat(expr).filter((part) => {
    const first = at;
    at += asText(compute(part, scene)).split('\n').length - 1;
    return first <= line && line <= at;
  });
}

function flat(expr: Expr): Expr[] {
  if (expr.op === 'file') return flat(expr.text);
  return expr.op === 'call' && expr.name === 'concat' ? expr.args.flatMap(flat) : [expr];
}
