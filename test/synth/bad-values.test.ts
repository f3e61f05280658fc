import { Construct } from 'constructs';
import { createHash } from 'node:crypto';
import {
  and,
  each,
  eq,
  image,
  minus,
  not,
  orElse,
  plus,
  sha256,
  ternary,
  times,
  when,
} from '../../synth';
import { configMap, demo, plain, problemsOf, problemsOfData, sample } from './fixture';
import type { Plain, Sample } from './fixture';

type Case = readonly [
  rule: string,
  data: (values: Plain, tier: Sample) => unknown,
  message: string,
];
const textOf = ({ values }: Sample) => `${values.text}`;
const problems = (data: Case[1]) => problemsOfData((tier) => data(plain(tier), tier));

describe('a value is known only when a twin is made, so it is refused', () => {
  const known = (what: string, deed: string, remedy: string) =>
    `[demo, here] The ${what} ${deed}, but it is known only when a twin is made; ${remedy}.`;
  const arithmetic = (what: string) =>
    known(
      what,
      'was used in arithmetic or a comparison',
      'use plus(), minus(), times(), eq(), gt() or ge(), or `${value}` for text',
    );
  const json = (what: string) =>
    known(what, 'was given to JSON.stringify', 'build the text with a template literal');
  const text = (what: string) =>
    known(what, 'was put into a text', 'only texts, numbers and booleans can be part of a text');

  test.each<Case>([
    ['in a sum', ({ count }) => ({ a: count + 1 }), arithmetic('value demo.count')],
    ['in a product', ({ count }) => ({ a: count * 2 }), arithmetic('value demo.count')],
    [
      'in a comparison',
      ({ count }) => ({ a: count > 3 ? 'many' : 'few' }),
      arithmetic('value demo.count'),
    ],
    ['with + and a text', ({ text }) => ({ a: text + '-suffix' }), arithmetic('value demo.text')],
    ['in Number()', ({ text }) => ({ a: Number(text) }), arithmetic('value demo.text')],
    ['in Math.max()', ({ count }) => ({ a: Math.max(count, 2) }), arithmetic('value demo.count')],
    [
      'in JSON.stringify',
      ({ count }) => ({ a: JSON.stringify({ count }) }),
      json('value demo.count'),
    ],
    [
      'in JSON.stringify as a whole',
      (values) => ({ a: JSON.stringify(values) }),
      json('value demo'),
    ],
    [
      'in JSON.stringify when spread',
      ({ labels }) => ({ a: JSON.stringify({ ...labels }) }),
      json('spread of value demo.labels'),
    ],
    [
      'in JSON.stringify below when()',
      (_, { values }) => ({ a: JSON.stringify([when(values.active, 1)]) }),
      json('when(demo.active, …)'),
    ],
    [
      'in a text when it is a list',
      ({ words }) => ({ a: String(words) }),
      text('value demo.words'),
    ],
    [
      'in a text when it is a group',
      ({ group }) => ({ a: `a-${group as unknown as string}` }),
      text('value demo.group'),
    ],
    [
      'in a text when it is conditional',
      (_, { values }) => ({ a: `a-${when(values.active, 1) as unknown as string}` }),
      text('when(demo.active, …)'),
    ],
    [
      'as a function',
      ({ text }) => ({ a: (text as never as () => string)() }),
      known('value demo.text', 'was called as a function', 'use an operator of this engine'),
    ],
    [
      'on the left of an assignment',
      (values) => ({ a: [Object.assign(values, { text: 'b' }).text] }),
      known('value demo', 'was assigned the property text', 'declare it in the schema'),
    ],
  ])('%s', (_, data, message) => {
    expect(problems(data)).toEqual([message]);
  });

  test('in a comparison, of which none holds, so that no loop goes on for ever', () => {
    demo(sample, (tier) => {
      const { count } = plain(tier);
      expect([count < 1, count > 1, count <= 1, count >= 1]).toEqual([false, false, false, false]);
    });
  });

  test('in the function of each(), which runs when the object is read', () => {
    const data: Case[1] = ({ hosts }, { values }) => ({
      a: [each(values.hosts, (host) => ({ a: (host as unknown as Plain['hosts'][0]).port + 1 }))],
      b: hosts,
    });
    expect(problems(data)).toEqual([
      arithmetic('value demo.hosts[].port').replace('[demo,', '[demo/config,'),
    ]);
  });

  test('by name in a function of JavaScript, and the rest is not read', () => {
    const member = (of: string, name: string, remedy: string) => [
      `[demo, here] The ${of} has no member ${name}; ${remedy}.`,
    ];
    const leaf = 'use an operator of this engine, each() for a list, or `${value}` for text';
    const group = `declare it in the schema or correct its name (known: ${Object.keys(sample).join(', ')})`;
    expect(problems(({ text }) => text.slice(0, 3))).toEqual(
      member('value demo.text', 'slice', leaf),
    );
    expect(problems(({ text }) => text.length)).toEqual(member('value demo.text', 'length', leaf));
    expect(problems(({ hosts }) => hosts.map(({ port }) => port))).toEqual(
      member('value demo.hosts', 'map', leaf),
    );
    expect(problems(({ hosts }) => [...hosts].map(({ port }) => port))).toEqual(
      member('spread of value demo.hosts', 'port', leaf),
    );
    expect(problems(({ text }) => sha(text))).toEqual(member('value demo.text', 'name', leaf));
    expect(problems((values) => (values as unknown as { texxt: string }).texxt)).toEqual(
      member('value demo', 'texxt', group),
    );
  });
});

