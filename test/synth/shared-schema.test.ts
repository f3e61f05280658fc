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
import { DEFINITIONS, emitSchema, port, quantity, type Schema } from '../../synth/schema';

const group = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const level: Schema = { type: 'string', enum: ['low', 'high'] };
const lower = (description: string, more: Schema = {}): Schema => ({
  type: 'string',
  pattern: '^[a-z]*$',
  description,
  ...more,
});

const definitionsOf = (schema: Schema) => sharedSchema(schema).definitions ?? {};
const ref = (name: string) => ({ $ref: `#/definitions/${name}` });

describe('what stands more than once becomes a definition', () => {
  test('of the one key that all such values have, each with its own description and default', () => {
    const one = lower('Of one.', { default: 'a' });
    const two = lower('Of two.', { default: 'b' });
    expect(sharedSchema(group({ one: group({ name: one }), two: group({ name: two }) }))).toEqual(
      group(
        {
          one: group({ name: { description: 'Of one.', default: 'a', ...ref('name') } }),
          two: group({ name: { description: 'Of two.', default: 'b', ...ref('name') } }),
        },
        { definitions: { name: { type: 'string', pattern: '^[a-z]*$' } } },
      ),
    );
  });

  test('with the description that all of them have', () => {
    const size = lower('The size.');
    expect(
      sharedSchema(group({ one: group({ size }), two: group({ size }, { title: 'b' }) })),
    ).toEqual(
      group(
        { one: group({ size: ref('size') }), two: group({ size: ref('size') }, { title: 'b' }) },
        { definitions: { size } },
      ),
    );
  });

  test('of the title that its author gave it', () => {
    const named = (description: string) => lower(description, { title: 'Host name' });
    expect(sharedSchema(group({ a: named('A.'), b: named('B.') }))).toEqual(
      group(
        {
          a: { description: 'A.', ...ref('hostName') },
          b: { description: 'B.', ...ref('hostName') },
        },
        { definitions: { hostName: { title: 'Host name', type: 'string', pattern: '^[a-z]*$' } } },
      ),
    );
  });

  test('of the name that the kind has', () => {
    const kinds = { cpu: quantity(), memory: quantity(), http: port(), https: port() };
    const properties = Object.fromEntries(
      Object.entries(kinds).map(([key, kind]) => {
        const { $schema: _, ...schema } = emitSchema(kind);
        return [key, schema];
      }),
    );
    const { quantity: amount, port: number } = definitionsOf(group(properties));
    expect(amount).toEqual(properties['cpu']);
    expect(number).toEqual({ type: 'integer', minimum: 1, maximum: 65535 });
  });

  test('of a name with a number where two differ', () => {
    const [short, long] = [lower('A.', { maxLength: 3 }), lower('A.', { maxLength: 9 })];
    const properties = [short, long, short, long].map((name, index): [string, Schema] => [
      `key${String(index)}`,
      group({ name, [`own${String(index)}`]: level }),
    ]);
    const shared = sharedSchema(group(Object.fromEntries(properties)));
    expect(shared.definitions?.['name']).toEqual(short);
    expect(shared.definitions?.['name2']).toEqual(long);
    expect(shared.properties?.['key3']?.properties?.['name']).toEqual(ref('name2'));
  });

  test('and of what it holds only what stands elsewhere, too', () => {
    const image = group({ tag: lower('Tag.'), registry: lower('Registry.', { maxLength: 9 }) });
    const service = group({ image, level }, { title: 'service' });
    const shared = sharedSchema(group({ one: service, two: service, other: group({ level }) }));
    expect(shared.properties?.['one']).toEqual(ref('service'));
    expect(Object.keys(shared.definitions ?? {})).toEqual(['level', 'service']);
  });

  test('in lists and maps', () => {
    const hosts: Schema = { type: 'array', items: group({ host: lower('A host.') }) };
    const labels: Schema = { type: 'object', additionalProperties: lower('A label.') };
    const both = group({ hosts, labels });
    const shared = sharedSchema(group({ a: both, b: group({ hosts, labels, level }) }));
    expect(shared.definitions).toEqual({ hosts, labels });
    expect(shared.properties?.['a']?.properties).toEqual({
      hosts: ref('hosts'),
      labels: ref('labels'),
    });
  });

  test('without the defaults of its values where they differ', () => {
    const image = (tag: string) =>
      group({ tag: lower('Tag.', { default: tag }), pull: { type: 'boolean', default: true } });
    const { image: shared } = definitionsOf(
      group({ a: group({ image: image('a') }), b: group({ image: image('b') }) }),
    );
    expect(shared).toEqual(group({ tag: lower('Tag.'), pull: { type: 'boolean', default: true } }));
  });
});

describe('it stays where it is', () => {
  test.each<[string, Schema]>([
    ['a boolean', { type: 'boolean' }],
    ['a number of a range', { type: 'integer', minimum: 0 }],
    ['a list of any texts', { type: 'array', items: ref('text') }],
  ])('if it is no longer than a reference: %s', (_, flag) => {
    const schema = group({ a: group({ flag }), b: group({ flag, level }) });
    const { definitions: _definitions, ...rest } = sharedSchema(schema);
    expect(rest).toEqual(schema);
  });

  test('if nothing says what to call it', () => {
    const schema = group({ a: lower('A.'), b: lower('B.') });
    expect(sharedSchema(schema)).toEqual(schema);
  });

  test.each([{ description: 'Another.' }, { immutable: 'it stays.' }, { title: 'Another' }])(
    'if its parts are told of in other words: %j',
    (words) => {
      const [one, two] = [{}, words].map((more) => group({ level: { ...level, ...more } }));
      const schema = group({ a: group({ part: one ?? {} }), b: group({ part: two ?? {} }) });
      expect(Object.keys(definitionsOf(schema))).toEqual(['level']);
    },
  );
});

test('any text is the engine’s, be there only one', () => {
  const { text = {} } = DEFINITIONS;
  const { $comment: _, ...rules } = text;
  expect(sharedSchema(group({ motto: { ...rules, description: 'A text.' } }))).toEqual(
    group({ motto: { description: 'A text.', ...ref('text') } }, { definitions: { text } }),
  );
});

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
        if (Object.keys(definitionsOf(schema)).some((key) => !Object.hasOwn(DEFINITIONS, key)))
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
