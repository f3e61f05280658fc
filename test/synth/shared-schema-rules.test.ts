import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { compose } from '../../main';
import { withoutDefinitions } from '../../scripts/upgrade-check/definitions';
import { isAccepted } from '../../synth/accepts';
import { withDefinitions } from '../../synth/chart-schema';
import { sharedSchema } from '../../synth/chart/shared-schema';
import { isMap, type JsonMap } from '../../synth/merge';
import { arbitraryOf } from '../../synth/proof/arbitrary';
import { valuesOf } from '../../synth/scene';
import { DEFINITIONS, type Schema } from '../../synth/schema';
import { group, ref } from './schema-parts';

/** What a schema accepts, each rule where it holds. */
function bare(schema: Schema): Schema {
  const { $schema: _s, title: _t, description: _d, default: _v, ...more } = schema;
  const { examples: _e, immutable: _i, $comment: _c, definitions: _n, ...rules } = more;
  if (rules.$ref === '#/definitions/text') return bare(DEFINITIONS['text'] ?? {});
  const { properties, items, additionalProperties } = rules;
  return {
    ...rules,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, part]) => [key, bare(part)]),
      ),
    }),
    ...(items && { items: bare(items) }),
    ...(isMap(additionalProperties) && { additionalProperties: bare(additionalProperties) }),
  };
}

const rulesOf = (schema: Schema) => bare(withoutDefinitions(schema));

const ajv = new Ajv({ strict: false });

/** Both ways to check, with both schemas: all four say the same. */
function verdicts(schema: Schema): (value: unknown) => boolean[] {
  const both = [withDefinitions(schema), sharedSchema(withDefinitions(schema))];
  const compiled = both.map((one) => ajv.compile(one));
  return (value) => [
    ...compiled.map((accepts) => accepts(value)),
    ...both.map((one) => isAccepted(one, value)),
  ];
}

const words = fc.constantFrom('a', 'b');
const told = fc.record(
  { description: words, title: words, default: words, immutable: words },
  { requiredKeys: [] },
);
const keys = fc.constantFrom('a', 'b', 'c', 'd');
const leaf: fc.Arbitrary<Schema> = fc.constantFrom<Schema[]>(
  { type: 'boolean' },
  { type: 'string', pattern: '^[ab]*$' },
  { type: 'string', pattern: '^[ab]*$', maxLength: 1 },
  { type: 'string', enum: ['a', 'b'] },
  { type: 'string', enum: ['a'] },
  { type: 'integer', minimum: 1, maximum: 65535 },
  ref('text'),
  ref('jsonMap'),
);
const { schema: anySchema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc
    .tuple(
      told,
      fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.dictionary(keys, tie('schema'), { noNullPrototype: true }).map((one) => group(one)),
        tie('schema').map((items): Schema => ({ type: 'array', items })),
        tie('schema').map((entry): Schema => ({ type: 'object', additionalProperties: entry })),
      ),
    )
    .map(([words, rules]) => ({ ...words, ...rules })),
}));
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('', 'a', 'ab', 'c', 0, 1, 70_000, true, null),
    fc.dictionary(keys, tie('value'), { noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
}));

test('random schemas hold the same rules as before, and accept the same', () => {
  let more = 0;
  fc.assert(
    fc.property(
      fc.dictionary(keys, anySchema, { minKeys: 2, noNullPrototype: true }),
      fc.array(anyValue, { minLength: 5, maxLength: 5 }),
      (properties, values) => {
        const schema = group(properties);
        expect(rulesOf(sharedSchema(schema))).toEqual(bare(schema));
        if (
          Object.keys(sharedSchema(schema).definitions ?? {}).some(
            (key) => !Object.hasOwn(DEFINITIONS, key),
          )
        )
          more += 1;
        const accepted = fc.sample(arbitraryOf(schema), { numRuns: 3, seed: 1 });
        const judge = verdicts(schema);
        for (const value of [...values, ...accepted]) expect(new Set(judge(value)).size).toBe(1);
      },
    ),
    { seed: 1, numRuns: 150 },
  );
  expect(more).toBeGreaterThan(30);
});

/** Something else in the place of one value, or beside them. */
function broken(value: unknown, path: readonly number[], by: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined || typeof value !== 'object' || value === null) return by;
  const own = Object.keys(value);
  const key = first > own.length ? 'unknown' : (own[first % own.length] ?? 'unknown');
  const next = broken((value as JsonMap)[key], rest, by);
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (String(index) === key ? next : one));
  return { ...value, [key]: next };
}

const blueprint = compose().build();

describe.each(blueprint.tiers)('of the tier $name', (tier) => {
  const { chartSchema, schema, name } = tier;

  test('each rule is there as before', () => {
    expect(rulesOf(sharedSchema(chartSchema))).toEqual(bare(chartSchema));
  });

  test('values are accepted as before, and refused', () => {
    const judge = verdicts(chartSchema);
    const seen = { accepted: 0, refused: 0 };
    const steps = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 });
    const others = fc.constantFrom(0, 'A B', '<no value>', null, {});
    fc.assert(
      fc.property(arbitraryOf(schema), steps, others, (own, path, other) => {
        const value = valuesOf(blueprint, tier, { [name]: own });
        for (const one of [value, broken(value, path, other)]) {
          const [said, ...more] = judge(one);
          expect(more).toEqual([said, said, said]);
          seen[said === true ? 'accepted' : 'refused'] += 1;
        }
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(seen.accepted).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(20);
  });
});
