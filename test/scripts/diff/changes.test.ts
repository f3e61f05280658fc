import { changesIn } from '../../../scripts/diff/changes';
import { report } from '../../../scripts/diff/report';
import type { Parsed } from '../../../synth/proof/parse';

/** What is printed of the changes between two versions of a spec. */
function printed(before: Parsed, after: Parsed): string[] {
  const changes = changesIn({ spec: before }, { spec: after });
  const compared = { identity: 'Any/a/b', fate: 'changes', changes, refusals: [] } as const;
  return report([compared], 'dev').split('\n').slice(1, -2);
}

test('a field that changes, comes or goes', () => {
  const before = { replicas: 2n, paused: true, gone: { a: 1n } };
  expect(printed(before, { replicas: 3n, paused: true, come: 'x' })).toEqual([
    '    spec.replicas: 2 -> 3',
    '  + spec.come: x',
    '  - spec.gone:',
    '  -   a: 1',
  ]);
});

test('the order of keys means nothing, the type of a number or text does', () => {
  expect(printed({ a: 1n, b: { c: 1n, d: 2n } }, { b: { d: 2n, c: 1n }, a: 1n })).toEqual([]);
  expect(printed({ a: '1' }, { a: 1n })).toEqual(['    spec.a: "1" -> 1']);
});

test('a list against a map, or text against nothing in it', () => {
  expect(printed({ a: [] }, { a: {} })).toEqual(['    spec.a: [] -> {}']);
  expect(printed({ a: '' }, { a: 'no' })).toEqual(['    spec.a: "" -> "no"']);
});

describe('items of a list are told apart', () => {
  test('by name', () => {
    const [web, proxy] = [{ name: 'web', image: 'a' }, { name: 'proxy' }];
    expect(printed([web], [proxy, { ...web, image: 'b' }])).toEqual([
      '  + spec[proxy]:',
      '  +   name: proxy',
      '    spec[web].image: a -> b',
    ]);
  });

  test('by another field that Kubernetes merges by', () => {
    const before = [
      { mountPath: '/a', name: 'tmp' },
      { mountPath: '/b', name: 'tmp' },
    ];
    const after = [{ mountPath: '/b', name: 'data' }];
    expect(printed(before, after)).toEqual([
      '    spec[mountPath=/b].name: tmp -> data',
      '  - spec[mountPath=/a]:',
      '  -   mountPath: /a',
      '  -   name: tmp',
    ]);
  });

  test('and their order means something', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    expect(printed([a, b], [b, a])).toEqual(['    spec: order a, b -> b, a']);
    expect(printed([a, b], [b])).toEqual(['  - spec[a]:', '  -   name: a']);
  });

  test('by their place where nothing names them', () => {
    expect(printed(['a', 'b'], ['a', 'c'])).toEqual(['    spec[1]: b -> c']);
    expect(
      printed([{ type: 'x', n: 1n }, { type: 'x' }], [{ type: 'x', n: 2n }, { type: 'x' }]),
    ).toEqual(['    spec[0].n: 1 -> 2']);
  });

  test('whatever the order of their keys', () => {
    const item = { a: 1n, b: 2n };
    expect(printed([item], [{ c: 3n }, { b: 2n, a: 1n }])).toEqual(['  + spec[0]:', '  +   c: 3']);
  });

  test('by what both have where items come or go', () => {
    expect(printed(['a', 'b', 'c'], ['a', 'c'])).toEqual(['  - spec[1]: b']);
    expect(printed(['a', 'c'], ['a', 'b', 'c'])).toEqual(['  + spec[1]: b']);
    expect(printed(['a', 'b', 'c'], ['x', 'c', 'd', 'e'])).toEqual([
      '    spec[0]: a -> x',
      '  - spec[1]: b',
      '  + spec[2]: d',
      '  + spec[3]: e',
    ]);
  });
});

test('a text of several lines is compared line by line, with two lines around a change', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => `line ${String(index)}`);
  const before = lines(20);
  const after = before
    .map((line) => (line === 'line 3' ? 'new' : line))
    .filter((line) => line !== 'line 15');
  expect(printed({ text: `${before.join('\n')}\n` }, { text: `${after.join('\n')}\n` })).toEqual([
    '    spec.text:',
    '       line 1',
    '       line 2',
    '      -line 3',
    '      +new',
    '       line 4',
    '       line 5',
    '      ...',
    '       line 13',
    '       line 14',
    '      -line 15',
    '       line 16',
    '       line 17',
  ]);
});

test('long texts stand below each other', () => {
  const [old, now] = ['a'.repeat(64), 'b'.repeat(64)];
  expect(printed({ hash: old }, { hash: now })).toEqual([
    `  - spec.hash: ${old}`,
    `  + spec.hash: ${now}`,
  ]);
});
