import { sharedSchema } from '../../synth/chart/shared-schema';
import { DEFINITIONS, emitSchema, port, quantity, type Schema } from '../../synth/schema';
import { group, ref } from './schema-parts';

const level: Schema = { type: 'string', enum: ['low', 'high'] };
const lower = (description: string, more: Schema = {}): Schema => ({
  type: 'string',
  pattern: '^[a-z]*$',
  description,
  ...more,
});

const definitionsOf = (schema: Schema) => sharedSchema(schema).definitions ?? {};

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

  test('and each use keeps its default, be it that of all', () => {
    const size = lower('The size.', { default: 'a' });
    const shared = sharedSchema(group({ a: group({ size }), b: group({ size, level }) }));
    expect(shared.definitions).toEqual({ size: lower('The size.') });
    expect(shared.properties?.['a']?.properties).toEqual({
      size: { default: 'a', ...ref('size') },
    });
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

  test('in maps that have a rule for their keys', () => {
    const labels: Schema = {
      type: 'object',
      propertyNames: { allOf: [ref('key'), { not: { enum: ['app'] } }] },
      additionalProperties: ref('text'),
    };
    const { labels: shared } = definitionsOf(
      group({ a: group({ labels }), b: group({ labels, level }) }),
    );
    expect(shared).toEqual(labels);
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
