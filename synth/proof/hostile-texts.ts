import * as fc from 'fast-check';
import { BOOLEAN_WORDS } from '../schema';

/* Texts that YAML, Go templates, printf or a shell have broken somewhere before. */

const SPACES = [
  ...['', ' ', '  lead', 'trail ', '\t', '\n', '\r', 'a\n', 'a\nb', '\na', 'a\n\n', 'a\r\nb'],
  ...['a\n  b\n c', '  \n', 'a \nb', '\ta\n\tb\n', 'a\n\n\nb\n\n', '\n\n a'],
];

const NUMBERS = [
  ...['1', '-1', '-0', '+1', '1.0', '1.', '.5', '017', '08', '1_000', '1,000', '12:30:45', '1:2'],
  ...['1e3', 'e47', 'e-3', '1e_3', '1E+6', '1e400', '-1e-400', '0o17', '0o8', '0x1F', '0x', '0b1'],
  ...['12345678901234567890', '9007199254740993', '1.7976931348623157e309', '0.1.2', '1-1', '1/2'],
  ...['.inf', '-.INF', '+.Inf', '.nan', '.NaN', 'NaN', 'Infinity', '.', '..', '-.', '_', '1Ki'],
  ...['2001-01-01', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43'],
];

const YAML = [
  ...[
    '=',
    '<<',
    '-',
    '- a',
    '-a',
    '?',
    '? a',
    ':',
    ': ',
    'a:',
    'a: b',
    ':a',
    'a: b # c',
    '#',
    '# x',
  ],
  ...[
    'a #b',
    'a# b',
    '&a',
    '*a',
    '!a',
    '!!binary',
    '!!binary aGk=',
    '!!str',
    '|',
    '|-',
    '>',
    '>+2',
  ],
  ...[
    '@a',
    '`',
    '%a',
    '%YAML 1.2',
    '[',
    ']',
    '[a]',
    '[]',
    '{',
    '}',
    '{a}',
    '{}',
    '{a: b}',
    ',',
    'a,',
  ],
  ...['---', '--- a', '...', 'a\n---\nb', '\n---\n', 'a\n...\nb', '# Source: a/b.yaml', 'a\n# b\n'],
  ...['"', "'", "''", '\\', '\\n', '\\x41', '\\u0041', '"a"', "'a'", 'a"b', "it's", 'a\\', '"\n'],
];

const TEMPLATES = [
  ...[
    '{{',
    '}}',
    '{{ .Values }}',
    '{{- fail "x" }}',
    '{{`',
    '{{ "{{" }}',
    '{{/* a */}}',
    '{{-',
    '-}}',
  ],
  ...['{{ define "web.image" }}x{{ end }}', '{{ include "a" . }}', '{% raw %}', '<no value>'],
  ...['${x}', '$x', '$(x)', '$$', '`x`', '%', '%s', '%d%!', '%%', '%!s(<nil>)', '%[1]q'],
];

/** Characters that are wide, joined, turned around, unseen or private. */
const UNICODE = [
  ...[
    'ü',
    '日本',
    '😀',
    '👩‍👩‍👧',
    'e\u0301',
    '\u0301',
    'שלום',
    'مرحبا',
    'İıſ',
    'ﬀ',
    '\u00a1',
    '\u00ad',
  ],
  ...[
    '\u200b',
    '\u200d',
    '\u200e',
    '\u2066a',
    '\u202e',
    '\ufe0f',
    '\ufffd',
    '\uf8ff',
    '<&>',
    '\ufdd0',
  ],
];

/** What names, versions and quantities may be, and what YAML may take for something else. */
const NAMES = [
  ...[
    'a',
    '0',
    '00',
    '0.0',
    '1.10',
    '1.20.0',
    'v1',
    '1e1',
    '1e-1',
    '0e0',
    '1e0001',
    'e1',
    '0x1f',
    '0xe',
  ],
  ...[
    '0b10',
    '0o7',
    '07',
    '09',
    '1-2',
    '2001-1-1',
    'inf',
    'nan',
    'null-',
    'true-1',
    'y-',
    'a--b',
    'x.y',
  ],
  ...[
    '1.5Gi',
    '100m',
    '0m',
    '1e3Ki',
    '999999999999',
    'a_b',
    'A',
    'a+b',
    '-',
    '-a',
    'a.',
    'sha256',
    '1m',
  ],
  ...['0'.repeat(63), '1'.repeat(20), 'e'.repeat(63), `1e${'9'.repeat(20)}`, 'a'.repeat(253)],
];

export const HOSTILE: readonly string[] = [
  ...new Set([...BOOLEAN_WORDS, ...SPACES, ...NUMBERS, ...YAML, ...TEMPLATES, ...UNICODE]),
];

/** What is tried of texts of which a pattern lets few pass. */
export const CANDIDATES: readonly string[] = [...new Set([...NAMES, ...HOSTILE])];

/** The edges of all 17 planes of Unicode, with what is no character in them. */
const EDGES = Array.from({ length: 17 }, (_, plane) => plane * 0x10000).flatMap((start) =>
  [0, 1, 0xfdd0, 0xfdef, 0xfffc, 0xfffd, 0xfffe, 0xffff].map((at) =>
    String.fromCodePoint(start + at),
  ),
);

const hostile = fc.constantFrom(...HOSTILE);
const joined = (separators: readonly string[], parts: fc.ArrayConstraints) =>
  fc
    .tuple(fc.constantFrom(...separators), fc.array(hostile, parts))
    .map(([separator, all]) => all.join(separator));

/** Longer than the lines of any YAML printer (80), than keys that it writes plainly (128, 1024). */
const long = fc
  .tuple(hostile, fc.constantFrom('', ' ', '\n', '-'), fc.constantFrom(81, 129, 1025, 5000))
  .map(([part, separator, length]) => {
    const unit = `${part}${separator}x`;
    return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  });

/** Any text; what Helm does not carry is among it. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: hostile },
  { weight: 3, arbitrary: joined(['', ' ', '\n', ': ', '\n  '], { minLength: 2, maxLength: 2 }) },
  { weight: 1, arbitrary: joined(['\n', '\n\n', '\n  ', '\r\n'], { minLength: 3, maxLength: 9 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...EDGES), maxLength: 6 }) },
  { weight: 1, arbitrary: long },
);