const half = (text: string) => text.slice(0, text.length / 2);
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a text with a value is whole in the manifest, or refused:', () => {
  const lost =
    '[demo, here] A text with value demo.text reached no manifest; if it was cut, hashed or encoded, use sha256() or b64() of this engine, and remove it if it is not needed.';
  const part = (path: string, what: string) =>
    `[demo/config] ${path} holds only a part of ${what}, or its letters in another case; build the text from whole values.`;
  const keys = (path: string) =>
    `[demo/config] ${path} holds the keys of value demo.labels, which are known only when a twin is made; spread the map with "...", or declare a list and use each().`;

  test.each<Case>([
    ['hashed', (_, tier) => ({ a: sha(textOf(tier)) }), lost],
    ['encoded in Base64', (_, tier) => ({ a: Buffer.from(textOf(tier)).toString('base64') }), lost],
    ['encoded for a URL', ({ text }) => ({ a: encodeURIComponent(text) }), lost],
    ['made and not used', (_, tier) => ({ a: textOf(tier).startsWith('a') ? 'a' : 'b' }), lost],
    [
      'cut to the 63 characters of a label',
      ({ text }) => ({ a: `a-${text}`.slice(0, 63) }),
      part('/data/a', 'value demo.text'),
    ],
    [
      'cut to the 253 characters of a name',
      ({ text }) => ({ a: `a-${text}`.slice(0, 253) }),
      part('/data/a', 'value demo.text'),
    ],
    ['cut in half', (_, tier) => ({ a: half(textOf(tier)) }), part('/data/a', 'value demo.text')],
    [
      'cut at its start',
      ({ text }) => ({ a: `${text}-${text}`.slice(9) }),
      part('/data/a', 'value demo.text'),
    ],
    [
      'in capitals',
      (_, tier) => ({ a: textOf(tier).toUpperCase() }),
      part('/data/a', 'value demo.text'),
    ],
    [
      'cut before an operator',
      (_, tier) => ({ a: orElse(textOf(tier).slice(9), tier.values.name) }),
      'TypeError: orElse() got a text that holds only a part of value demo.text, or its letters in another case; build the text from whole values.',
    ],
    ['as a list of keys', ({ labels }) => ({ a: Object.keys(labels) }), keys('/data/a/0')],
    [
      'as entries',
      ({ labels }) => ({ a: Object.entries(labels).map(([name]) => ({ name })) }),
      keys('/data/a/0/name'),
    ],
  ])('%s', (_, data, message) => {
    expect(problems(data)).toEqual([message]);
  });

  test('cut to so few characters that only its making is known', () => {
    expect(problems((_, tier) => ({ a: textOf(tier).slice(0, 3) }))).toEqual([
      part('/data/a', 'a value'),
      lost,
    ]);
  });

  test('of a platform that was read before', () => {
    const kept: string[] = [];
    Array.from(demo(sample, ({ values }) => void kept.push(`${values.text}`)).trees());
    expect(problems(() => ({ a: kept[0] }))).toEqual([
      '[demo/config] /data/a holds a value of a platform that was read before; build each platform from its own tiers, once.',
    ]);
  });

  test('in the id of a construct', () => {
    const fill = (tier: Sample) => configMap(new Construct(tier, `a-${tier.values.text}`), {});
    expect(problemsOf(() => demo(sample, fill).build())).toEqual([
      '[demo/a-${demo.text}/config] Construct id "a-${demo.text}" cannot be part of a file name, and could leave the output folder; use letters, digits, "." and "-".',
    ]);
  });
});

describe('an operator refuses', () => {
  test.each<Case>([
    [
      'texts where it computes',
      (_, { values }) => plus(values.text as never, 1),
      'plus() got demo.text, which is a string; it takes integers only.',
    ],
    [
      'fractions',
      (_, { values }) => minus(values.ratio, 1),
      'minus() got demo.ratio, which is a number; it takes integers only.',
    ],
    [
      'what could leave the exact integers',
      (_, { values }) => times(values.large, 2),
      'times(demo.large, 2) could reach -18014398509481982, beyond the integers that Helm computes exactly; give its values a min() and max() in the schema.',
    ],
    [
      'a text as condition',
      (_, { values }) => and(values.active, values.text as never),
      'and() got demo.text, which is a string; it takes a boolean.',
    ],
    [
      'a text and a number compared',
      (_, { values }) => eq(values.text, 1 as never),
      'eq(demo.text, 1) compares a string with a number; both sides must be of one type.',
    ],
    [
      'branches of two types',
      (_, { values }) => ternary(values.active, values.text, 1 as never),
      'ternary(demo.active, demo.text, 1) chooses between a string and a number; both must be of one type.',
    ],
    [
      'a number to hash',
      (_, { values }) => sha256(values.count as never),
      'sha256() got demo.count, which is a number; it takes a string.',
    ],
    [
      'a list',
      (_, { values }) => eq(values.words as never, 'a'),
      'eq() got demo.words, which is a list; it takes text, numbers and booleans.',
    ],
  ])('%s', (_, data, message) => {
    expect(problems((values, tier) => ({ a: data(values, tier) }))).toEqual([
      `[demo, here] ${message}`,
    ]);
  });

  test.each<readonly [string, Case[1], string]>([
    ['undefined', () => not(undefined as never), 'not() got undefined'],
    ['an object', (_, { values }) => plus(values.count, {} as never), 'plus() got an object'],
    ['a list of constants', () => eq(['a'] as never, 'a'), 'eq() got a list of constants'],
    ['a function', () => not(Boolean as never), 'not() got a function'],
    ['NaN', (_, { values }) => plus(values.count, NaN), 'plus() got NaN'],
    [
      'what is conditional',
      (_, { values }) => image(when(values.active, 1) as never, values.text),
      'image() got when(demo.active, …)',
    ],
  ])('%s', (_, data, message) => {
    expect(problems(data)).toEqual([
      `TypeError: ${message}; it takes a value, text, a number or a boolean.`,
    ]);
  });
});
