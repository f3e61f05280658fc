import { and, notEmpty, sha256, shortHash, ternary, when } from '../../synth';
import { print, yaml } from './print-fixture';
import { helmAgrees } from './print-helm';

// What would render the same if it were printed worse.

test('two parts under one condition say it once in their guard', () => {
  const printed = print(({ values: v }) => ({ both: { a: when(v.on, 1), b: when(v.on, 2) } }));
  expect(printed.template).toBe(yaml`
    {{- if .Values.on }}
    both:
      {{- if .Values.on }}
      a: 1
      {{- end }}
      {{- if .Values.on }}
      b: 2
      {{- end }}
    {{- end }}
  `);
  expect(printed.yaml()).toBe(yaml`
    both:
      a: 1
      b: 2
  `);
});

test('inside and, a text that must not be empty stands by itself', () => {
  const printed = print(({ values: v }) => ({ a: when(and(v.on, notEmpty(v.title)), 1) }));
  expect(printed.template).toBe(yaml`
    {{- if and .Values.on .Values.title }}
    a: 1
    {{- end }}
  `);
});

test('a hash, or a choice of plain texts, stands inside the text', () => {
  const printed = print(({ values: v }) => ({
    hash: `x-${sha256(v.title)}`,
    short: `x-${shortHash(v.title)}`,
    choice: `x-${ternary(v.on, v.host, 'other')}`,
  }));
  expect(printed.template).toBe(yaml`
    hash: "x-{{ .Values.title | sha256sum }}"
    short: "x-{{ .Values.title | sha256sum | trunc 10 }}"
    choice: "x-{{ ternary .Values.host "other" .Values.on }}"
  `);
});

test('a pattern that counts letters keeps a text plain however it counts', () => {
  const printed = print(({ values: v }) => ({ counted: `x-${v.counted}` }));
  expect(printed.template).toBe(yaml`
    counted: "x-{{ .Values.counted }}"
  `);
});

test('a block may end in a value that is never empty, such as a word of an enum', () => {
  const printed = print(({ values: v }) => ({ a: `one\ntwo ${v.level}` }));
  expect(printed.template).toBe(yaml`
    a: |-
      one
      two {{ .Values.level }}
  `);
});

test('an item begins with a field that is always there, so that the dash stands before it', () => {
  const printed = print(({ values: v }) => ({ list: [{ open: { x: when(v.on, 1) }, fixed: 1 }] }));
  expect(printed.template).toBe(yaml`
    list:
      - fixed: 1
        {{- if .Values.on }}
        open:
          x: 1
        {{- end }}
  `);
});

helmAgrees();
