import { createHash } from 'node:crypto';
import { b64, image, orElse, sha256 } from '../../synth';
import { print, yaml } from './print-fixture';
import { helmAgrees } from './print-helm';

test('double braces of a text are no template action in the chart, and stay as they are in dist', () => {
  const printed = print(({ values: v }) => ({
    constant: '{{ .Values.x }}',
    lines: 'a\n{{{ b }}}\n',
    beforeValue: `{${v.host}}`,
    withValue: `{{ ${v.host} }}`,
    unsafe: `{{ ${v.title} }}`,
  }));
  expect(printed.template).toBe(yaml`
    constant: "{{ "{{" }} .Values.x }}"
    lines: |
      a
      {{ "{{{" }} b }}}
    beforeValue: "{{ "{" }}{{ .Values.host }}}"
    withValue: "{{ "{{" }} {{ .Values.host }} }}"
    unsafe: {{ printf "{{ %s }}" .Values.title | quote }}
  `);
  expect(printed.yaml({ title: '}} {{' })).toBe(yaml`
    constant: "{{ .Values.x }}"
    lines: |
      a
      {{{ b }}}
    beforeValue: "{db}"
    withValue: "{{ db }}"
    unsafe: "{{ }} {{ }}"
  `);
});

test('a value whose pattern keeps it plain stands in the text; any other goes through quote', () => {
  const printed = print(({ values: v, global }) => ({
    plain: v.host,
    url: `https://${v.host}.${global.domain}:${v.small}/?level=${v.level}&on=${v.on}`,
    free: v.title,
    inText: `Title: ${v.title} (100 %)`,
    quoted: `say "${v.title}"`,
    path: `C:\\${v.title}`,
    oneWord: `${v.title}`,
  }));
  expect(printed.template).toBe(yaml`
    plain: {{ .Values.host | quote }}
    url: "https://{{ .Values.host }}.{{ .Values.global.domain }}:{{ .Values.small }}/?level={{ .Values.level }}&on={{ .Values.on }}"
    free: {{ .Values.title | quote }}
    inText: {{ printf "Title: %s (100 %%)" .Values.title | quote }}
    quoted: {{ printf \`say "%s"\` .Values.title | quote }}
    path: {{ printf "C:\\%s" .Values.title | quote }}
    oneWord: {{ .Values.title | quote }}
  `);
  expect(printed.yaml({ title: 'a "b" \\ %s 😀' })).toBe(yaml`
    plain: db
    url: "https://db.shop.example:3/?level=info&on=true"
    free: "a \"b\" \\ %s 😀"
    inText: "Title: a \"b\" \\ %s 😀 (100 %)"
    quoted: "say \"a \"b\" \\ %s 😀\""
    path: "C:\\a \"b\" \\ %s 😀"
    oneWord: "a \"b\" \\ %s 😀"
  `);
});

test('words of an enum stand without quotes where none of them needs any', () => {
  const printed = print(({ values: v }) => ({ level: v.level, answer: v.answer }));
  expect(printed.template).toBe(yaml`
    level: {{ .Values.level }}
    answer: {{ .Values.answer | quote }}
  `);
  expect(printed.yaml({ answer: 'yes' })).toBe(yaml`
    level: info
    answer: "yes"
  `);
});

test('lines with plain values are a literal block; one free value makes them a quoted printf', () => {
  const printed = print(({ values: v }) => ({
    plain: `[server]\nhost = ${v.host}${v.suffix}\nport = ${v.small}\n`,
    free: `[server]\ntitle = ${v.title}\nratio = 100%\n`,
    emptyAtEnd: `host = ${v.host}\nsuffix = ${v.suffix}`,
    emptyAtStart: `${v.suffix}\nhost = ${v.host}\n`,
  }));
  expect(printed.template).toBe(yaml`
    plain: |
      [server]
      host = {{ .Values.host }}{{ .Values.suffix }}
      port = {{ .Values.small }}
    free: {{ printf "[server]\ntitle = %s\nratio = 100%%\n" .Values.title | quote }}
    emptyAtEnd: "host = {{ .Values.host }}\nsuffix = {{ .Values.suffix }}"
    emptyAtStart: "{{ .Values.suffix }}\nhost = {{ .Values.host }}\n"
  `);
  expect(printed.yaml({ title: '#1' })).toBe(yaml`
    plain: |
      [server]
      host = db
      port = 3
    free: |
      [server]
      title = #1
      ratio = 100%
    emptyAtEnd: "host = db\nsuffix = "
    emptyAtStart: "\nhost = db\n"
  `);
});

