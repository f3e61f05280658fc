import * as fc from 'fast-check';
import { emitSchema } from '../../synth/schema';
import { arbitraryOf } from '../../synth/proof/arbitrary';
import { tortureValues } from '../../synth/proof/torture-values';

/* What 500 random values of one type hold: each class of text that something stumbles over. */

const schema = emitSchema(tortureValues).properties ?? {};
const made = new Map<string, unknown[]>();
function samples(name: string): unknown[] {
  const found =
    made.get(name) ?? fc.sample(arbitraryOf(schema[name] ?? {}), { seed: 1, numRuns: 500 });
  made.set(name, found);
  return found;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  'plane 0': /[\u{a1}-\u{ffff}]/u,
  ...Object.fromEntries(
    Array.from({ length: 16 }, (_, index) => {
      const plane = (index + 1).toString(16);
      return [`plane ${plane}`, new RegExp(String.raw`[\u{${plane}0000}-\u{${plane}ffff}]`, 'u')];
    }),
  ),
  'characters that join or turn': /[\u200d\u202e\u2066]/,
  'no characters': /[\ufdd0\ufdef]|[\u{1fffe}\u{1ffff}]/u,
  templates: /\{\{/,
  booleans: /^(?:y|no|On|TRUE|~)$/,
  'numbers with exponents': /^[-+]?\d+[eE]/,
  'hexadecimal and octal numbers': /^0[xo]/,
  'numbers beyond 64 bits': /^\d{17,}|e400/,
  dates: /^2001-/,
  'sexagesimal numbers': /\b\d+:\d/,
  tags: /^!!/,
  documents: /^(?:---|\.\.\.)/m,
  comments: /#/,
  'list items': /^- /,
  colons: /: /,
  anchors: /^[&*]/,
  blocks: /^[|>]/,
  quotes: /["']/,
  formats: /%[sd]/,
  tabs: /\t/,
  'line ends of Windows': /\r\n/,
  'spaces first': /^ /,
  'spaces last': / $/,
  'newlines last': /\n\n$/,
  'many lines': /(?:\n[^]*){4}/,
  'more than a line of YAML has': /^[^]{81}/,
  'more than a key of YAML has': /^[^]{1025}/,
};

const missing = (texts: readonly string[], without: readonly string[] = []) =>
  Object.keys(CLASSES).filter(
    (name) => !without.includes(name) && !texts.some((text) => CLASSES[name]?.test(text) === true),
  );

const textsIn = (data: unknown): string[] =>
  typeof data === 'string'
    ? [data]
    : typeof data === 'object' && data !== null
      ? Object.values(data).flatMap(textsIn)
      : [];
const keysIn = (data: unknown): string[] =>
  typeof data !== 'object' || data === null
    ? []
    : [...(Array.isArray(data) ? [] : Object.keys(data)), ...Object.values(data).flatMap(keysIn)];
const numbersIn = (data: unknown): number[] =>
  typeof data === 'number'
    ? [data]
    : typeof data === 'object' && data !== null
      ? Object.values(data).flatMap(numbersIn)
      : [];
const depthOf = (data: unknown): number =>
  typeof data === 'object' && data !== null
    ? 1 + Math.max(0, ...Object.values(data).map(depthOf))
    : 0;

test.each(['text', 'labels', 'words', 'free', 'list'])('texts of every class are in %s', (name) => {
  expect(missing(samples(name).flatMap(textsIn))).toEqual([]);
});

// Unquoted in a values file, words for booleans are no text; the schema refuses them.
test.each(['labels', 'free'])('keys of every class are in %s', (name) => {
  expect(
    missing(samples(name).flatMap(keysIn), ['booleans', 'more than a key of YAML has']),
  ).toEqual([]);
});

test('texts of a pattern look like something else wherever they can, and are as long as they can be', () => {
  const texts = samples('name').map(String);
  for (const one of ['y', 'no', 'null', '1e3', '0x1f', '017', '2001-01-01', '1-1', 'e47'])
    expect(texts).toContain(one);
  expect(Math.max(...texts.map(({ length }) => length))).toBe(63);
});

test('structures are empty, long and deep', () => {
  const [free, list] = [samples('free'), samples('list')];
  expect(Math.max(...list.map((one) => (one as unknown[]).length))).toBeGreaterThan(30);
  expect(Math.max(...free.map((one) => Object.keys(one as object).length))).toBeGreaterThan(20);
  expect(Math.max(...free.map(depthOf))).toBeGreaterThan(15);
  expect(Math.max(...free.flatMap(keysIn).map(({ length }) => length))).toBe(170);
  expect(free).toContainEqual({});
});

test('numbers are at the edges of what each type carries', () => {
  expect(samples('big')).toEqual(
    expect.arrayContaining([2 ** 53 - 1, -(2 ** 53 - 1), 2 ** 31, 1_000_000, 0]),
  );
  expect(samples('huge')).toEqual(expect.arrayContaining([1e15, 5e-324, 0.1, 0]));
  const numbers = samples('list').flatMap(numbersIn);
  expect(numbers).toEqual(expect.arrayContaining([1e15, -1e15, 1e-7, 999_999, 1_000_001]));
});
