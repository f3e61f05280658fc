import { isDeepStrictEqual } from 'node:util';
import { isMap } from './merge';
import type { Schema } from './schema';

type Rule<K extends keyof Schema> = (
  rule: NonNullable<Schema[K]>,
  value: unknown,
  schema: Schema,
  walk: Walk,
) => boolean;

/** Lists and maps that were accepted before, by the schema. Sets of values share most of their parts. */
export type Accepted = Map<Schema, Set<object>>;

interface Walk {
  /** Has the definitions. */
  readonly root: Schema;
  readonly accepted: Accepted;
}

/**
 * Whether a value is surely as a schema says. It walks the schema, which for the values of a platform
 * is much less work than to compile it. What it refuses, or cannot judge, is left to Ajv.
 * @param accepted of this schema and its parts only; grows
 */
export function isAccepted(
  schema: Schema,
  value: unknown,
  accepted: Accepted = new Map(),
): boolean {
  try {
    return accepts(schema, value, { root: schema, accepted });
  } catch {
    return false;
  }
}

function accepts(schema: Schema, value: unknown, walk: Walk): boolean {
  if (!isMap(schema)) throw new Error('No rule for schemas in other forms.');
  if (typeof value !== 'object' || value === null) return follows(schema, value, walk);
  const known = walk.accepted.get(schema) ?? new Set();
  if (known.has(value)) return true;
  if (!follows(schema, value, walk)) return false;
  walk.accepted.set(schema, known.add(value));
  return true;
}

function follows(schema: Schema, value: unknown, walk: Walk): boolean {
  return Object.keys(schema).every((keyword) => {
    if (!Object.hasOwn(RULES, keyword)) throw new Error(`No rule for ${keyword}.`);
    const holds = RULES[keyword as keyof Schema] as Rule<keyof Schema>;
    return holds(schema[keyword as keyof Schema] as never, value, schema, walk);
  });
}

/** A keyword that says something of texts, numbers, lists or maps says nothing of all else. */
const ofText =
  <T>(holds: (rule: T, text: string) => boolean) =>
  (rule: T, value: unknown): boolean =>
    typeof value !== 'string' || holds(rule, value);
const ofNumber =
  (holds: (rule: number, number: number) => boolean) =>
  (rule: number, value: unknown): boolean =>
    typeof value !== 'number' || holds(rule, value);

const says = () => true;

const RULES: { readonly [K in keyof Schema]-?: Rule<K> } = {
  $schema: says,
  $comment: says,
  title: says,
  description: says,
  default: says,
  examples: says,
  definitions: says,
  immutable: says,
  structural: says,
  // Ajv has no formats here, and says nothing of them either.
  format: says,
  $ref: (ref, value, _, walk) => {
    const target = walk.root.definitions?.[ref.replace('#/definitions/', '')];
    if (target === undefined) throw new Error(`No definition ${ref}.`);
    return accepts(target, value, walk);
  },
  type: (type, value) => isOfType(type, value),
  enum: (members, value) => members.some((member) => isSame(member, value)),
  const: (member, value) => isSame(member, value),
  pattern: ofText((pattern, text) => regexOf(pattern).test(text)),
  // The length of a text is in characters, of which some are two units long.
  minLength: ofText((least, text) => Array.from(text).length >= least),
  maxLength: ofText((most, text) => text.length <= most || Array.from(text).length <= most),
  minimum: ofNumber((least, number) => number >= least),
  maximum: ofNumber((most, number) => number <= most),
  exclusiveMinimum: ofNumber((bound, number) => number > bound),
  exclusiveMaximum: ofNumber((bound, number) => number < bound),
  items: (items, value, _, walk) =>
    !Array.isArray(value) || value.every((item) => accepts(items, item, walk)),
  minItems: (least, value) => !Array.isArray(value) || value.length >= least,
  maxItems: (most, value) => !Array.isArray(value) || value.length <= most,
  properties: (properties, value, _, walk) =>
    !isMap(value) ||
    Object.entries(properties).every(
      ([key, property]) => value[key] === undefined || accepts(property, value[key], walk),
    ),
  required: (keys, value) => !isMap(value) || keys.every((key) => value[key] !== undefined),
  additionalProperties: (rule, value, { properties = {} }, walk) =>
    !isMap(value) ||
    rule === true ||
    Object.entries(value).every(
      ([key, entry]) =>
        Object.hasOwn(properties, key) || (rule !== false && accepts(rule, entry, walk)),
    ),
  propertyNames: (names, value, _, walk) =>
    !isMap(value) || Object.keys(value).every((key) => accepts(names, key, walk)),
  minProperties: (least, value) => !isMap(value) || Object.keys(value).length >= least,
  maxProperties: (most, value) => !isMap(value) || Object.keys(value).length <= most,
  allOf: (all, value, _, walk) => all.every((schema) => accepts(schema, value, walk)),
  anyOf: (any, value, _, walk) => any.some((schema) => accepts(schema, value, walk)),
  not: (schema, value, _, walk) => !accepts(schema, value, walk),
  if: (condition, value, { then = {} }, walk) =>
    !accepts(condition, value, walk) || accepts(then, value, walk),
  then: says,
};

function isOfType(type: NonNullable<Schema['type']>, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isMap(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === type;
    default:
      throw new Error(`No rule for the type ${String(type)}.`);
  }
}

const isSame = (one: unknown, other: unknown) =>
  one === other || (typeof one === 'object' && isDeepStrictEqual(one, other));

const regexes = new Map<string, RegExp>();

function regexOf(pattern: string): RegExp {
  const regex = regexes.get(pattern) ?? new RegExp(pattern, 'u');
  regexes.set(pattern, regex);
  return regex;
}
