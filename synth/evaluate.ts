import { createHash } from 'node:crypto';
import { type Binding, type Call, type Expr, type Ref } from './expr';
import { asText, type Block, type Json, type ListItem, type MapEntry, type Node } from './node';

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

/** Makes the plain JSON of a tree; undefined where the node is left out. */
export function evaluate(node: Node, scene: Scene): Json | undefined {
  return new Evaluator(scene).node(node);
}

/** Computes an expression. */
export function compute(expr: Expr, scene: Scene): Json {
  return new Evaluator(scene).expr(expr);
}

class Evaluator {
  private readonly items = new Map<Binding, Json>();

  public constructor(private readonly scene: Scene) {}

  public node(node: Node): Json | undefined {
    if (node.kind === 'value') return this.expr(node.expr);
    if (node.kind === 'map') {
      const entries = node.entries.flatMap((entry) => this.entry(entry));
      if (entries.length === 0 && node.entries.length > 0) return undefined;
      return Object.fromEntries(entries);
    }
    const items = node.items.flatMap((item) => this.item(item));
    return items.length === 0 && node.items.length > 0 ? undefined : items;
  }

  private entry(entry: MapEntry): [string, Json][] {
    switch (entry.kind) {
      case 'field': {
        const value = this.node(entry.node);
        return value === undefined ? [] : [[entry.key, value]];
      }
      case 'omitEmpty': {
        const value = this.expr(entry.expr);
        return isEmpty(value) ? [] : [[entry.key, value]];
      }
      case 'include':
        return entry.entries.flatMap((field) => this.entry(field));
      case 'spread':
        return Object.entries(this.expr(entry.expr) as Record<string, Json>);
      case 'block':
        return this.branch(entry).flatMap((one) => this.entry(one));
    }
  }

  private item(item: ListItem): Json[] {
    switch (item.kind) {
      // The reader lets no item be absent.
      case 'item':
        return [this.node(item.node) as Json];
      case 'spread':
        return this.expr(item.expr) as Json[];
      case 'block':
        return this.branch(item).flatMap((one) => this.item(one));
      case 'each':
        return (this.expr(item.list) as Json[]).flatMap((turn) => {
          this.items.set(item.binding, turn);
          return [this.node(item.body) as Json];
        });
    }
  }

  private branch<T>(block: Block<T>): readonly T[] {
    return this.expr(block.cond) === true ? block.then : block.otherwise;
  }

  public expr(expr: Expr): Json {
    switch (expr.op) {
      case 'const':
        return expr.value;
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
        return OPERATORS[expr.name](this.args(expr));
    }
  }

  private args(call: Call): Json[] {
    return call.args.map((arg) => this.expr(arg));
  }

  private ref(ref: Ref): Json {
    // The schema requires every value, so none is missing here.
    return ref.path.reduce(
      (json, key) => (json as Record<string, Json>)[key] as Json,
      this.root(ref),
    );
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
function isEmpty(json: Json): boolean {
  return typeof json === 'object' ? Object.keys(json).length === 0 : json === '';
}

/** registry/repository:tag, and @digest where there is one. */
function reference(image: Record<string, string>, registry: string): string {
  const name = `${registry || String(image['registry'])}/${String(image['repository'])}:${String(image['tag'])}`;
  return image['digest'] === '' ? name : `${name}@${String(image['digest'])}`;
}

const sha256 = (text: Json | undefined) =>
  createHash('sha256').update(asText(text), 'utf8').digest('hex');

const numbers = (args: Json[]) => args.map(Number) as [number, number];

const OPERATORS: Record<Call['name'], (args: Json[]) => Json> = {
  and: (args) => args.every((arg) => arg === true),
  or: (args) => args.some((arg) => arg === true),
  not: ([arg]) => arg !== true,
  notEmpty: ([arg]) => !isEmpty(arg as Json),
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
  concat: (args) => args.map(asText).join(''),
  sha256: ([text]) => sha256(text),
  shortHash: ([text]) => sha256(text).slice(0, 10),
  b64: ([text]) => Buffer.from(asText(text), 'utf8').toString('base64'),
};
