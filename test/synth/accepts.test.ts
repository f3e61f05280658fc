import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { compose } from '../../main';
import { isAccepted, type Accepted } from '../../synth/accepts';
import type { JsonMap } from '../../synth/merge';
import { valuesOf } from '../../synth/scene';
import { DEFINITIONS, type Schema } from '../../synth/schema';

const ajv = new Ajv({ strict: false, logger: false });

const definitions: Record<string, Schema> = {
  one: { const: 1 },
  small: { maximum: 2 },
  letter: { pattern: '^[a-z]$' },
  ones: { items: { $ref: '#/definitions/one' } },
};
const one = { $ref: '#/definitions/one' };
const small = { $ref: '#/definitions/small' };
const letter = { $ref: '#/definitions/letter' };
const ones = { $ref: '#/definitions/ones' };
/** Of each type, what a rule for another type says nothing of. */
const [text, list, map, none] = ['A', ['A'], { A: 'A' }, null];

// Values at both sides of what each rule says, and of other types. A reference in a rule is
// followed only with the definitions at hand.
test.each<[Schema, readonly unknown[], readonly unknown[]]>([
  [{ type: 'object' }, [{}, map], [text, 1, true, list, [], none]],
  [{ type: 'array' }, [[], list], [text, 1, true, map, {}, none]],
  [{ type: 'string' }, ['', text], [1, true, list, map, none]],
  [{ type: 'integer' }, [0, -1, 1e300], [0.5, '1', true, [1], map, none]],
  [{ type: 'number' }, [0, -0.5, 1e300], ['1', true, [1], map, none]],
  [{ type: 'boolean' }, [true, false], [0, 'true', list, map, none]],
  [{ enum: [0, { a: [1] }, 'a'] }, [0, { a: [1] }, 'a'], ['0', '', false, { a: [2] }, {}, none]],
  [{ enum: [none] }, [none], [0, '', false, {}, []]],
  [{ const: { a: 1, b: [] } }, [{ b: [], a: 1 }], [{ a: 1 }, { a: 1, b: {} }, {}, text, none]],
  // The same text is asked for twice: a regular expression may keep its place.
  [{ pattern: 'a.c' }, ['abc', 'abc', 'xa😀cx', 1, list, map, none], ['', 'ABC', 'a\nc', 'ac']],
  [{ pattern: '^b$' }, ['b'], ['a\nb', 'ab', 'ba']],
  [{ pattern: '^a' }, ['a', 'ab', 'ac'], ['b', 'ba']],
  [{ minLength: 2 }, ['ab', '😀😀', 1, true, list, map, none], ['', 'a', '😀']],
  [{ maxLength: 2 }, ['', 'ab', '😀😀', 100, [1, 2, 3], map, none], ['abc', '😀😀😀']],
  [{ minimum: 2 }, [2, 2.5, 3, '1', '', false, list, map, none], [1.9, 1, 0, -3]],
  [{ maximum: 2 }, [2, 1.9, -3, '3', text, true, list, map, none], [2.1, 3, 1e300]],
  [{ exclusiveMinimum: 2 }, [2.1, 3, '1', '', false, list, map, none], [2, 1.9, -3]],
  [{ exclusiveMaximum: 2 }, [1.9, 1, -3, '3', text, list, map, none], [2, 2.1, 3]],
  [{ minimum: 1, maximum: 2 }, [1, 2], [0, 3]],
  [{ items: one }, [[], [1], [1, 1], text, { 0: 2 }, none], [[2], [2, 1], [1, 2], [none]]],
  [{ minItems: 2 }, [[1, 2], [1, 2, 3], text, '', map, none], [[], [1]]],
  [{ maxItems: 1 }, [[], [1], 'abc', { a: 1, b: 2 }, none], [[1, 2]]],
  [
    { properties: { a: one, 0: one } },
    [{}, { a: 1 }, { a: 1, 0: 1, b: 2 }, text, ['A'], none],
    [{ a: 2 }, { a: none }, { a: 1, 0: 2 }, { a: 2, 0: 1 }],
  ],
  [
    { required: ['a', 'b'] },
    [{ a: none, b: 0 }, { a: 1, b: 1, c: 1 }, text, list, none],
    [{}, { a: 1 }, { b: 1 }, map],
  ],
  [
    { properties: { a: {} }, additionalProperties: false },
    [{}, { a: 2 }, text, list, none],
    [{ b: 1 }, { a: 2, b: 1 }, { toString: 1 }],
  ],
  [{ additionalProperties: false }, [{}, text, list, none], [{ a: 1 }]],
  [{ properties: { a: {} }, additionalProperties: true }, [{ a: 1, b: 2 }, text, list, none], []],
  [
    { properties: { a: {} }, additionalProperties: one },
    [{}, { a: 2, b: 1 }, { b: 1, c: 1 }, text, list, none],
    [{ b: 2 }, { b: 1, c: 2 }, { b: 2, c: 1 }, { toString: 2 }],
  ],
  [
    { propertyNames: letter },
    [{}, { a: 'A', b: 1 }, text, list, none],
    [{ A: 'a' }, { a: 1, B: 1 }, { A: 1, b: 1 }],
  ],
  [{ minProperties: 2 }, [{ a: 1, b: 1 }, { a: 1, b: 1, c: 1 }, text, list, none], [{}, map]],
  [{ maxProperties: 1 }, [{}, map, 'abc', [1, 2], none], [{ a: 1, b: 1 }]],
  [{ allOf: [{ minimum: 1 }, small] }, [1, 2, text, none], [0, 3]],
  [{ anyOf: [small, { enum: [1, 5] }] }, [0, 1, 5, text], [3, 6]],
  [{ not: one }, [0, 2, '1', none], [1]],
  [{ not: { additionalProperties: false } }, [{ a: 1 }], [{}, text, list, none]],
  [{ if: small, then: one }, [1, 3], [0, 2, text]],
  [{ if: small }, [1, 3, text], []],
  [{ then: one }, [1, 2, text], []],
  [one, [1], [0, '1', none]],
  [ones, [[1], [], text], [[2]]],
])('%j holds for %j, and not for %j', (schema, right, wrong) => {
  const complete = { ...schema, definitions };
  const validate = ajv.compile(complete);
  for (const [values, expected] of [
    [right, true],
    [wrong, false],
  ] as const) {
    const all = values.map((value) => ({ value, holds: expected, says: expected }));
    const found = values.map((value) => ({
      value,
      holds: isAccepted(complete, value),
      says: validate(value),
    }));
    expect(found).toEqual(all);
  }
});

