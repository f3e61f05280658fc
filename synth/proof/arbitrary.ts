import Ajv from 'ajv';
import * as fc from 'fast-check';
import {
  DEFINITIONS,
  KEY_LENGTH,
  NO_KEYS,
  NO_VALUE,
  SAFE_INTEGER,
  VALUE_TEXT,
  type Schema,
} from '../schema';
import type { Json } from '../node';
import { CANDIDATES, anyText } from './hostile-texts';

/*
 * Random values from the schema that Helm checks: every document made here is one that a user
 * could give.
 */

const carried = new RegExp(VALUE_TEXT, 'u');
const isText = (text: string) =>
  text.isWellFormed() && carried.test(text) && !text.includes(NO_VALUE);

const text = anyText.filter(isText);
const key = text
  .map((one) => (one.length > KEY_LENGTH ? one.slice(0, KEY_LENGTH) : one))
  .filter((one) => one !== '' && one.isWellFormed() && !NO_KEYS.includes(one));

/** Where Go and JavaScript print numbers in other ways, or cannot tell them from the next one. */
const NUMBERS = [
  ...[0, 1, 10, 999_999, 1_000_000, 1_000_001, 16_777_217, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40],
  ...[1e14, 1e15, SAFE_INTEGER - 1, SAFE_INTEGER, 0.1, 0.5, 0.30000000000000004, 1.5, 100_000.5],
  ...[999_999.5, 1_000_000.5, 123_456_789.125, 99_999_999_999_999.5, 1e-4, 1e-5, 1e-6, 1e-7, 1e-21],
  ...[5e-324, 2.2250738585072014e-308],
].flatMap((number) => (number === 0 ? [number] : [number, -number]));

const numbersIn = (minimum: number, maximum: number, isInteger: boolean) =>
  NUMBERS.concat(minimum, maximum).filter(
    (one) => one >= minimum && one <= maximum && (!isInteger || Number.isSafeInteger(one)),
  );

/** Few in nineteen of twenty cases, and many in one. */
const fewOrMany = (made: (most: number) => fc.Arbitrary<Json>, few: number, many: number) =>
  fc.oneof({ weight: 19, arbitrary: made(few) }, { weight: 1, arbitrary: made(many) });

function listOf(item: fc.Arbitrary<Json>, minLength = 0, most = Infinity): fc.Arbitrary<Json> {
  const made = (maxLength: number) => fc.array(item, { minLength, maxLength, size: 'max' });
  const upTo = (length: number) => Math.min(Math.max(length, minLength), most);
  return fewOrMany(made, upTo(3), upTo(40));
}

function dictionaryOf(names: fc.Arbitrary<string>, value: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const made = (maxKeys: number) =>
    fc.dictionary(names, value, { maxKeys, noNullPrototype: true, size: 'max' });
  return fewOrMany(made, 3, 30);
}

const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.maxSafeInteger() },
  { weight: 1, arbitrary: fc.integer({ min: -2000, max: 2000 }) },
  { weight: 1, arbitrary: fc.double({ min: -1e15, max: 1e15, noNaN: true }).map(plainNumber) },
  { weight: 1, arbitrary: fc.boolean() },
);

/** Maps and lists in each other, deeper than any manifest. */
const deep = (innermost: fc.Arbitrary<Json>) =>
  fc
    .tuple(innermost, fc.array(fc.option(key), { minLength: 4, maxLength: 24 }))
    .map(([leaf, path]) =>
      path.reduce<Json>((inner, name) => (name === null ? [inner] : { [name]: inner }), leaf),
    );

const { json, jsonMap } = fc.letrec<{ json: Json; jsonMap: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 2 },
    { weight: 5, arbitrary: scalar },
    { weight: 2, arbitrary: listOf(tie('json')) },
    { weight: 2, arbitrary: tie('jsonMap') },
    { weight: 1, arbitrary: deep(scalar) },
  ),
  jsonMap: dictionaryOf(key, tie('json')),
}));

/** JSON knows no negative zero. */
function plainNumber(number: number): number {
  return number === 0 ? 0 : number;
}

