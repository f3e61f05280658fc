import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { compose } from '../../main';
import { isAccepted } from '../../synth/accepts';
import type { JsonMap } from '../../synth/merge';
import { valuesOf } from '../../synth/scene';
import { DEFINITIONS, type Schema } from '../../synth/schema';

const ajv = new Ajv({ strict: false });

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
const { schema } = fc.letrec<{ schema: Schema; rules: Schema }>((tie) => {
  const some = fc.array(tie('schema'), { minLength: 1, maxLength: 2 });
  return {
    // Every rule may hold others, so without an end there are more than memory holds.
    schema: fc.oneof({ maxDepth: 2, withCrossShrink: true }, fc.constant({}), tie('rules')),
    rules: fc.record(
      {
        type: types,
        description: words,
        enum: fc.uniqueArray(value, {
          minLength: 1,
          maxLength: 3,
          selector: (one) => JSON.stringify(one),
        }),
        const: value,
        pattern: fc.constantFrom('^a', 'b$', '^.$', '^[^b]*$'),
        ...{ minLength: size, maxLength: size, minItems: size, maxItems: size },
        ...{ minimum: size, maximum: size, exclusiveMinimum: size, exclusiveMaximum: size },
        ...{ minProperties: size, maxProperties: size },
        items: tie('schema'),
        properties: fc.dictionary(keys, tie('schema'), { maxKeys: 2, noNullPrototype: true }),
        required: fc.uniqueArray(keys, { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        propertyNames: tie('schema'),
        ...{ allOf: some, anyOf: some, not: tie('schema') },
        ...{ if: tie('schema'), then: tie('schema') },
        $ref: fc.constantFrom('#/definitions/key', '#/definitions/json'),
      },
      { requiredKeys: [] },
    ),
  };
});

test('accepts what Ajv accepts, and nothing else', () => {
  fc.assert(
    fc.property(schema, value, (random, data) => {
      const { if: condition, then, ...rest } = random;
      // Draft 7 knows no "then" alone, which Ajv would warn of.
      const both = condition === undefined || then === undefined ? {} : { if: condition, then };
      const complete = { ...rest, ...both, definitions: DEFINITIONS };
      expect(isAccepted(complete, data)).toBe(ajv.compile(complete)(data));
    }),
    { seed: 1, numRuns: 150 },
  );
});

test('accepts the values of the platform, so that Ajv is not needed', () => {
  const blueprint = compose().build();
  for (const { values } of blueprint.environments) {
    for (const tier of blueprint.tiers) {
      expect(isAccepted(tier.chartSchema, valuesOf(blueprint, tier, values as JsonMap))).toBe(true);
    }
  }
});

test.each([{ contains: { const: 1 } }, { not: { contains: {} } }, { $ref: '#/definitions/none' }])(
  'leaves %j to Ajv, which knows more',
  (unknown) => {
    expect(isAccepted(unknown as Schema, [1])).toBe(false);
  },
);