test('a file stands in files/, where values are actions; its ConfigMap and checksum use the same', () => {
  const printed = print((tier) => {
    const { host, title } = tier.values;
    const server = tier.file('server.conf', `host = ${host}\n`);
    const free = tier.file('free.conf', `title = ${title}\nbraces = {{\n`);
    const script = tier.file('run.sh', 'echo {{\n');
    return { server, free, script, checksum: sha256(server) };
  });
  expect(printed.template).toBe(yaml`
    server: |
      {{- tpl (.Files.Get "files/server.conf") . | nindent 2 }}
    free: {{ tpl (.Files.Get "files/free.conf") . | quote }}
    script: |
      {{- .Files.Get "files/run.sh" | nindent 2 }}
    checksum: {{ tpl (.Files.Get "files/server.conf") . | sha256sum | quote }}
  `);
  expect(printed.files).toEqual({
    'server.conf': 'host = {{ .Values.host }}\n',
    'free.conf': 'title = {{ .Values.title }}\nbraces = {{ "{{" }}\n',
    'run.sh': 'echo {{\n',
  });
  expect(printed.yaml()).toBe(yaml`
    server: |
      host = db
    free: |
      title = 
      braces = {{
    script: |
      echo {{
    checksum: ${createHash('sha256').update('host = db\n').digest('hex')}
  `);
});

test('an image comes from the registry of all, where there is one, and has its digest', () => {
  const printed = print(({ values: v, global }) => ({
    image: image(v.image, global.imageRegistry),
  }));
  expect(printed.template).toBe(yaml`
    image: {{ include "sample.image" (dict "image" .Values.image "registry" .Values.global.imageRegistry) | quote }}
  `);
  expect(printed.helpers).toBe(yaml`
    {{- define "sample.image" -}}
    {{- $registry := .registry | default .image.registry -}}
    {{- printf "%s/%s:%s" $registry .image.repository .image.tag -}}
    {{- with .image.digest }}@{{ . }}{{ end -}}
    {{- end }}
  `);
  expect(printed.yaml()).toBe('image: docker.io/library/node:24.1.0\n');
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  expect(printed.yaml({ image: { digest } }, { imageRegistry: 'mirror.example' })).toBe(
    `image: mirror.example/library/node:24.1.0@${digest}\n`,
  );
});

test('operators on texts are pipelines, from left to right in the order that they apply', () => {
  const printed = print(({ values: v }) => ({
    fallback: orElse(v.title, 'none'),
    quotedFallback: orElse(v.title, 'the "none"'),
    base64: b64(v.title),
    hash: sha256(`${v.host}!`),
    nested: `${b64(orElse(v.title, v.host))}.${sha256(v.host)}`,
  }));
  expect(printed.template).toBe(yaml`
    fallback: {{ .Values.title | default "none" | quote }}
    quotedFallback: {{ .Values.title | default \`the "none"\` | quote }}
    base64: {{ .Values.title | b64enc | quote }}
    hash: {{ printf "%s!" .Values.host | sha256sum | quote }}
    nested: "{{ .Values.title | default .Values.host | b64enc }}.{{ .Values.host | sha256sum }}"
  `);
  // printf '%s' hello | base64
  expect(printed.json({ title: 'hello' })).toMatchObject({
    fallback: 'hello',
    quotedFallback: 'hello',
    base64: 'aGVsbG8=',
  });
  expect(printed.json()).toMatchObject({ fallback: 'none', quotedFallback: 'the "none"' });
});

helmAgrees();