/** Documents that the schema accepts. Keys of groups may be missing, as in an overlay. */
export function arbitraryOf(schema: Schema): fc.Arbitrary<Json> {
  if (schema.$ref !== undefined) return reference(schema.$ref);
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as Json[]));
  if (schema.const !== undefined) return fc.constant(schema.const as Json);
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'string':
      return textOf(schema);
    case 'integer':
      return integerOf(schema);
    case 'number':
      return numberOf(schema);
    case 'array':
      return listOf(itemOf(schema.items ?? {}), schema.minItems, schema.maxItems);
    case 'object':
      return schema.properties === undefined ? mapOf(schema) : groupOf(schema.properties, []);
    default:
      return json;
  }
}

/** Items are whole: Helm fills in no defaults inside lists. */
function itemOf(schema: Schema): fc.Arbitrary<Json> {
  return schema.properties === undefined
    ? arbitraryOf(schema)
    : groupOf(schema.properties, schema.required ?? []);
}

function reference(ref: string): fc.Arbitrary<Json> {
  const name = ref.replace('#/definitions/', '');
  return name === 'text' ? text : name === 'key' ? key : name === 'jsonMap' ? jsonMap : json;
}

function textOf({
  pattern = VALUE_TEXT,
  minLength = 0,
  maxLength = Infinity,
}: Schema): fc.Arbitrary<string> {
  const expression = new RegExp(pattern, 'u');
  const fits = (one: string) =>
    one.length >= minLength && one.length <= maxLength && expression.test(one);
  return (pattern === VALUE_TEXT ? text : matching(pattern, maxLength, fits)).filter(fits);
}

/** Texts of a pattern: at random, as long as they may be, and those that look like something else. */
function matching(
  pattern: string,
  maxLength: number,
  fits: (one: string) => boolean,
): fc.Arbitrary<string> {
  const candidates = CANDIDATES.filter((one) => isText(one) && fits(one));
  const random = fc.stringMatching(new RegExp(pattern));
  const longest = random.map((one) => {
    const length = Math.min(maxLength, 300);
    const many = one.repeat(Math.ceil(length / Math.max(1, one.length))).slice(0, length);
    return fits(many) ? many : one;
  });
  return fc.oneof(
    { weight: 4, arbitrary: random },
    { weight: 1, arbitrary: longest },
    ...(candidates.length === 0 ? [] : [{ weight: 4, arbitrary: fc.constantFrom(...candidates) }]),
    // Of a pattern that lets most of them pass, any text will do.
    ...(candidates.length < CANDIDATES.length / 2 ? [] : [{ weight: 4, arbitrary: text }]),
  );
}

function integerOf({
  minimum = -SAFE_INTEGER,
  maximum = SAFE_INTEGER,
}: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }),
    fc.constantFrom(...numbersIn(minimum, maximum, true)),
  );
}

function numberOf({ minimum = -1e15, maximum = 1e15 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.double({ min: minimum, max: maximum, noNaN: true }).map(plainNumber),
    fc.constantFrom(...numbersIn(minimum, maximum, false)),
  );
}

const ajv = new Ajv({ strict: false });

function mapOf(schema: Schema): fc.Arbitrary<Json> {
  const accepts = ajv.compile({ definitions: DEFINITIONS, ...(schema.propertyNames ?? {}) });
  const value =
    typeof schema.additionalProperties === 'object'
      ? arbitraryOf(schema.additionalProperties)
      : json;
  return dictionaryOf(
    keyOf(schema.propertyNames ?? {}).filter((one) => accepts(one)),
    value,
  );
}

/** Hardly any text at random is of a pattern that keys must have. */
function keyOf(names: Schema): fc.Arbitrary<string> {
  const wanted = patternIn(names);
  return wanted === undefined ? key : textOf({ pattern: wanted });
}

/** Which keys are reserved stands around it. */
const patternIn = ({ pattern, allOf = [] }: Schema): string | undefined =>
  pattern ?? allOf.map(patternIn).find((one) => one !== undefined);

function groupOf(
  properties: Record<string, Schema>,
  required: readonly string[],
): fc.Arbitrary<Json> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)]),
  );
  return fc.record(model, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}
