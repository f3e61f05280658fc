import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { modelOf } from '../../../synth';
import { servicesJson, servicesSchema } from '../../../synth/docs/services-json';
import { everything, allOn } from '../../constructs/everything';
import { shopOf } from '../../constructs/fixture';
import { formatted } from './formatted';
import { small } from './model-fixture';

const schema = JSON.parse(servicesSchema()) as object;
const validate = new Ajv({ allErrors: true }).compile(schema);
/** What is wrong with the JSON, as place and rule. */
const complaints = (json: string) => {
  validate(JSON.parse(json));
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
};

test('a small platform fits the schema', () => {
  expect(complaints(servicesJson(small))).toEqual([]);
});

test.each([
  ['by default', {}],
  ['with all switched on', allOn],
])('so does one made with all constructs, %s', (_, overlay) => {
  expect(complaints(servicesJson(modelOf(shopOf(everything, overlay))))).toEqual([]);
});

test('so does that of the reference platform, by the schema beside it', () => {
  const read = (name: string) => readFileSync(join(__dirname, '../../../docs', name), 'utf8');
  expect(read('services.schema.json')).toBe(servicesSchema());
  expect(complaints(read('services.json'))).toEqual([]);
});

test.each([
  ['another version', { version: 2 }, '/version must be equal to constant'],
  ['an unknown field', { extra: 1 }, ' must NOT have additional properties'],
  ['no systems', { systems: undefined }, " must have required property 'systems'"],
])('the schema refuses %s', (_, change, told) => {
  expect(complaints(servicesJson({ ...small, ...change } as typeof small))).toEqual([told]);
});

test('every field of the schema says what it is', () => {
  interface Part {
    readonly description?: string;
    readonly properties?: Readonly<Record<string, Part>>;
    readonly items?: Part;
  }
  const silent = (part: Part, path: string): string[] => [
    ...Object.entries(part.properties ?? {}).flatMap(([key, property]) => {
      const place = `${path}/${key}`;
      const isTold = property.description !== undefined || property.properties !== undefined;
      return [...(isTold || property.items ? [] : [place]), ...silent(property, place)];
    }),
    ...(part.items === undefined ? [] : silent(part.items, path)),
  ];
  expect(silent(schema, '')).toEqual([]);
});

test('both are as the formatter has them', () => {
  const [json, text] = [servicesJson(small), servicesSchema()];
  expect(formatted(json, 'json')).toBe(json);
  expect(formatted(text, 'json')).toBe(text);
});

test('a list takes a line for each item where it is too long for one', () => {
  const [db, ...others] = small.systems;
  if (db === undefined) throw new Error('There is no system.');
  const secrets = Array.from({ length: 30 }, (_, length) => ({
    ...{ secret: 'db', keys: ['x'.repeat(40), 'x'.repeat(10 + length)], environments: ['dev'] },
  }));
  const json = servicesJson({ ...small, systems: [{ ...db, secrets }, ...others] });
  expect(json).toContain(`"keys": ["${'x'.repeat(40)}", "${'x'.repeat(10)}"]`);
  expect(json).toContain(`"keys": [\n            "${'x'.repeat(40)}",\n`);
  expect(formatted(json, 'json')).toBe(json);
});

test('the JSON is the model, with a sign that a run made it', () => {
  const { $comment, $schema, ...model } = JSON.parse(servicesJson(small)) as Record<
    string,
    unknown
  >;
  expect(model).toEqual(small);
  expect($comment).toBe('Made by synth from the model of the platform; edits are lost.');
  expect($schema).toBe('./services.schema.json');
});
