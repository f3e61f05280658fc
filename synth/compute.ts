import { hash } from 'node:crypto';
import type { Binding, Call, Expr, Ref } from './expr';
import { asText, isEmpty, type Block, type Json } from './node';

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

/** Computes an expression. */
export function compute(expr: Expr, scene: Scene): Json {
  return new Computation(scene).expr(expr);
}

/** Expressions with the values of a scene, and with the items of lists that are walked. */
export class Computation {
  /** How many expressions were computed so far, but for constants. */
  protected computed = 0;
  /** Most scenes walk no list. */
  private items: Map<Binding, Json> | undefined;

  public constructor(private readonly scene: Scene) {}

  public expr(expr: Expr): Json {
    if (expr.op === 'const') return expr.value;
    this.computed += 1;
    switch (expr.op) {
      case 'ref':
        return this.valueOf(expr);
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

  /** The parts that are there. */
  public branch<T>(block: Block<T>): readonly T[] {
    return this.expr(block.cond) === true ? block.then : block.otherwise;
  }

  /** Each item of a list, which expressions can then read. */
  public *turns(list: Expr, binding: Binding): Generator<Json> {
    const items = (this.items ??= new Map<Binding, Json>());
    for (const turn of this.expr(list) as Json[]) {
      items.set(binding, turn);
      yield turn;
    }
  }

  protected valueOf(ref: Ref): Json {
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
        return this.items?.get(ref.scope.binding) as Json;
    }
  }
}

/** A text, list or map that Helm's `if` and `with` take for nothing. */
export const isNothing = (json: Json) => (typeof json === 'object' ? isEmpty(json) : json === '');

/** registry/repository:tag, and @digest where there is one. */
function reference(image: Record<string, string>, registry: string): string {
  const name = `${registry || String(image['registry'])}/${String(image['repository'])}:${String(image['tag'])}`;
  return image['digest'] === '' ? name : `${name}@${String(image['digest'])}`;
}

const sha256 = (text: Json | undefined) => hash('sha256', asText(text));

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
