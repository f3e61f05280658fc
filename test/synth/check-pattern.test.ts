import { complaintAboutPattern } from '../../synth/check-pattern';
import { helm3, helm4, type Program } from '../../synth/proof/programs';
import { ChartFolder } from './helm';

type Case = readonly [pattern: string, matching: string, other: string];

/** Each with a text that matches and one that does not. */
const READ: readonly Case[] = [
  [String.raw`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`, 'a-b', '-a'],
  [String.raw`^(?:a|b){2,3}$`, 'aba', 'abab'],
  [String.raw`^\d+\.\d+$`, '1.5', '1,5'],
  [String.raw`^\w+\/\S+$`, 'a/b', 'a/ '],
  [String.raw`^a\sb$`, 'a b', 'a_b'],
  [String.raw`^[^\s/]+$`, 'ab', 'a b'],
  [String.raw`^[\]\[\\^-]+$`, '[]', 'a'],
  [String.raw`^\p{L}+$`, 'äé', '1'],
  [String.raw`^\x41\bb?`, 'A', 'AA'],
  [String.raw`^\\u0061$`, String.raw`\u0061`, 'a'],
  [String.raw`^a.c$`, 'abc', 'a\nc'],
  [String.raw`^a+?b*?$`, 'aab', 'c'],
  [String.raw`^a{1000}$`, 'a'.repeat(1000), 'a'],
  [String.raw`^\$\{x\}$`, '${x}', '{x}'],
];

describe.each([
  ['Helm 3', helm3],
  ['Helm 4', helm4],
])('a pattern that has no complaint is read by %s as here:', (_, helm) => {
  test.each(READ)('%s', (pattern, matching, other) => {
    expect(complaintAboutPattern(pattern)).toBeUndefined();
    expect(new RegExp(pattern, 'u').test(matching)).toBe(true);
    expect(new RegExp(pattern, 'u').test(other)).toBe(false);
    expect(matches(helm(), pattern, [matching, other])).toEqual([true, false]);
  });
});

/** Which of the texts a chart takes whose only value has this pattern. */
function matches(helm: Program, pattern: string, texts: readonly string[]): boolean[] {
  const schema = { type: 'object', properties: { text: { type: 'string', pattern } } };
  const chart = new ChartFolder(
    new Map([
      ['Chart.yaml', 'apiVersion: v2\nname: pattern\nversion: 1.0.0\n'],
      ['values.yaml', '{}\n'],
      ['values.schema.json', JSON.stringify(schema)],
    ]),
  );
  try {
    return texts.map((text) => chart.template(helm, { text }).accepted);
  } finally {
    chart.remove();
  }
}

test.each([
  '^(?=a)a$',
  '^a(?!b)',
  '(?<=a)b',
  '(?<!a)b',
  '^(?<one>a)$',
  String.raw`^(a)\1$`,
  String.raw`^\u0061$`,
  String.raw`^\cA$`,
  String.raw`^\0$`,
  String.raw`^\p{Letter}$`,
  String.raw`^\p{Script=Greek}$`,
  '^[]$',
  '^[^]$',
  '^[[:alpha:]$',
])('%s is refused', (pattern) => {
  expect(complaintAboutPattern(pattern)).toBe(
    "Helm's regular expressions (RE2) cannot read; use no look-around, back-reference, named group or \\u",
  );
});

test('more repeats than 1000 are refused', () => {
  const message =
    "repeats more than 1000 times, which Helm's regular expressions (RE2) cannot; use min() and max()";
  expect(complaintAboutPattern('^a{1001}$')).toBe(message);
  expect(complaintAboutPattern('^a{2,1001}$')).toBe(message);
  expect(complaintAboutPattern(String.raw`^a\{1001\}$`)).toBeUndefined();
});

test('what escapes without need is refused, as Unicode patterns lack it', () => {
  expect(complaintAboutPattern(String.raw`^\a$`)).toBe(
    'is no regular expression of Unicode (Invalid escape); escape only what needs it',
  );
});
