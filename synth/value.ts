import { constant, describe, child, refsOf, typeOf, type Expr } from './expr';
import { issueMark, readText } from './marks';
import type { Structural } from './schema';

declare const valueBrand: unique symbol;
/**
 * A leaf that differs per environment. Opaque: it goes into manifests, texts and operators, and
 * is resolved when a twin is made.
 */
export interface Value<out T> {
  readonly [valueBrand]: T;
}
/** A Value that is a list: spread it with `...`, or turn each item into something with `each`. */
export interface ListValue<out T> extends Value<readonly T[]> {
  [Symbol.iterator](): Iterator<Each<T>>;
}

declare const eachBrand: unique symbol;
/** Items of a list that are known only when a twin is made. */
export interface Each<out T> {
  readonly [eachBrand]: T;
}
declare const conditionalBrand: unique symbol;
/** Something that is there only under a condition; has no members on purpose. */
export interface Conditional<out T> {
  readonly [conditionalBrand]: T;
}

/** A constant or a Value of its type. */
export type Val<T> = T | Value<T>;

/** What a tier's schema looks like from its manifests. */
export type Values<T> = [T] extends [string | number | boolean]
  ? Value<T>
  : T extends Structural<infer U>
    ? U extends readonly (infer I)[]
      ? ListValue<I>
      : Value<U>
    : T extends readonly (infer U)[]
      ? ListValue<U>
      : string extends keyof T
        ? Value<T>
        : Value<T> & { readonly [K in keyof T]-?: Values<T[K]> };

/** What stands behind an opaque object of this engine. */
export type Opaque =
  | { readonly kind: 'value'; readonly expr: Expr }
  | {
      readonly kind: 'when';
      readonly cond: Expr;
      readonly then: unknown;
      readonly otherwise: unknown;
    }
  | {
      readonly kind: 'each';
      readonly list: Expr;
      readonly variable: string;
      readonly body: (item: unknown) => unknown;
    }
  | { readonly kind: 'omitEmpty'; readonly expr: Expr }
  | {
      readonly kind: 'include';
      readonly name: string;
      readonly content: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'spread'; readonly of: Opaque };

const opaques = new WeakMap<object, Opaque>();

/** What stands behind the object, when the engine made it. */
export function opaqueOf(candidate: unknown): Opaque | undefined {
  return typeof candidate === 'function' ? opaques.get(candidate) : undefined;
}

/** The expression behind a Value or a constant. @throws TypeError for anything else. */
export function exprOf(candidate: unknown): Expr {
  const opaque = opaqueOf(candidate);
  if (opaque?.kind === 'value') return opaque.expr;
  if (typeof candidate === 'string') return readText(candidate);
  if (typeof candidate === 'boolean') return constant(candidate);
  if (typeof candidate === 'number' && Number.isFinite(candidate)) return constant(candidate);
  throw new TypeError(
    `An operator got ${opaque === undefined ? typeof candidate : opaque.kind}; it takes a value, text, number or boolean.`,
  );
}

export function makeValue<T>(expr: Expr): Value<T> {
  return opaque({ kind: 'value', expr }) as Value<T>;
}

/** Keys under which `{...value}` leaves its trace; each use has its own. */
const SPREAD_KEY = '\ue000spread';
let spreads = 0;
export const isSpreadKey = (key: string) => key.startsWith(SPREAD_KEY);

/**
 * A function object, because cdk8s passes functions through resolve and sanitize untouched.
 * Spreading it leaves one marker entry; text conversion leaves a mark; all else throws.
 */
export function opaque(content: Opaque): unknown {
  const target = Object.assign(() => undefined, {}) as unknown as Record<string, unknown>;
  delete target['name'];
  delete target['length'];
  const spread = (): unknown => opaque({ kind: 'spread', of: content });
  const proxy = new Proxy(target, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return (hint: string) => toText(content, hint);
      if (key === Symbol.iterator) return () => [spread()][Symbol.iterator]();
      if (key === 'toJSON')
        return () =>
          refuse(content, 'was given to JSON.stringify', 'build the text with a template literal');
      if (typeof key === 'symbol') return undefined;
      if (isSpreadKey(key)) return spread();
      return content.kind === 'value' ? property(content.expr, key) : undefined;
    },
    has: () => false,
    ownKeys: () => [`${SPREAD_KEY}${String((spreads += 1))}`],
    getOwnPropertyDescriptor: (_, key) =>
      typeof key === 'string' && isSpreadKey(key)
        ? { value: spread(), enumerable: true, configurable: true, writable: true }
        : undefined,
    set: (_, key) =>
      refuse(content, `was assigned property ${String(key)}`, 'declare it in the schema'),
  });
  opaques.set(proxy, content);
  return proxy;
}

function property(expr: Expr, key: string): unknown {
  const below = expr.op === 'ref' ? child(expr, key) : undefined;
  return below && makeValue(below);
}

/** A name for what an opaque object holds, for error messages. */
export function nameOf(content: Opaque): string {
  switch (content.kind) {
    case 'value':
    case 'omitEmpty':
      return `value ${describe(content.expr)}`;
    case 'when':
      return `when(${describe(content.cond)}, …)`;
    case 'each':
      return `each(${describe(content.list)}, …)`;
    case 'include':
      return `fragment ${content.name}`;
    case 'spread':
      return `...${nameOf(content.of)}`;
  }
}

function toText(content: Opaque, hint: string): string {
  if (hint !== 'string') {
    refuse(
      content,
      'was used in arithmetic or a comparison',
      'use plus(), minus(), times(), eq(), gt() or ge(), or `${value}` for text',
    );
  }
  if (content.kind !== 'value' || ['list', 'map'].includes(typeOf(content.expr))) {
    refuse(
      content,
      'was put into a text',
      'only texts, numbers and booleans can be part of a text',
    );
  }
  return issueMark(content.expr);
}

function refuse(content: Opaque, deed: string, remedy: string): never {
  throw new TypeError(
    `The ${nameOf(content)} ${deed}, but it is known only when a twin is made; ${remedy}.`,
  );
}

/** Whether an expression reads a value of this owner. */
export function belongsTo(expr: Expr, owner: object): boolean {
  return refsOf(expr).some((ref) => ref.scope.kind !== 'item' && ref.scope.owner === owner);
}
