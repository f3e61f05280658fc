import { constant, describe, child, refsOf, typeOf, type Expr } from './expr';
import { isSpreadKey, issueMark, issueSpreadKey, readText } from './marks';
import { complain, placeOf } from './misuse';
import { ProblemsError } from './problems';
import { isGroup, type Structural } from './schema';

declare const valueBrand: unique symbol;
/**
 * A leaf that differs per environment. Opaque: it goes into manifests, texts and operators, and
 * is resolved when a twin is made.
 */
export interface Value<out T> {
  readonly [valueBrand]: T;
}
/*
 * Lists and maps are Values by shape only: lint rules know by the name which Values can be part of
 * a text.
 */
/** A Value that is a list: spread it with `...`, or turn each item into something with `each`. */
export interface ListValue<out T> {
  readonly [valueBrand]: readonly T[];
  [Symbol.iterator](): Iterator<Each<T>>;
}
/** A Value that is a map or a group of values: stands whole, or is spread with `...`. */
export interface MapValue<out T> {
  readonly [valueBrand]: T;
}

declare const eachBrand: unique symbol;
/** Items of a list that are known only when a twin is made. */
export interface Each<out T> {
  readonly [eachBrand]: T;
}
declare const conditionalBrand: unique symbol;
/** The key under which the compiler finds what `...when(…)` brings into an object. */
export declare const spreadBrand: unique symbol;
/** Something that is there only under a condition; has no members on purpose. */
export interface Conditional<out T> {
  readonly [conditionalBrand]: T;
  readonly [spreadBrand]: NoInfer<T>;
}

/** A constant or a Value of its type. */
export type Val<T> = T | Value<T>;

/** What a tier's schema looks like from its manifests. */
export type Values<T> = [T] extends [string | number | boolean]
  ? Value<T>
  : T extends Structural<infer U>
    ? U extends readonly (infer I)[]
      ? ListValue<I>
      : MapValue<U>
    : T extends readonly (infer U)[]
      ? ListValue<U>
      : string extends keyof T
        ? MapValue<T>
        : MapValue<T> & { readonly [K in keyof T]-?: Values<T[K]> };

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

/**
 * The expression behind a Value or a constant.
 * @param taker what takes it, for the message.
 * @throws TypeError for anything else.
 */
export function exprOf(candidate: unknown, taker: string): Expr {
  const opaque = opaqueOf(candidate);
  if (opaque?.kind === 'value') return opaque.expr;
  if (typeof candidate === 'string') return textOf(candidate, taker);
  if (typeof candidate === 'boolean') return constant(candidate);
  if (typeof candidate === 'number' && Number.isFinite(candidate)) return constant(candidate);
  const got = opaque === undefined ? kindOf(candidate) : nameOf(opaque);
  throw new TypeError(`${taker} got ${got}; it takes a value, text, a number or a boolean.`);
}

/** A value's path, or the constant itself: the same for the same value. */
export const describeValue = (value: Val<string>): string =>
  describe(exprOf(value, 'describeValue()'));

function textOf(text: string, taker: string): Expr {
  try {
    return readText(text);
  } catch (error) {
    throw new TypeError(`${taker} got a text that ${(error as Error).message}.`, { cause: error });
  }
}

/** What something is that is neither a Value nor a constant. */
function kindOf(candidate: unknown): string {
  if (Array.isArray(candidate)) return 'a list of constants';
  if (typeof candidate === 'function') return 'a function';
  return typeof candidate === 'object' && candidate !== null ? 'an object' : String(candidate);
}

export function makeValue<T>(expr: Expr): Value<T> {
  return opaque({ kind: 'value', expr }) as Value<T>;
}

/** Names that libraries ask any function for, to see what it is. */
const PROBED = [
  'asymmetricMatch',
  'constructor',
  'nodeType',
  'prototype',
  'resolve',
  'then',
  'value',
];

/**
 * A function object, because cdk8s passes functions through resolve and sanitize untouched.
 * Spreading it leaves one marker entry; text conversion leaves a mark; all else is a complaint.
 */
export function opaque(content: Opaque): unknown {
  const proxy = new Proxy(() => undefined, new OpaqueHandler(content));
  opaques.set(proxy, content);
  return proxy;
}

class OpaqueHandler implements ProxyHandler<() => undefined> {
  /** The same each time: V8 keeps a shape of object for each key that it meets. */
  private spreadKey: string | undefined;

