import { and, each, eq, ge, gt, not, notEmpty, omitEmpty, or, sha256, when, whenItems } from '..';
import type { TortureTier } from './torture';

/** Structure: what is there or not, spreads, lists, helpers, ranges. */
export function tortureConditions(
  tier: TortureTier,
  labels: Readonly<Record<string, never>>,
): Record<string, object> {
  const v = tier.values;
  return {
    fields: {
      always: 1,
      when: when(v.flag, 'there'),
      else: when(v.flag, v.text, v.other),
      'else-map': when(v.flip, { a: 1 }, { b: v.name }),
      'else-list': when(gt(v.small, 3), [1, v.small], []),
      nested: when(v.flag, { inner: when(v.flip, { leaf: v.ratio }) }),
      'twice-when': when(v.flag, when(v.flip, v.digit)),
      ...when(v.flag, { block: 1, also: v.name }),
      ...when(eq(v.word, 'alpha'), { alpha: { deep: true } }, { beta: [1] }),
      ...when(v.flip, { ...when(v.flag, { 'inner-block': v.word }) }),
      'omit-text': omitEmpty(v.other),
      'omit-map': omitEmpty(v.free),
      'omit-list': omitEmpty(v.list),
      'omit-group': omitEmpty(v.nested),
      'spread-map': { ...v.labels },
      'spread-beside': { fixed: 'x', taken: 'y', ...v.more },
      'spread-in-block': { fixed: 'x', ...when(v.flag, { ...v.free }) },
    },
    absent: {
      fixed: 0,
      'one-field': { only: when(v.flag, v.text) },
      'one-else': { only: when(v.flag, 1, 2) },
      'one-omitted': { only: omitEmpty(v.other) },
      'one-omitted-map': { only: omitEmpty(v.labels) },
      'two-fields': { a: when(v.flag, 1), b: when(v.flip, 2) },
      'same-condition': { a: when(v.flag, 1), b: when(v.flag, 2) },
      opposite: { a: when(v.flag, 1), b: when(not(v.flag), 2) },
      deep: { deeper: { deepest: when(and(v.flag, v.flip), 1) } },
      'deep-omitted': { deeper: { deepest: omitEmpty(v.other) } },
      'when-omitted': { a: when(v.flag, { b: omitEmpty(v.other) }) },
      'else-omitted': { a: when(v.flag, { b: omitEmpty(v.other) }, { c: omitEmpty(v.labels) }) },
      items: [...whenItems(v.flag, [1, 2])],
      'one-item': [when(v.flip, { a: 1 })],
      'two-items': [when(v.flip, 'a'), when(v.flag, 'b')],
      spread: [...v.words],
      'spread-item': { wrapped: [...v.list] },
      ranged: [each(v.words, (word) => word)],
      never: { ...when(v.flag, {}) },
      'block-of-spread': { ...when(v.flag, { ...v.labels }) },
    },
    lists: {
      items: [
        1,
        when(v.flag, v.text),
        when(v.flip, 'x', 'y'),
        ...whenItems(v.flag, ['a', v.big], ['b']),
      ],
      spread: ['first', ...v.words, ...v.list],
      maps: [{ a: when(v.flag, 1), b: 2 }, { ...labels, c: 3 }, { ...labels }, { list: [v.small] }],
      'first-open': [
        { ...v.labels, fixed: true },
        { x: when(v.flag, { y: 1 }), z: [v.name] },
      ],
      lists: [
        [v.small, v.text],
        [each(v.words, (word) => word), 'end'],
        [when(v.flag, 1), 2],
      ],
      structures: [v.free, v.list, v.nested],
      texts: [`${v.name}\n${v.word}\nend\n`, `${v.text}\n`],
    },
    ranges: {
      words: [each(v.words, (word) => `${word}!`), 'end'],
      numbers: [
        'start',
        each(v.numbers, (number) => ({
          number,
          text: `n${number}`,
          over: when(gt(number, 5), true),
        })),
      ],
      hosts: [
        'start',
        each(v.hosts, (host) => ({
          name: host.name,
          port: host.port,
          url: `${host.name}:${host.port}/${v.word}`,
          note: when(host.open, host.note, v.text),
          sum: sha256(host.note),
          file: when(host.open, tier.file(`host.txt`, `of ${v.name}\n`)),
          labels: { ...labels },
          first: [
            each(host.paths, (path) => ({
              path: path.path,
              weight: path.weight,
              of: host.name,
              at: v.small,
            })),
          ],
        })),
      ],
      nested: [
        'start',
        each(v.hosts, (host) => [host.port, each(host.paths, (path) => path.path), 'end']),
      ],
      named: [
        'start',
        each(v.words, (one) => ({ one, many: [0, each(v.words, (other) => other)] }), 'one'),
      ],
      whole: ['start', each(v.hosts, (host) => ({ host, paths: [0, ...host.paths] }))],
    },
    comparisons: {
      and: and(v.flag, v.flip, eq(v.text, v.other)),
      or: or(v.flag, not(v.flip), eq(v.flag, v.flip)),
      not: not(and(v.flag, v.flip)),
      'not-empty-text': notEmpty(v.other),
      'not-empty-list': not(notEmpty(v.list)),
      'eq-integer': eq(v.big, v.million),
      'eq-const': eq(v.million, 1_000_000),
      'eq-number': eq(v.ratio, 0.5),
      'eq-mixed': eq(v.ratio, v.digit),
      gt: gt(v.big, v.small),
      'gt-number': gt(v.ratio, v.digit),
      ge: ge(v.minus, -3),
      'ge-number': ge(0.5, v.ratio),
      'if-and': when(and(notEmpty(v.list), not(notEmpty(v.other))), 1),
      'if-or': when(or(notEmpty(v.labels), v.flip), v.labels),
      'if-not': when(not(or(v.flag, v.flip)), 1, 2),
      'if-eq': when(eq(v.odd, 'a: b'), 1, 2),
      'if-ge': when(ge(v.small, v.digit), v.small),
    },
  };
}