test.each<Schema>([
  { $schema: 'http://json-schema.org/draft-07/schema#' },
  { $comment: 'one' },
  { title: 'one' },
  { description: 'one' },
  { default: 1 },
  { examples: [1] },
  { definitions },
  { immutable: 'one' },
  { structural: true },
  { format: 'email' },
])('%j refuses nothing', (schema) => {
  for (const value of [1, text, list, map, none]) {
    expect([isAccepted(schema, value), ajv.compile(schema)(value)]).toEqual([true, true]);
  }
});

/** Values of every type; few texts and keys, so that rules and values meet. */
const words = fc.constantFrom('', 'a', 'b', 'ab', '😀', 'abc', '1');
const keys = fc.constantFrom('a', 'b', 'c');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    words,
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(0.5, 1.5),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const size = fc.integer({ min: 0, max: 3 });
const types = fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'boolean');
const someOf = <T>(rules: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(rules, { requiredKeys: [] });
const twoOf = (...rules: readonly fc.Arbitrary<Schema>[]) =>
  fc.tuple(fc.oneof(...rules), fc.oneof(...rules)).map(([one, other]) => ({ ...one, ...other }));
const { schema } = fc.letrec<{ schema: Schema; rules: Schema }>((tie) => {
  const some = fc.array(tie('schema'), { minLength: 1, maxLength: 2 });
  const members = fc.uniqueArray(value, {
    minLength: 1,
    maxLength: 3,
    selector: (member) => JSON.stringify(member),
  });
  return {
    // Every rule may hold others, so without an end there are more than memory holds.
    schema: fc.oneof({ maxDepth: 2, withCrossShrink: true }, fc.constant({}), tie('rules')),
    // With rules for all types a schema accepts next to nothing, and with those for one next to all.
    rules: twoOf(
      someOf({ type: types, description: words }),
      fc.oneof(someOf({ enum: members }), someOf({ const: value })),
      someOf({ pattern: fc.constantFrom('^a', 'b$', '^.$', '^[^b]*$') }),
      someOf({ minLength: size, maxLength: size, not: tie('schema') }),
      someOf({ minimum: size, maximum: size }),
      someOf({ exclusiveMinimum: size, exclusiveMaximum: size }),
      someOf({ items: tie('schema'), minItems: size, maxItems: size }),
      someOf({
        properties: fc.dictionary(keys, tie('schema'), { maxKeys: 2, noNullPrototype: true }),
        required: fc.uniqueArray(keys, { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      }),
      someOf({ propertyNames: tie('schema'), minProperties: size, maxProperties: size }),
      someOf({ allOf: some, anyOf: some }),
      fc.record({ if: tie('schema'), then: tie('schema') }),
      someOf({ $ref: fc.constantFrom('#/definitions/key', '#/definitions/json') }),
    ),
  };
});

test('accepts what Ajv accepts, and nothing else', () => {
  const answers = { true: 0, false: 0 };
  fc.assert(
    fc.property(schema, fc.array(value, { minLength: 8, maxLength: 8 }), (random, values) => {
      const complete = { ...random, definitions: DEFINITIONS };
      const validate = ajv.compile(complete);
      for (const data of values) {
        const expected = validate(data);
        answers[`${expected}`] += 1;
        expect(isAccepted(complete, data)).toBe(expected);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
  // Rules that let all pass, or nothing, would agree whatever was wrong.
  expect(Math.min(answers.true, answers.false)).toBeGreaterThan(300);
});

test('accepts the values of the platform, so that Ajv is not needed', () => {
  const blueprint = compose().build();
  for (const { values } of blueprint.environments) {
    for (const tier of blueprint.tiers) {
      expect(isAccepted(tier.chartSchema, valuesOf(blueprint, tier, values as JsonMap))).toBe(true);
    }
  }
});

test('remembers of parts that several values share what Ajv says of them', () => {
  const answers = { true: 0, false: 0 };
  fc.assert(
    fc.property(schema, fc.array(value, { minLength: 4, maxLength: 4 }), (random, values) => {
      const complete = { ...random, definitions: DEFINITIONS };
      const validate = ajv.compile(complete);
      const accepted: Accepted = new Map();
      const [a, b, c, d] = values;
      for (const data of [a, { a, b }, { a: { b }, b: a }, [{ a, b }, a], { a: c, b: a }, c, d]) {
        const expected = validate(data);
        answers[`${expected}`] += 1;
        for (let times = 0; times < 2; times += 1) {
          expect(isAccepted(complete, data, accepted)).toBe(expected);
        }
      }
    }),
    { seed: 1, numRuns: 400 },
  );
  expect(Math.min(answers.true, answers.false)).toBeGreaterThan(300);
});

test.each<object>([
  { contains: { const: 1 } },
  { not: { contains: {} } },
  { constructor: {} },
  { $ref: '#/definitions/none' },
  { not: { type: 'null' } },
  { items: [] },
  { items: false },
])('leaves %j to Ajv, which knows more', (unknown) => {
  expect(isAccepted(unknown as Schema, [1])).toBe(false);
});
