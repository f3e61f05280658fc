import { z } from 'zod';
import { structuralMap, tiersOf } from '../../synth';
import { addTier, demo, emptyPlatform, problemsOf } from './fixture';

type Case = readonly [rule: string, schema: z.ZodType, message: string];

const problems = (schema: z.ZodType) => problemsOf(() => demo({ x: schema }).build());
const text = () => z.string().default('a').describe('Text.');

describe('a value of the schema is refused', () => {
  const untyped = (path = 'demo.x') =>
    `Value ${path} has no single type; use one type (with a pattern that allows empty text where it is optional), or structuralMap() and structuralList().`;
  const unread = (path: string, pattern: string) =>
    `Value ${path} has the pattern ${pattern}, which Helm's regular expressions (RE2) cannot read; use no look-around, back-reference, named group or \\u.`;
  const loose = (path = 'demo.x') =>
    `Value ${path} lets unknown keys pass; declare it with z.strictObject().`;
  const list = <T extends z.ZodType>(item: T) => z.array(item).default([]).describe('List.');
  const map = <T extends z.ZodType>(entry: T) =>
    z.record(z.string(), entry).default({}).describe('Map.');
  const defaulted = (schema: z.ZodType) => schema.default('a' as never).describe('Any.');
  const pattern = (regex: RegExp) => z.string().regex(regex).default('a').describe('Text.');

  test.each<Case>([
    [
      'without a default',
      z.string().describe('Text.'),
      'Value demo.x has no default; add .default(…), and let environments that need another override it.',
    ],
    [
      'with a default that is no JSON',
      z.number().default(NaN).describe('Number.'),
      'Value demo.x has no default; add .default(…), and let environments that need another override it.',
    ],
    [
      'without a description',
      z.string().default('a'),
      "Value demo.x has no description; add .describe('…') for whoever reads values.yaml.",
    ],
    [
      'with a description that YAML cannot carry',
      z.string().default('a').describe('Te\u0007xt.'),
      'Value demo.x has the description "Te\\u0007xt.", whose characters YAML does not carry; use plain text.',
    ],
    ['of several types', defaulted(z.union([z.string(), z.int()])), untyped()],
    ['that may be null', defaulted(z.string().nullable()), untyped()],
    ['of any type', defaulted(z.any()), untyped()],
    ['that JSON has no form for', defaulted(z.date()), untyped()],
    ['that is transformed', defaulted(z.string().transform((one) => one.length)), untyped()],
    ['of words and numbers', z.literal(['a', 1]).default('a').describe('Words.'), untyped()],
    ['that is a list of several types', list(z.union([z.string(), z.int()])), untyped('demo.x[]')],
    ['that is a list with null', list(z.string().nullable()), untyped('demo.x[]')],
    ['that is a map with null', map(z.string().nullable()), untyped('demo.x.*')],
    [
      'that is a tuple',
      z.tuple([z.string()]).default(['a']).describe('Pair.'),
      'Value demo.x is a list whose items differ in type; use z.array() of one type.',
    ],
    [
      'that is a map of fixed keys',
      z
        .record(z.enum(['a']), z.string())
        .default({} as never)
        .describe('Map.'),
      'Value demo.x is a map of fixed keys; declare it with z.strictObject().',
    ],
    [
      'that is a map with default keys',
      map(z.string()).default({ a: 'b' }),
      'Value demo.x is a map with default keys, which Helm users cannot remove; make the default {} and set keys per environment.',
    ],
    [
      'that is a group with a default',
      z.strictObject({ a: text() }).default({ a: 'b' }),
      'Value demo.x is a group with a default of its own; give each of its keys a default.',
    ],
    ['that is a group of any keys', z.looseObject({ a: text() }), loose()],
    ['that is a group of more keys', z.strictObject({ a: text() }).catchall(z.string()), loose()],
    ['whose items have any keys', list(z.looseObject({ a: z.string() })), loose('demo.x[]')],
    [
      'whose items have optional keys',
      list(z.strictObject({ a: z.string().optional() })),
      'Value demo.x[].a is optional or has a default, which Helm does not fill in inside lists and maps; make it required.',
    ],
    [
      'whose items have defaults',
      map(z.strictObject({ a: text() })),
      'Value demo.x.*.a is optional or has a default, which Helm does not fill in inside lists and maps; make it required.',
    ],
    [
      'with a format that each Helm reads otherwise',
      defaulted(z.url()),
      'Value demo.x has the format uri, which each Helm checks in its own way; use regex().',
    ],
    ['with look-ahead', pattern(/^(?=a)a$/), unread('demo.x', '^(?=a)a$')],
    ['with look-behind', pattern(/^a(?<!b)$/), unread('demo.x', '^a(?<!b)$')],
    ['with a named group', pattern(/^(?<one>a)$/), unread('demo.x', '^(?<one>a)$')],
    ['with a back-reference', pattern(/^(a)\1?$/), unread('demo.x', '^(a)\\1?$')],
    ['with a code point', pattern(/^[\u0061]$/), unread('demo.x', '^[\\u0061]$')],
    [
      'with a property by its long name',
      pattern(/^\p{Letter}$/u),
      unread('demo.x', '^\\p{Letter}$'),
    ],
    [
      'with look-ahead in a second pattern',
      z.string().regex(/^a/).regex(/(?!b)/).default('a').describe('Text.'),
      unread('demo.x', '(?!b)'),
    ],
    [
      'with look-ahead in the keys of a map',
      z
        .record(z.string().regex(/^(?!b)/), z.string())
        .default({})
        .describe('Map.'),
      unread('demo.x (keys)', '^(?!b)'),
    ],
    [
      'with look-ahead in the items of a list',
      list(z.string().regex(/^(?!b)/)),
      unread('demo.x[]', '^(?!b)'),
    ],
    [
      'with more repeats than RE2 counts',
      pattern(/^a{1,1001}$/),
      "Value demo.x has the pattern ^a{1,1001}$, which repeats more than 1000 times, which Helm's regular expressions (RE2) cannot; use min() and max().",
    ],
    [
      'with an escape that Unicode patterns lack',
      pattern(new RegExp(String.raw`^\a$`)),
      'Value demo.x has the pattern ^\\a$, which is no regular expression of Unicode (Invalid escape); escape only what needs it.',
    ],
    [
      'with a default out of range',
      z.int().min(1).default(0).describe('Count.'),
      'Value demo.x is 0; it must be >= 1.',
    ],
    [
      'with a default against its pattern',
      pattern(/^b$/),
      'Value demo.x is "a"; it must match ^b$.',
    ],
    [
      'with a default that Helm does not carry',
      z.string().default('\u2028').describe('Text.'),
      'Value demo.x is "\u2028"; it must be text that Helm carries unchanged (no control characters, wide spaces or line separators).',
    ],
  ])('%s', (_, schema, message) => {
    expect(problems(schema)).toEqual([`[values] ${message}`]);
  });

  test('that is optional', () => {
    expect(problems(z.string().optional().describe('Text.'))).toEqual([
      '[values] Value demo.x is optional; give it a default instead, so that Helm always finds it.',
      '[values] Value demo.x has no default; add .default(…), and let environments that need another override it.',
    ]);
  });

  test('that holds itself', () => {
    const tree: z.ZodType = z.strictObject({ leaf: text(), branches: list(z.lazy(() => tree)) });
    expect(problems(tree)).toEqual([
      '[values] Value demo.x can hold itself without end; declare its levels, or use structuralMap().',
    ]);
  });
});

