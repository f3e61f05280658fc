import { runInNewContext } from 'node:vm';
import { Manifest, not, when } from '../../synth';
import { configMap, demo, plain, problemsOf, problemsOfData, sample, type Sample } from './fixture';

type Case = readonly [rule: string, data: (tier: Sample) => unknown, message: string];

const knot: Record<string, unknown> = {};
knot['again'] = knot;
const loop: unknown[] = [];
loop.push(loop);
class Service {
  public readonly port = 80;
}
const inherits: unknown = Object.create({ port: 80 });
const holes: unknown[] = [];
holes[1] = 'b';

test('what can be deployed has no problem', () => {
  expect(problemsOfData(({ values }) => ({ a: values.text, b: `${values.count}` }))).toEqual([]);
  const twice = ({ values }: Sample) => [`${values.text}`].map((text) => text + text);
  expect(problemsOfData((tier) => ({ a: twice(tier) }))).toEqual([]);
  expect(problemsOfData(() => ({ a: undefined, b: Object.create(null) as object }))).toEqual([]);
});

describe('data that YAML has no form for is refused:', () => {
  const notJson = (name: string) => `/data/a is ${name}, which is no JSON; leave it out.`;
  const ofClass = (name: string) =>
    `/data/a is of class ${name}, not plain data; use an object literal or text.`;
  const inexact = (name: string) =>
    `/data/a is ${name}, which JSON cannot carry exactly; use a number within ±2^53 or text.`;
  const circular = (path: string) =>
    `${path} contains itself; data is a tree, so build a new object instead.`;

  test.each<Case>([
    [
      'null',
      () => ({ a: null }),
      '/data/a is null, which means nothing in a manifest; leave it out.',
    ],
    [
      'undefined in a list',
      () => ({ a: [undefined] }),
      '/data/a/0 is undefined, which is no JSON; leave it out.',
    ],
    [
      'a hole in a list',
      () => ({ a: holes }),
      '/data/a/0 is undefined, which is no JSON; leave it out.',
    ],
    ['a function', () => ({ a: Math.max }), notJson('function max() { [native code] } (function)')],
    ['a symbol', () => ({ a: Symbol('x') }), notJson('Symbol(x) (symbol)')],
    ['a bigint', () => ({ a: 1n }), notJson('1 (bigint)')],
    ['a date', () => ({ a: new Date(0) }), ofClass('Date')],
    ['a map of JavaScript', () => ({ a: new Map([['b', 1]]) }), ofClass('Map')],
    ['a class instance', () => ({ a: new Service() }), ofClass('Service')],
    [
      'an heir of another object',
      () => ({ a: inherits }),
      '/data/a is an object that inherits from another, not plain data; use an object literal or text.',
    ],
    ['NaN', () => ({ a: NaN }), inexact('NaN')],
    ['an infinite number', () => ({ a: -Infinity }), inexact('-Infinity')],
    ['an integer beyond 2^53', () => ({ a: 2 ** 53 }), inexact('9007199254740992')],
    ['an object that holds itself', () => knot, circular('/data/again')],
    ['a list that holds itself', () => ({ a: loop }), circular('/data/a/0')],
    [
      'half a character',
      () => ({ a: '\ud83d' }),
      '/data/a is text with the character U+D83D, which Helm or YAML drops or changes; remove it or encode it with b64().',
    ],
    [
      'what Helm removes',
      () => ({ a: 'is <no value>' }),
      '/data/a is text with <no value>, which Helm removes from all that it renders; write it another way or encode it with b64().',
    ],
    [
      'a control character',
      () => ({ a: 'a\u0007' }),
      '/data/a is text with the character U+0007, which Helm or YAML drops or changes; remove it or encode it with b64().',
    ],
    [
      'a line separator',
      () => ({ a: 'a\u2028' }),
      '/data/a is text with the character U+2028, which Helm or YAML drops or changes; remove it or encode it with b64().',
    ],
  ])('%s', (_, data, message) => {
    expect(problemsOfData(data)).toEqual([`[demo/config] ${message}`]);
  });

  test('null and class instances below when(), which cdk8s does not see', () => {
    const data = ({ values }: Sample) => ({
      a: when(values.active, { b: null, c: new Date(0) } as never),
    });
    expect(problemsOfData(data)).toEqual([
      '[demo/config] /data/a/b is null, which means nothing in a manifest; leave it out.',
      '[demo/config] /data/a/c is of class Date, not plain data; use an object literal or text.',
    ]);
  });

  test('an object of another realm', () => {
    expect(problemsOfData(() => ({ a: runInNewContext('({ b: 1 })') as object }))).toEqual([
      '[demo/config] /data/a is an object that inherits from another, not plain data; use an object literal or text.',
    ]);
  });
});

