import fc from 'fast-check';
import { parse } from 'yaml';
import type { JsonMap } from '../../synth/merge';
import { printYaml } from '../../synth/print/plain-yaml';

test('looks as people write it', () => {
  const json: JsonMap = {
    apiVersion: 'v1',
    count: 3,
    ratio: 0.5,
    on: true,
    none: {},
    nothing: [],
    'a key: with more': 'text: with more',
    args: ['--one', 'yes', '1', ''],
    matrix: [['a', 'b'], [[]], {}],
    parts: [{ name: 'x', deep: [{ a: { b: 1 } }] }, { conf: 'one\n\n  two\n' }],
    script: 'set -eu\necho done',
  };
  expect(printYaml(json)).toBe(`\
apiVersion: v1
count: 3
ratio: 0.5
"on": true
none: {}
nothing: []
"a key: with more": "text: with more"
args:
  - "--one"
  - "yes"
  - "1"
  - ""
matrix:
  - - a
    - b
  - - []
  - {}
parts:
  - name: x
    deep:
      - a:
          b: 1
  - conf: |
      one

        two
script: |-
  set -eu
  echo done
`);
});

test('of nothing is nothing, and an indentation goes before every line', () => {
  expect(printYaml({})).toBe('');
  expect(printYaml({ a: { b: 'c\nd\n' } }, 4)).toBe('    a:\n      b: |\n        c\n        d\n');
});

test('is read as what it was made of', () => {
  const pieces = [
    'a',
    'word',
    '\n',
    '\n',
    ' ',
    '- ',
    ': ',
    '#',
    '\u2028',
    '\u0085',
    '{{',
    '0x1F',
    '"',
    '\t',
  ];
  const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...pieces), weight: 4 },
    fc.string({ unit: 'binary' }),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('').toWellFormed());
  const { json } = fc.letrec<{ json: unknown; map: JsonMap }>((tie) => ({
    json: fc.oneof(
      { withCrossShrink: true, depthSize: 'small' },
      text,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
      fc.array(tie('json'), { maxLength: 4 }),
      tie('map'),
    ),
    map: fc.dictionary(text, tie('json'), {
      maxKeys: 4,
      noNullPrototype: true,
    }) as fc.Arbitrary<JsonMap>,
  }));
  fc.assert(
    fc.property(json, (it) => {
      expect(parse(printYaml({ it } as JsonMap))).toEqual({ it });
    }),
    { seed: 1, numRuns: 1000 },
  );
});
