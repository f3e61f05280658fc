import { each, omitEmpty, when, whenItems } from '../../synth';
import { problemsOf } from './fixture';
import { print, yaml } from './print-fixture';
import { helmAgrees } from './print-helm';

const ROUTES = [
  { host: 'a.example', ports: [80, 443] },
  { host: 'b.example', ports: [] },
];

test('items of a list stand under when(), or several of them under whenItems()', () => {
  const printed = print(({ values: v }) => ({
    items: [
      'first',
      when(v.on, 'second'),
      when(v.on, { name: 'a' }, { name: 'b' }),
      ...whenItems(v.on, ['x', 'z'], [v.title]),
    ],
  }));
  expect(printed.template).toBe(yaml`
    items:
      - first
      {{- if .Values.on }}
      - second
      {{- end }}
      {{- if .Values.on }}
      - name: a
      {{- else }}
      - name: b
      {{- end }}
      {{- if .Values.on }}
      - x
      - z
      {{- else }}
      - {{ .Values.title | quote }}
      {{- end }}
  `);
  expect(printed.yaml()).toBe(yaml`
    items:
      - first
      - second
      - name: a
      - x
      - z
  `);
  expect(printed.yaml({ on: false })).toBe(yaml`
    items:
      - first
      - name: b
      - ""
  `);
});

test('each() makes one item of each item of a list, lists within lists too', () => {
  const printed = print(({ values: v, names, release }) => ({
    rules: [
      { host: 'fixed', ...names },
      each(v.routes, (route) => ({
        labels: { ...names },
        host: `${route.host}.${release.name}`,
        level: when(v.on, v.level),
        ports: [each(route.ports, (port) => ({ name: `p${port}`, port }))],
      })),
    ],
    words: [each(v.words, (word) => word)],
    named: [each(v.words, (word) => ({ text: word }), 'entry')],
  }));
  expect(printed.template).toBe(yaml`
    rules:
      - host: fixed
        {{- include "sample.names" . | nindent 4 }}
      {{- range $route := .Values.routes }}
      - labels:
          {{- include "sample.names" $ | nindent 6 }}
        host: {{ printf "%s.%s" $route.host $.Release.Name | quote }}
        {{- if $.Values.on }}
        level: {{ $.Values.level }}
        {{- end }}
        {{- if $route.ports }}
        ports:
          {{- range $port := $route.ports }}
          - name: "p{{ $port }}"
            port: {{ $port }}
          {{- end }}
        {{- end }}
      {{- end }}
    {{- if .Values.words }}
    words:
      {{- range $word := .Values.words }}
      - {{ $word | quote }}
      {{- end }}
    {{- end }}
    {{- if .Values.words }}
    named:
      {{- range $entry := .Values.words }}
      - text: {{ $entry | quote }}
      {{- end }}
    {{- end }}
  `);
  expect(printed.yaml({ routes: ROUTES })).toBe(yaml`
    rules:
      - host: fixed
        app: shop
        release: main
      - labels:
          app: shop
          release: main
        host: a.example.main
        level: info
        ports:
          - name: p80
            port: 80
          - name: p443
            port: 443
      - labels:
          app: shop
          release: main
        host: b.example.main
        level: info
  `);
  expect(printed.yaml({ words: ['yes', 'a b'] })).toBe(yaml`
    rules:
      - host: fixed
        app: shop
        release: main
    words:
      - "yes"
      - a b
    named:
      - text: "yes"
      - text: a b
  `);
});

test('a file is one for all items, so that it cannot hold one of them', () => {
  const work = () =>
    print((tier) => ({
      files: [each(tier.values.words, (word) => tier.file('word.txt', `${word}`))],
    }));
  expect(problemsOf(work)).toEqual([
    '[sample/case1] /files/0 puts sample.words[] into file word.txt, which is one for all items; put it into the manifest.',
  ]);
});

test('an item begins with a field that is always there', () => {
  const printed = print(({ values: v, names }) => ({
    items: [
      { level: when(v.off, 'x'), title: omitEmpty(v.title), name: 'a' },
      { ...v.labels, ...names },
      v.resources,
      [v.host, v.small],
    ],
  }));
  expect(printed.template).toBe(yaml`
    items:
      - name: a
        {{- if .Values.off }}
        level: x
        {{- end }}
        {{- with .Values.title }}
        title: {{ . | quote }}
        {{- end }}
      -
        {{- with .Values.labels }}
        {{- toYaml . | nindent 4 }}
        {{- end }}
        {{- include "sample.names" . | nindent 4 }}
      -
        {{- toYaml .Values.resources | nindent 4 }}
      - - {{ .Values.host | quote }}
        - {{ .Values.small }}
  `);
  expect(printed.yaml({ off: true })).toBe(yaml`
    items:
      - level: x
        name: a
      - app: shop
        release: main
      - cpu: "1"
        limit: 2
      - - db
        - 3
  `);
  printed.yaml({ title: 'x', labels: { a: 'b' } });
});

test('a list value is spread among fixed items, or stands whole', () => {
  const printed = print(({ values: v }) => ({
    only: [...v.words],
    after: ['first', ...v.words],
    whole: v.words,
    structural: omitEmpty(v.tolerations),
    conditional: ['first', ...whenItems(v.on, [...v.words])],
  }));
  expect(printed.template).toBe(yaml`
    {{- with .Values.words }}
    only:
      {{- toYaml . | nindent 2 }}
    {{- end }}
    after:
      - first
      {{- with .Values.words }}
      {{- toYaml . | nindent 2 }}
      {{- end }}
    whole:
      {{- toYaml .Values.words | nindent 2 }}
    {{- with .Values.tolerations }}
    structural:
      {{- toYaml . | nindent 2 }}
    {{- end }}
    conditional:
      - first
      {{- if .Values.on }}
      {{- with .Values.words }}
      {{- toYaml . | nindent 2 }}
      {{- end }}
      {{- end }}
  `);
  expect(printed.yaml()).toBe(yaml`
    after:
      - first
    whole: []
    conditional:
      - first
  `);
  const tolerations = [{ key: 'gpu', value: '1', seconds: 10 }];
  expect(printed.yaml({ words: ['no', 'x'], tolerations })).toBe(yaml`
    only:
      - "no"
      - x
    after:
      - first
      - "no"
      - x
    whole:
      - "no"
      - x
    structural:
      - key: gpu
        value: "1"
        seconds: 10
    conditional:
      - first
      - "no"
      - x
  `);
});

helmAgrees();
