import { createHash } from 'node:crypto';
import { type Binding, type Call, type Expr, type Ref } from './expr';
import type { JsonMap } from './merge';
import {
  asText,
  isEmpty,
  type Block,
  type Json,
  type ListItem,
  type ListNode,
  type MapEntry,
  type MapNode,
  type Node,
} from './node';

/** What Helm calls the built-in objects, as far as both twins know them. */
export interface Builtins {
  readonly Release: { readonly Name: string; readonly Namespace: string; readonly Service: string };
  readonly Chart: { readonly Name: string; readonly Version: string; readonly AppVersion: string };
}

/** The values of one tier in one environment. */
export interface Scene {
  readonly values: Json;
  readonly global: Json;
  readonly builtins: Builtins;
}

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
  const evaluator = new Evaluator(scene);
  const before = made.get(node);
  if (before !== undefined && evaluator.areStill(before)) return before.json;
  const json = evaluator.node(node);
  // Copies have no room for more.
  made.set(node, { json, refs: evaluator.refs.slice(), values: evaluator.values.slice() });
  return json;
}

/** Computes an expression. */
export function compute(expr: Expr, scene: Scene): Json {
  return new Evaluator(scene).expr(expr);
}

/** Maps and lists without values in them, which are the same in every scene. */
const constants = new WeakMap<Node, Json>();

class Evaluator {
  /** What was read so far, but for items, which are parts of lists that were. */
  public readonly refs: Ref[] = [];
  public readonly values: Json[] = [];
  private readonly items = new Map<Binding, Json>();
  /** How many expressions were computed so far. */
  private computed = 0;

  public constructor(private readonly scene: Scene) {}

  /** Whether all values are what they were when they were read. */
  public areStill({ refs, values }: Made): boolean {
    return refs.every((ref, index) => this.isStill(ref, values[index]));
  }

  private isStill(ref: Ref, value: Json | undefined): boolean {
    const now = this.valueOf(ref);
    // Text tells the order of keys, which is that of the output.
    return (
      now === value || (typeof now === 'object' && JSON.stringify(now) === JSON.stringify(value))
    );
  }

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
        for (const turn of this.expr(item.list) as Json[]) {
          this.items.set(item.binding, turn);
          to.push(this.node(item.body) as Json);
        }
    }
  }

  private branch<T>(block: Block<T>): readonly T[] {
    return this.expr(block.cond) === true ? block.then : block.otherwise;
  }

  public expr(expr: Expr): Json {
    if (expr.op === 'const') return expr.value;
    this.computed += 1;
    switch (expr.op) {
      case 'ref':
        return this.ref(expr);
      case 'file':
        return this.expr(expr.text);
      case 'image':
        return reference(
          this.expr(expr.values) as Record<string, string>,
          asText(this.expr(expr.registry)),
        );
      case 'call':
        return expr.name === 'concat'
          ? this.concat(expr)
          : OPERATORS[expr.name](expr.args.map((arg) => this.expr(arg)));
    }
  }

  /** Most calls, and most texts with values in them: without lists in between. */
  private concat({ args }: Call): string {
    let text = '';
    for (const arg of args) text += asText(this.expr(arg));
    return text;
  }

  private ref(ref: Ref): Json {
    const value = this.valueOf(ref);
    if (ref.scope.kind !== 'item') {
      this.refs.push(ref);
      this.values.push(value);
    }
    return value;
  }

  private valueOf(ref: Ref): Json {
    // The schema requires every value, so none is missing here.
    let json = this.root(ref);
    for (const key of ref.path) json = (json as Record<string, Json>)[key] as Json;
    return json;
  }

  private root(ref: Ref): Json {
    switch (ref.scope.kind) {
      case 'tier':
        return this.scene.values;
      case 'global':
        return this.scene.global;
      case 'builtin':
        return this.scene.builtins as unknown as Json;
      case 'item':
        return this.items.get(ref.scope.binding) as Json;
    }
  }
}

/** A text, list or map that Helm's `if` and `with` take for nothing. */
const isNothing = (json: Json) => (typeof json === 'object' ? isEmpty(json) : json === '');

/** registry/repository:tag, and @digest where there is one. */
function reference(image: Record<string, string>, registry: string): string {
  const name = `${registry || String(image['registry'])}/${String(image['repository'])}:${String(image['tag'])}`;
  return image['digest'] === '' ? name : `${name}@${String(image['digest'])}`;
}

const sha256 = (text: Json | undefined) =>
  createHash('sha256').update(asText(text), 'utf8').digest('hex');

const numbers = (args: Json[]) => args.map(Number) as [number, number];

const OPERATORS: Record<Exclude<Call['name'], 'concat'>, (args: Json[]) => Json> = {
  and: (args) => args.every((arg) => arg === true),
  or: (args) => args.some((arg) => arg === true),
  not: ([arg]) => arg !== true,
  notEmpty: ([arg]) => !isNothing(arg as Json),
  eq: ([left, right]) => left === right,
  gt: (args) => numbers(args)[0] > numbers(args)[1],
  ge: (args) => numbers(args)[0] >= numbers(args)[1],
  plus: (args) => numbers(args)[0] + numbers(args)[1],
  minus: (args) => numbers(args)[0] - numbers(args)[1],
  // `+ 0` turns -0 into 0: integers have no negative zero.
  times: (args) => numbers(args)[0] * numbers(args)[1] + 0,
  min: (args) => Math.min(...numbers(args)),
  max: (args) => Math.max(...numbers(args)),
  ternary: ([condition, then, otherwise]) => (condition === true ? then : otherwise) as Json,
  default: ([fallback, text]) => (text === '' ? fallback : text) as Json,
  sha256: ([text]) => sha256(text),
  shortHash: ([text]) => sha256(text).slice(0, 10),
  b64: ([text]) => Buffer.from(asText(text), 'utf8').toString('base64'),
};
