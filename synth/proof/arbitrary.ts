import Ajv from 'ajv';
import * as fc from 'fast-check';
import {
  BOOLEAN_WORDS,
  DEFINITIONS,
  NO_KEYS,
  SAFE_INTEGER,
  VALUE_TEXT,
  type Schema,
} from '../schema';
import type { Json } from '../node';

/*
 * Random values from the schema that Helm checks: every document made here is one that a user
 * could give.
 */

/** Texts that YAML, Go templates or printf have broken somewhere before. */
const HOSTILE = [
  ...BOOLEAN_WORDS,
  ...[
    '',
    ' ',
    '  lead',
    'trail ',
    '\t',
    '\n',
    'a\n',
    'a\nb',
    '\na',
    'a\n\n',
    'a\r\nb',
    'a\n  b\n c',
    '  \n',
  ],
  ...[
    '1',
    '-1',
    '1.0',
    '1e3',
    'e47',
    'e-3',
    '1e_3',
    '0o17',
    '017',
    '0x1F',
    '0b1',
    '1_000',
    '12:30:45',
    '.5',
    '+1',
  ],
  ...['.inf', '-.INF', '.nan', '.', '..', '2001-01-01', '2001-12-14t21:59:43.10-05:00', '=', '<<'],
  ...[
    '-',
    '- a',
    '?',
    '? a',
    ':',
    'a:',
    'a: b',
    'a: b # c',
    '#',
    'a #b',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '@a',
    '`',
    '%a',
  ],
  ...[
    '[',
    '[a]',
    '{',
    '{a}',
    '{a: b}',
    ',',
    '---',
    '...',
    '"',
    "'",
    '\\',
    '\\n',
    '"a"',
    "'a'",
    'a"b',
    "it's",
  ],
  ...[
    '{{',
    '}}',
    '{{ .Values }}',
    '{{- fail "x" }}',
    '{{`',
    '${x}',
    '$x',
    '$(x)',
    '%',
    '%s',
    '%d%!',
    '%%',
  ],
  ...['ü', '日本', '😀', 'e\u0301', '\u00a0', '\u200b', '\u202e', '\ufffd', '<&>'],
];

const carried = new RegExp(VALUE_TEXT, 'u');
const isText = (text: string) => text.isWellFormed() && carried.test(text);

const text: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE))
        .map((two) => two.join('')),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  )
  .filter(isText);

const key = text.filter((one) => one !== '' && !NO_KEYS.includes(one));

const { json, jsonMap } = fc.letrec<{ json: Json; jsonMap: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 2 },
    text,
    fc.maxSafeInteger(),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }).map(plainNumber),
    fc.boolean(),
    fc.array(tie('json'), { maxLength: 3 }),
    tie('jsonMap'),
  ),
  jsonMap: fc.dictionary(key, tie('json'), { maxKeys: 3, noNullPrototype: true }),
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
      return fc
        .double({ min: schema.minimum ?? -1e15, max: schema.maximum ?? 1e15, noNaN: true })
        .map(plainNumber);
    case 'array':
      return fc.array(itemOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(3, schema.maxItems ?? 3),
      });
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
  const made =
    pattern === VALUE_TEXT ? text : fc.oneof(fc.stringMatching(new RegExp(pattern)), text);
  const expression = new RegExp(pattern, 'u');
  return made.filter(
    (one) => one.length >= minLength && one.length <= maxLength && expression.test(one),
  );
}

function integerOf({
  minimum = -SAFE_INTEGER,
  maximum = SAFE_INTEGER,
}: Schema): fc.Arbitrary<number> {
  const edges = [minimum, maximum, 0, 1, 999_999, 1_000_000, 1_000_001].filter(
    (edge) => edge >= minimum && edge <= maximum,
  );
  return fc.oneof(
    fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) }),
    fc.constantFrom(...edges),
  );
}

const ajv = new Ajv({ strict: false });

function mapOf(schema: Schema): fc.Arbitrary<Json> {
  const accepts = ajv.compile({ definitions: DEFINITIONS, ...(schema.propertyNames ?? {}) });
  const value =
    typeof schema.additionalProperties === 'object'
      ? arbitraryOf(schema.additionalProperties)
      : json;
  return fc.dictionary(
    keyOf(schema.propertyNames ?? {}).filter((one) => accepts(one)),
    value,
    { maxKeys: 3, noNullPrototype: true },
  );
}

/** Hardly any text at random is of a pattern that keys must have. */
function keyOf(names: Schema): fc.Arbitrary<string> {
  const wanted = patternIn(names);
  return wanted === undefined ? key : fc.oneof(fc.stringMatching(new RegExp(wanted)), key);
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