describe('a value cannot be named', () => {
  const named = (name: string) => problemsOf(() => demo({ [name]: text() }).build());
  const value = (name: string, message: string) => [`[values] Value demo.${name} ${message}`];

  test.each(['bad-name', 'Upper', '1st', '__proto__', 'a.b', 'ü', ''])('%j', (name) => {
    const rule = 'has a name that templates cannot reach; use camelCase letters and digits.';
    expect(named(name)).toEqual(value(name, rule));
  });

  test.each(['constructor', 'prototype', 'resolve', 'then', 'toJSON'])('%j', (name) => {
    const rule = 'has a name that JavaScript or cdk8s takes for something else; use another.';
    expect(named(name)).toEqual(value(name, rule));
  });

  test.each(['enabled', 'global'])('%j in a tier', (name) => {
    expect(named(name)).toEqual(value(name, 'has a name that the chart itself uses; use another.'));
  });
});

describe('the values of a tier are refused', () => {
  test('when they are no object', () => {
    const platform = emptyPlatform();
    const global = z.strictObject({ namespaces: z.strictObject({ demo: text() }) });
    const declare = tiersOf(global);
    const values = z.string() as never;
    class Demo extends declare({ name: 'demo', description: 'Demo.', values }) {}
    new Demo(platform);
    expect(problemsOf(() => platform.build())).toEqual([
      '[values] Value demo is no object with declared keys; declare it with z.strictObject().',
    ]);
  });

  test('when another tier has other global values', () => {
    const platform = emptyPlatform();
    addTier(platform, 'demo', {});
    const declare = tiersOf(z.strictObject({ namespaces: z.strictObject({ other: text() }) }));
    const values = z.strictObject({});
    class Other extends declare({ name: 'other', description: 'Other.', values }) {}
    new Other(platform);
    expect(problemsOf(() => platform.build())).toEqual([
      '[other] has other global values than the first tier; make all tiers with one tiersOf(global).',
    ]);
  });
});

test('all shapes that both Helms read alike are accepted', () => {
  const accepted = {
    words: z.enum(['a', 'b']).default('a').describe('Words.'),
    nested: z
      .array(z.array(z.int()))
      .default([[1]])
      .describe('Lists of lists.'),
    keys: z
      .partialRecord(z.enum(['a', 'b']), z.string())
      .default({})
      .describe('Map.'),
    mail: z.email().default('a@example.com').describe('Mail address.'),
    two: z.string().regex(/^a/).regex(/b$/).default('ab').describe('Text.'),
    tenths: z.number().min(0).max(1).multipleOf(0.1).default(0.3).describe('Tenths.'),
    both: z.intersection(z.strictObject({ a: text() }), z.strictObject({ b: text() })),
    any: structuralMap().describe('Any.'),
  };
  expect(problemsOf(() => demo(accepted).build())).toEqual([]);
});