describe('a key that would be lost or acted on is refused:', () => {
  const active = (key: string) =>
    `/data/a has the key ${key}, which JavaScript acts on; use another.`;
  const open = (path: string, key: string) =>
    `${path} has the key ${key}, but keys are constant text that Helm carries; use a list with name and value, or a map value spread with "...".`;

  test.each<Case>([
    ['__proto__', () => ({ a: JSON.parse('{"__proto__": 1}') as object }), active('__proto__')],
    ['constructor', () => ({ a: { constructor: 'x' } }), active('constructor')],
    ['prototype', () => ({ a: { prototype: 'x' } }), active('prototype')],
    [
      'resolve with a value',
      ({ values }) => ({ a: { resolve: values.text } }),
      '/data/a has the key resolve with a value, which cdk8s would call; use another.',
    ],
    ['a control character', () => ({ 'a\u0007': 1 }), open('/data', '"a\\u0007"')],
    ['a value', (tier) => ({ a: { [plain(tier).text]: 1 } }), open('/data/a', '"${demo.text}"')],
    [
      'a text with a value',
      ({ values }) => ({ [`a-${values.text}`]: 1 }),
      open('/data', '"a-${demo.text}"'),
    ],
    [
      'one that is there twice',
      ({ values: { active: on } }) => ({ ...when(on, { a: 1 }), ...when(not(on), { a: 2 }) }),
      '/data has a twice; remove one, or join both in one when(condition, a, b).',
    ],
    [
      'one that a second map could bring',
      ({ values }) => ({ ...values.labels, ...values.extra }),
      '/data spreads demo.labels and demo.extra into one map, where their keys could clash; keep one.',
    ],
  ])('%s', (_, data, message) => {
    expect(problemsOfData(data)).toEqual([`[demo/config] ${message}`]);
  });

  test('one that a values file brings beside a fixed one', () => {
    const build = (extra: object) =>
      problemsOf(() => {
        const overlay = { demo: { extra } };
        demo(
          sample,
          (tier) => configMap(tier, { fixed: 1, ...tier.values.extra }),
          overlay,
        ).build();
      });
    expect(build({ free: 1 })).toEqual([]);
    expect(build({ fixed: 2 })).toEqual([
      '[environment dev] Value demo.extra has the key "fixed", which the manifest sets itself; use another.',
    ]);
  });
});

describe('an object is refused', () => {
  const objects = (...manifests: unknown[]) =>
    problemsOf(() =>
      demo({}, (tier) => {
        for (const manifest of manifests) new Manifest(tier, 'object', manifest as never);
      }).build(),
    );
  const metadata = { name: 'a' };
  const rule = 'it must be constant text, as Kubernetes finds the type of an object by it.';

  test('without apiVersion and kind', () => {
    expect(objects({ metadata })).toEqual([
      `[demo/object] /apiVersion is undefined; ${rule}`,
      `[demo/object] /kind is undefined; ${rule}`,
    ]);
    expect(objects(undefined)).toEqual([
      '[demo/object] / is undefined, which is no JSON; leave it out.',
      `[demo/object] /apiVersion is undefined; ${rule}`,
      `[demo/object] /kind is undefined; ${rule}`,
    ]);
  });

  test('whose kind would lead out of the output folder', () => {
    expect(objects({ apiVersion: 'v1', kind: '../../ConfigMap', metadata })).toEqual([
      '[demo/object] Kind "../../ConfigMap" cannot be part of a file name; kinds are letters and digits.',
    ]);
  });

  test('whose construct id is taken', () => {
    const one = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    expect(objects(one, { ...one, kind: 'Secret' })).toEqual([
      '[demo/object-1] Construct id object is taken in demo; give one another id.',
    ]);
  });

  test('whose construct id would lead out of the output folder', () => {
    const build = (id: (tier: Sample) => string) =>
      problemsOf(() => demo(sample, (tier) => configMap(tier, {}, id(tier))).build());
    const rule =
      'cannot be part of a file name, and could leave the output folder; use letters, digits, "." and "-".';
    expect(build(() => '..')).toEqual([`[demo/..] Construct id ".." ${rule}`]);
    expect(build(() => '../../x')).toEqual([`[demo/..--..--x] Construct id "..--..--x" ${rule}`]);
  });

  test('that depends on itself through others', () => {
    const build = () =>
      demo({}, (tier) => {
        const [a, b] = [configMap(tier, {}, 'a'), configMap(tier, {}, 'b')];
        a.addDependency(b);
        b.addDependency(a);
      }).build();
    expect(problemsOf(build)).toEqual([
      '[demo] Dependency cycle detected: demo/a => demo/b => demo/a',
    ]);
  });
});
