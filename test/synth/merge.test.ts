import * as fc from 'fast-check';
import { difference, merge, type JsonMap } from '../../synth/merge';
import type { Json } from '../../synth/node';
import { helm3, helm4, type Program } from '../../synth/proof/programs';
import { ChartFolder } from './helm';

const base = { map: { a: 1, b: { c: 2 } }, list: [1, 2], text: 'a' };
const cases: readonly (readonly [rule: string, overlay: JsonMap, merged: JsonMap])[] = [
  ['keeps what the overlay does not name', {}, base],
  [
    'joins maps key by key',
    { map: { b: { d: 3 } } },
    { ...base, map: { a: 1, b: { c: 2, d: 3 } } },
  ],
  ['replaces lists whole', { list: [3] }, { ...base, list: [3] }],
  ['replaces by an empty list', { list: [] }, { ...base, list: [] }],
  ['keeps a map under an empty map', { map: {} }, base],
  [
    'replaces by 0, false and empty text',
    { map: { a: 0, b: false }, text: '' },
    { ...base, map: { a: 0, b: false }, text: '' },
  ],
  [
    'replaces a map by text and text by a map',
    { map: 'a', text: { a: 1 } },
    { ...base, map: 'a', text: { a: 1 } },
  ],
  ['adds keys', { more: { a: [1] } }, { ...base, more: { a: [1] } }],
];

describe('merging', () => {
  test.each(cases)('%s', (_, overlay, merged) => {
    expect(merge(base, overlay)).toEqual(merged);
  });

  test.each([
    ['Helm 3', helm3],
    ['Helm 4', helm4],
  ])('comes out as in %s', (_, helm) => {
    const chart = new ChartFolder(
      new Map([
        ['Chart.yaml', 'apiVersion: v2\nname: merged\nversion: 1.0.0\n'],
        ['values.yaml', JSON.stringify(base)],
        ['templates/values.json', '{{ toJson .Values }}'],
      ]),
    );
    try {
      for (const [rule, overlay, merged] of cases) {
        expect({ rule, merged: mergedBy(helm(), chart, overlay) }).toEqual({ rule, merged });
      }
    } finally {
      chart.remove();
    }
  });

  test('takes any key for one, also those of JavaScript', () => {
    const overlay = JSON.parse('{ "__proto__": { "a": 1 }, "constructor": { "b": 2 } }') as JsonMap;
    expect(JSON.stringify(merge({ c: 3 }, overlay))).toBe(
      '{"c":3,"__proto__":{"a":1},"constructor":{"b":2}}',
    );
    expect(JSON.stringify(merge(overlay, { constructor: { d: 4 } }))).toBe(
      '{"__proto__":{"a":1},"constructor":{"b":2,"d":4}}',
    );
  });

  test('shares what is the same, and changes nothing of what was merged', () => {
    const overlay = { map: { e: { f: 1 } } };
    const before = JSON.stringify([base, overlay]);
    const merged = merge(base, overlay) as { map: { b: JsonMap; e: JsonMap }; list: Json };
    expect(merged.map.b).toBe(base.map.b);
    expect(merged.list).toBe(base.list);
    expect(merged.map.e).toBe(overlay.map.e);
    expect(merge(base, { map: { b: { c: 2 } }, text: 'a' })).toBe(base);
    expect(JSON.stringify([base, overlay])).toBe(before);
  });

  test('takes __proto__ for a key like any other', () => {
    const odd = JSON.parse('{ "__proto__": { "a": 1 } }') as JsonMap;
    expect(JSON.stringify(merge(base, odd))).toBe(
      `${JSON.stringify(base).slice(0, -1)},"__proto__":{"a":1}}`,
    );
  });
});

function mergedBy(helm: Program, chart: ChartFolder, overlay: JsonMap): unknown {
  const { stdout } = chart.template(helm, overlay);
  return JSON.parse(stdout.slice(stdout.indexOf('{')));
}

const key = fc.constantFrom('a', 'b', 'c');
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json[]>('', 'text', 0, 1, true, false),
    fc.array(tie('json'), { maxLength: 2 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3 }),
  ),
}));
const maps = fc.dictionary(key, json, { maxKeys: 3 });

describe('the difference', () => {
  test('is nothing where the overlay says what is there', () => {
    expect(difference({ a: { b: 1 }, c: [1] }, { a: { b: 1 }, c: [1] })).toBeUndefined();
    expect(difference({ a: 1 }, {})).toBeUndefined();
  });

  test('has the keys that differ, and lists whole', () => {
    expect(difference({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: 1, c: 3 }, d: [1, 2] })).toEqual({
      a: { c: 3 },
      d: [1, 2],
    });
  });

  test('merged into the base gives what the whole overlay gives', () => {
    fc.assert(
      fc.property(maps, maps, (base, overlay) => {
        expect(merge(base, difference(base, overlay) ?? {})).toEqual(merge(base, overlay));
      }),
    );
  });

  test('of what is merged from it says nothing twice', () => {
    fc.assert(
      fc.property(maps, maps, (base, overlay) => {
        const rest = difference(base, overlay);
        expect(difference(merge(base, rest), rest ?? {})).toBeUndefined();
      }),
    );
  });
});