  public constructor(private readonly content: Opaque) {}

  public get(_: unknown, key: string | symbol): unknown {
    const { content } = this;
    if (key === Symbol.toPrimitive) return (hint: string) => toText(content, hint);
    if (key === Symbol.iterator) return () => [this.spread()][Symbol.iterator]();
    if (key === 'toJSON') {
      return () => {
        toJson(content);
      };
    }
    if (typeof key === 'symbol') return undefined;
    if (isSpreadKey(key)) return this.spread();
    return member(content, key);
  }

  public has(): boolean {
    return false;
  }

  public ownKeys(): string[] {
    this.spreadKey ??= issueSpreadKey(nameOf(this.content));
    return [this.spreadKey];
  }

  public getOwnPropertyDescriptor(_: unknown, key: string | symbol) {
    return typeof key === 'string' && isSpreadKey(key)
      ? { value: this.spread(), enumerable: true, configurable: true, writable: true }
      : undefined;
  }

  public set(_: unknown, key: string | symbol): boolean {
    const deed = `was assigned the property ${String(key)}`;
    refuse(this.content, deed, 'declare it in the schema');
    return true;
  }

  public apply(): undefined {
    refuse(this.content, 'was called as a function', 'use an operator of this engine');
  }

  private spread(): unknown {
    return opaque({ kind: 'spread', of: this.content });
  }
}

function member(content: Opaque, key: string): unknown {
  const expr = content.kind === 'value' ? content.expr : undefined;
  const below = expr?.op === 'ref' ? child(expr, key) : undefined;
  if (below !== undefined) return makeValue(below);
  if (PROBED.includes(key) || !/^[A-Za-z]\w*$/.test(key)) return undefined;
  const keys =
    expr?.op === 'ref' && isGroup(expr.schema) ? Object.keys(expr.schema.properties) : [];
  const remedy =
    keys.length > 0
      ? `declare it in the schema or correct its name (known: ${keys.join(', ')})`
      : 'use an operator of this engine, each() for a list, or `${value}` for text';
  const message = `The ${nameOf(content)} has no member ${key}; ${remedy}.`;
  const owner = ownerOf(content);
  // What comes of a missing member is an error of its own: nothing is gained by going on.
  throw new ProblemsError([{ where: owner ? placeOf(owner)() : 'platform', message }]);
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
      return `spread of ${nameOf(content.of)}`;
  }
}

/** What arithmetic gets is no number, so that no comparison with it holds. */
function toText(content: Opaque, hint: string): string | number {
  if (hint !== 'string') {
    refuse(
      content,
      'was used in arithmetic or a comparison',
      'use plus(), minus(), times(), eq(), gt() or ge(), or `${value}` for text',
    );
    return NaN;
  }
  const owner = ownerOf(content);
  if (content.kind === 'value' && !['list', 'map'].includes(typeOf(content.expr))) {
    return issueMark(content.expr, owner && placeOf(owner));
  }
  refuse(content, 'was put into a text', 'only texts, numbers and booleans can be part of a text');
  return '';
}

function toJson(content: Opaque): void {
  refuse(content, 'was given to JSON.stringify', 'build the text with a template literal');
}

function refuse(content: Opaque, deed: string, remedy: string): void {
  const message = `The ${nameOf(content)} ${deed}, but it is known only when a twin is made; ${remedy}.`;
  complain(ownerOf(content), message);
}

/** The platform whose values the object reads. */
function ownerOf(content: Opaque): object | undefined {
  switch (content.kind) {
    case 'value':
    case 'omitEmpty':
      return ownerOfExpr(content.expr);
    case 'when':
      return ownerOfExpr(content.cond);
    case 'each':
      return ownerOfExpr(content.list);
    case 'include':
      return undefined;
    case 'spread':
      return ownerOf(content.of);
  }
}

/** The platform that an expression reads values of. */
export function ownerOfExpr(expr: Expr): object | undefined {
  const scopes = refsOf(expr).map((ref) => ref.scope);
  return scopes.find((scope) => scope.kind !== 'item')?.owner;
}

/** Whether an expression reads a value of this owner. */
export function belongsTo(expr: Expr, owner: object): boolean {
  return refsOf(expr).some((ref) => ref.scope.kind !== 'item' && ref.scope.owner === owner);
}
