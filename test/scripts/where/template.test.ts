import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spotOf, shownPath } from '../../../scripts/where/line';
import { fieldInTemplate } from '../../../scripts/where/template';

const shown = (text: string, line: number) => fieldInTemplate(text.split('\n'), line).shown;

const TEMPLATE = `\
{{- if .Values.on }}
metadata:
  labels:
    {{- include "web.labels" . | nindent 4 }}
    "odd key": a
spec:
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: web
      args:
        - one
        - --two=2
      env:
        {{- range $host := .Values.hosts }}
        - name: HOST
          value: {{ $host.name | quote }}
        {{- end }}
    -
      {{- if .Values.on }}
      image: a
      {{- end }}
  script: |
    a: 1
    b: 2
  last: 1
{{- end }}`;

test.each([
  [3, 'metadata.labels'],
  [4, 'metadata.labels'],
  [5, 'metadata.labels["odd key"]'],
  [6, 'spec'],
  [8, 'spec.nodeSelector'],
  [9, 'spec.nodeSelector'],
  [12, 'spec.containers[].name'],
  [13, 'spec.containers[].args'],
  [14, 'spec.containers[].args[]'],
  [15, 'spec.containers[].args[]'],
  [18, 'spec.containers[].env[].name'],
  [19, 'spec.containers[].env[].value'],
  [23, 'spec.containers[].image'],
  [25, 'spec.script'],
  [27, 'spec.script'],
  [28, 'spec.last'],
])('line %i of a template belongs to %s', (line, field) => {
  expect(shown(TEMPLATE, line)).toBe(field);
});

const DIST = resolve(__dirname, '../../../dist/prod');
const documents = readdirSync(DIST)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => readFileSync(join(DIST, name), 'utf8').split('---\n'));

test('without actions in it, it is what a parser reads', () => {
  expect(documents.length).toBeGreaterThan(5);
  for (const document of documents) {
    const lines = document.trimEnd().split('\n');
    const named = lines.flatMap((line, index) =>
      line.trim() === '' ? [] : [{ line, field: shown(document, index + 1) }],
    );
    const parsed = lines.flatMap((line, index) => {
      const path = shownPath(spotOf(document, index + 1)?.path ?? []);
      return line.trim() === '' ? [] : [{ line, field: path.replace(/\[\d+\]/g, '[]') }];
    });
    expect(named).toEqual(parsed);
  }
});
