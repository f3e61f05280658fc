import { eq, gt, not, notEmpty, omitEmpty, or, when, whenItems } from '../../synth';
import { print, yaml } from './print-fixture';
import { helmAgrees } from './print-helm';

test('a field under when() is there only where the condition holds', () => {
  const printed = print(({ values: v }) => ({
    fixed: 1,
    replicas: when(v.on, v.small),
    either: when(v.on, 'blue', 'green'),
    unless: when(v.on, undefined, 'red'),
    map: when(v.on, { a: 1 }, { b: 2 }),
  }));
  expect(printed.template).toBe(yaml`
    fixed: 1
    {{- if .Values.on }}
    replicas: {{ .Values.small }}
    {{- end }}
    {{- if .Values.on }}
    either: blue
    {{- else }}
    either: green
    {{- end }}
    {{- if not .Values.on }}
    unless: red
    {{- end }}
    {{- if .Values.on }}
    map:
      a: 1
    {{- else }}
    map:
      b: 2
    {{- end }}
  `);
  expect(printed.yaml({ on: true })).toBe(yaml`
    fixed: 1
    replicas: 3
    either: blue
    map:
      a: 1
  `);
  expect(printed.yaml({ on: false })).toBe(yaml`
    fixed: 1
    either: green
    unless: red
    map:
      b: 2
  `);
});

test('several fields under one condition are spread from one when()', () => {
  const printed = print(({ values: v }) => ({
    spec: { type: 'x', ...when(v.on, { a: 1, b: when(v.off, 2) }, { c: 3 }) },
    fixed: 1,
  }));
  expect(printed.template).toBe(yaml`
    spec:
      type: x
      {{- if .Values.on }}
      a: 1
      {{- if .Values.off }}
      b: 2
      {{- end }}
      {{- else }}
      c: 3
      {{- end }}
    fixed: 1
  `);
  expect(printed.yaml()).toBe(yaml`
    spec:
      type: x
      a: 1
    fixed: 1
  `);
});

test('a condition is printed the way people write it: an empty text, list or map is false', () => {
  const printed = print(({ values: v }) => ({
    a: when(notEmpty(v.title), 1),
    b: when(not(notEmpty(v.words)), 2),
    c: when(or(notEmpty(v.labels), gt(v.small, 5)), 3),
    d: when(eq(v.level, 'warn'), 4),
    e: when(eq(v.ratio, 0.5), 5),
  }));
  expect(printed.template).toBe(yaml`
    {{- if .Values.title }}
    a: 1
    {{- end }}
    {{- if not .Values.words }}
    b: 2
    {{- end }}
    {{- if or .Values.labels (gt (int64 .Values.small) 5) }}
    c: 3
    {{- end }}
    {{- if eq .Values.level "warn" }}
    d: 4
    {{- end }}
    {{- if eq (float64 .Values.ratio) (float64 0.5) }}
    e: 5
    {{- end }}
  `);
  expect(printed.json()).toMatchObject({ b: 2, e: 5 });
  expect(printed.yaml({ title: 'x', words: ['x'], small: 6, level: 'warn', ratio: 1 })).toBe(yaml`
    a: 1
    c: 3
    d: 4
  `);
});

test('a map or list is left out where all its parts are: its guard is said once', () => {
  const printed = print(({ values: v }) => ({
    one: { a: when(v.on, 1) },
    several: { a: when(v.on, 1), b: when(v.off, 2) },
    always: { a: when(v.on, 1), b: when(not(v.on), 2) },
    items: [...whenItems(v.off, ['x', 'z'])],
    spread: { ...v.labels },
    nested: { outer: { inner: omitEmpty(v.title) } },
    none: {},
    noItems: [],
  }));
  expect(printed.template).toBe(yaml`
    {{- if .Values.on }}
    one:
      a: 1
    {{- end }}
    {{- if or .Values.on .Values.off }}
    several:
      {{- if .Values.on }}
      a: 1
      {{- end }}
      {{- if .Values.off }}
      b: 2
      {{- end }}
    {{- end }}
    always:
      {{- if .Values.on }}
      a: 1
      {{- end }}
      {{- if not .Values.on }}
      b: 2
      {{- end }}
    {{- if .Values.off }}
    items:
      - x
      - z
    {{- end }}
    {{- with .Values.labels }}
    spread:
      {{- toYaml . | nindent 2 }}
    {{- end }}
    {{- if .Values.title }}
    nested:
      {{- with .Values.title }}
      outer:
        inner: {{ . | quote }}
      {{- end }}
    {{- end }}
    none: {}
    noItems: []
  `);
  expect(printed.yaml({ on: false })).toBe(yaml`
    always:
      b: 2
    none: {}
    noItems: []
  `);
  expect(printed.yaml({ title: 't', labels: { a: 'b' } })).toBe(yaml`
    one:
      a: 1
    several:
      a: 1
    always:
      a: 1
    spread:
      a: b
    nested:
      outer:
        inner: t
    none: {}
    noItems: []
  `);
});

