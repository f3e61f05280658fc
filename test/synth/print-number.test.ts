import { max, min, minus, plus, ternary, times } from '../../synth';
import { print, yaml } from './print-fixture';
import { helmAgrees } from './print-helm';

const MOST = Number.MAX_SAFE_INTEGER;

test('an integer that can reach a million goes through int64, as Helm reads it as a float', () => {
  const printed = print(({ values: v }) => ({
    small: v.small,
    large: v.large,
    signed: v.signed,
    text: `${v.large}`,
    inText: `size=${v.small},${v.large}`,
    freeText: `${v.title}=${v.small}`,
  }));
  expect(printed.template).toBe(yaml`
    small: {{ .Values.small }}
    large: {{ int64 .Values.large }}
    signed: {{ int64 .Values.signed }}
    text: {{ int64 .Values.large | quote }}
    inText: "size={{ .Values.small }},{{ int64 .Values.large }}"
    freeText: {{ printf "%s=%s" .Values.title (int64 .Values.small | toString) | quote }}
  `);
  expect(printed.yaml({ small: 999_999, large: 1_000_000, signed: -MOST })).toBe(yaml`
    small: 999999
    large: 1000000
    signed: -9007199254740991
    text: "1000000"
    inText: size=999999,1000000
    freeText: "=999999"
  `);
});

test('a number with a fraction goes through toJson, which writes it as JavaScript does', () => {
  const printed = print(({ values: v }) => ({
    ratio: v.ratio,
    text: `${v.ratio}`,
    inText: `ratio=${v.ratio}`,
    freeText: `${v.title}=${v.ratio}`,
    constant: 0.25,
    tiny: 1e-7,
  }));
  expect(printed.template).toBe(yaml`
    ratio: {{ toJson .Values.ratio }}
    text: {{ toJson .Values.ratio | quote }}
    inText: "ratio={{ toJson .Values.ratio }}"
    freeText: {{ printf "%s=%s" .Values.title (toJson .Values.ratio) | quote }}
    constant: 0.25
    tiny: 1e-7
  `);
  expect(printed.yaml({ ratio: 1e21 })).toBe(yaml`
    ratio: 1e+21
    text: "1e+21"
    inText: ratio=1e+21
    freeText: "=1e+21"
    constant: 0.25
    tiny: 1e-7
  `);
  expect(printed.json({ ratio: 2 })).toMatchObject({ ratio: 2, inText: 'ratio=2' });
  expect(printed.json({ ratio: 1e-9 })).toMatchObject({ ratio: 1e-9, text: '1e-9' });
  expect(printed.json({ ratio: 123456789.125 })).toMatchObject({ text: '123456789.125' });
});

test('a boolean stands as it is, and as true or false in a text', () => {
  const printed = print(({ values: v }) => ({
    on: v.on,
    text: `${v.on}`,
    inText: `on=${v.on}`,
    freeText: `${v.title}=${v.on}`,
    constant: false,
  }));
  expect(printed.template).toBe(yaml`
    "on": {{ .Values.on }}
    text: {{ .Values.on | quote }}
    inText: "on={{ .Values.on }}"
    freeText: {{ printf "%s=%s" .Values.title (toString .Values.on) | quote }}
    constant: false
  `);
  expect(printed.yaml({ on: false })).toBe(yaml`
    "on": false
    text: "false"
    inText: on=false
    freeText: "=false"
    constant: false
  `);
});

test('operands of one operator are made one type; results need no int64', () => {
  const printed = print(({ values: v }) => ({
    plus: plus(v.small, 1),
    minus: minus(v.small, v.large),
    times: times(v.small, plus(v.large, 2)),
    min: min(v.small, v.large),
    max: max(v.signed, 0),
    choice: ternary(v.on, v.small, 9),
    mixed: ternary(v.on, v.ratio, v.small),
    words: ternary(v.on, v.host, 'none'),
    inText: `${plus(v.small, 1)} of ${ternary(v.on, v.large, 9)}`,
  }));
  expect(printed.template).toBe(yaml`
    plus: {{ add (int64 .Values.small) 1 }}
    minus: {{ sub (int64 .Values.small) (int64 .Values.large) }}
    times: {{ mul (int64 .Values.small) (add (int64 .Values.large) 2) }}
    min: {{ min (int64 .Values.small) (int64 .Values.large) }}
    max: {{ max (int64 .Values.signed) 0 }}
    choice: {{ int64 (ternary (int64 .Values.small) 9 .Values.on) }}
    mixed: {{ toJson (ternary (float64 .Values.ratio) (float64 .Values.small) .Values.on) }}
    words: {{ ternary .Values.host "none" .Values.on | quote }}
    inText: "{{ add (int64 .Values.small) 1 }} of {{ int64 (ternary (int64 .Values.large) 9 .Values.on) }}"
  `);
  expect(printed.yaml({ small: 999_999, large: 1_000_000 })).toBe(yaml`
    plus: 1000000
    minus: -1
    times: 1000000999998
    min: 999999
    max: 0
    choice: 999999
    mixed: 0.5
    words: db
    inText: "1000000 of 1000000"
  `);
  expect(printed.json({ on: false, signed: 5 })).toMatchObject({
    max: 5,
    choice: 9,
    mixed: 3,
    words: 'none',
    inText: '4 of 9',
  });
});

helmAgrees();
