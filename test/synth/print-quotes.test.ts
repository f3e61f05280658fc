import { print, yaml } from './print-fixture';
import { helmAgrees } from './print-helm';

test('a text stands without quotes where no YAML parser can take it for anything else', () => {
  const words = [
    'a',
    'x y',
    'two words',
    'a:b',
    'a=b',
    'a,b',
    '/etc/ssl',
    'node@24',
    'shop.example',
    'Mi',
  ];
  expect(print(() => ({ words })).template).toBe(yaml`
    words:
      - a
      - x y
      - two words
      - a:b
      - a=b
      - a,b
      - /etc/ssl
      - node@24
      - shop.example
      - Mi
  `);
});

test('a text that some YAML parser reads as a boolean, null, number or date is quoted', () => {
  const words = ['yes', 'No', 'ON', 'y', 'null', '~', 'TRUE', '1', '0x1f', '0o17', '1_000', '.5'];
  const exponents = ['1e3', 'e47', 'E+4', 'e-3'];
  const dates = ['12:30', '2026-08-21'];
  expect(print(() => ({ words, exponents, dates })).template).toBe(yaml`
    words:
      - "yes"
      - "No"
      - "ON"
      - "y"
      - "null"
      - "~"
      - "TRUE"
      - "1"
      - "0x1f"
      - "0o17"
      - "1_000"
      - ".5"
    exponents:
      - "1e3"
      - "e47"
      - "E+4"
      - "e-3"
    dates:
      - "12:30"
      - "2026-08-21"
  `);
});

test('a text with white space or signs that mean something in YAML is quoted', () => {
  const signs = ['-', '- a', 'a:', 'a: b', 'a #b', '#', '*a', '&a', '!a', '@a', '[a]', '{a}', '|'];
  const ends = ['', ' a', 'a ', "it's", 'say "hi"', 'C:\\dir', 'a\tb', 'a\r\nb', 'naïve 😀'];
  expect(print(() => ({ signs, ends })).template).toBe(yaml`
    signs:
      - "-"
      - "- a"
      - "a:"
      - "a: b"
      - "a #b"
      - "#"
      - "*a"
      - "&a"
      - "!a"
      - "@a"
      - "[a]"
      - "{a}"
      - "|"
    ends:
      - ""
      - " a"
      - "a "
      - "it's"
      - "say \"hi\""
      - "C:\\dir"
      - "a\tb"
      - "a\r\nb"
      - "naïve 😀"
  `);
});

test('keys obey the same rules as texts', () => {
  const keys = { '8080': 1, on: 2, 'a: b': 3, 'nvidia.com/gpu': 4, '{{ a': 5 };
  const printed = print(() => ({ keys }));
  expect(printed.template).toBe(yaml`
    keys:
      "8080": 1
      "on": 2
      "a: b": 3
      nvidia.com/gpu: 4
      "{{ "{{" }} a": 5
  `);
  expect(printed.yaml()).toBe(yaml`
    keys:
      "8080": 1
      "on": 2
      "a: b": 3
      nvidia.com/gpu: 4
      "{{ a": 5
  `);
});

test('lines are a literal block, unless white space at an end or odd characters could be lost', () => {
  const texts = {
    lines: 'a: 1\n\n  # b\\n\n',
    noNewline: 'a\nb',
    newlines: 'a\n\n',
    leadingSpace: ' a\nb\n',
    trailingSpace: 'a\nb \n',
    emoji: 'a\n😀\n',
    carriageReturn: 'a\r\nb\n',
  };
  expect(print(() => texts).template).toBe(yaml`
    lines: |
      a: 1

        # b\n
    noNewline: |-
      a
      b
    newlines: "a\n\n"
    leadingSpace: " a\nb\n"
    trailingSpace: "a\nb \n"
    emoji: "a\n😀\n"
    carriageReturn: "a\r\nb\n"
  `);
});

helmAgrees();