test('omitEmpty() leaves a field out where its text, list or map is empty', () => {
  const printed = print(({ values: v }) => ({
    text: omitEmpty(v.title),
    list: omitEmpty(v.words),
    map: omitEmpty(v.labels),
    structural: omitEmpty(v.affinity),
    either: when(v.on, omitEmpty(v.title), 'none'),
  }));
  expect(printed.template).toBe(yaml`
    {{- with .Values.title }}
    text: {{ . | quote }}
    {{- end }}
    {{- with .Values.words }}
    list:
      {{- toYaml . | nindent 2 }}
    {{- end }}
    {{- with .Values.labels }}
    map:
      {{- toYaml . | nindent 2 }}
    {{- end }}
    {{- with .Values.affinity }}
    structural:
      {{- toYaml . | nindent 2 }}
    {{- end }}
    {{- if .Values.on }}
    {{- with .Values.title }}
    either: {{ . | quote }}
    {{- end }}
    {{- else }}
    either: none
    {{- end }}
  `);
  expect(printed.yaml()).toBe('');
  const affinity = { nodeAffinity: { weight: 10, deep: [{ a: 1.5, b: true, c: '' }] } };
  printed.yaml({ on: false, labels: { 'a/b': 'yes' }, words: ['1'], affinity: { a: 1 } });
  expect(printed.yaml({ title: 'yes', affinity })).toBe(yaml`
    text: "yes"
    structural:
      nodeAffinity:
        weight: 10
        deep:
          - a: 1.5
            b: true
            c: ""
    either: "yes"
  `);
});

test('a map value is spread beside fixed fields; its schema then refuses their keys', () => {
  const printed = print(({ values: v }) => ({ labels: { app: 'shop', ...v.labels } }));
  expect(printed.template).toBe(yaml`
    labels:
      app: shop
      {{- with .Values.labels }}
      {{- toYaml . | nindent 2 }}
      {{- end }}
  `);
  expect(printed.yaml({ labels: { team: 'a', 'example.com/on': 'on' } })).toBe(yaml`
    labels:
      app: shop
      team: a
      example.com/on: "on"
  `);
  expect(printed.keysRefused('labels')).toEqual(['app']);
});

test('a fragment is a helper of the chart, named after the tier', () => {
  const printed = print(({ names }) => ({ labels: { ...names, own: 'x' } }));
  expect(printed.template).toBe(yaml`
    labels:
      {{- include "sample.names" . | nindent 2 }}
      own: x
  `);
  expect(printed.helpers).toBe(yaml`
    {{- define "sample.names" -}}
    app: shop
    release: {{ .Release.Name | quote }}
    {{- end }}
  `);
  expect(printed.yaml()).toBe(yaml`
    labels:
      app: shop
      release: main
      own: x
  `);
});

test('a group of values stands whole, as the values file has it', () => {
  const printed = print(({ values: v }) => ({ resources: v.resources }));
  expect(printed.template).toBe(yaml`
    resources:
      {{- toYaml .Values.resources | nindent 2 }}
  `);
  expect(printed.yaml({ resources: { cpu: '2' } })).toBe(yaml`
    resources:
      cpu: "2"
      limit: 2
  `);
});

helmAgrees();
