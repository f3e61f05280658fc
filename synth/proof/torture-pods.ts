import { each, image, notEmpty, omitEmpty, when, whenItems } from '..';
import type { TortureTier } from './torture';

/** Containers, whose images dist/ lists, and what is said several times. */
export function torturePods(
  tier: TortureTier,
  labels: Readonly<Record<string, never>>,
): Record<string, object> {
  const v = tier.values;
  const own = image(v.image, tier.global.imageRegistry);
  const same = { word: `${v.word}`, list: [v.small, { deep: `${v.text}` }] };
  return {
    pods: {
      plain: {
        containers: [
          { name: 'own', image: own, env: [{ name: 'NAME', value: v.name }] },
          { name: 'text', image: `${v.name}:${v.digit}`, ports: [v.small] },
          { name: 'none' },
          [{ image: 'in-a-list' }],
          'no map',
        ],
        initContainers: [...v.list],
      },
      conditional: {
        containers: [
          { name: 'image', image: when(v.flag, 'flag', v.word) },
          { name: 'block', ...when(v.flip, { image: 'flip' }, { other: 1 }) },
          { name: 'else', ...when(v.flip, { other: 1 }, { image: 'no-flip' }) },
          { name: 'omitted', image: omitEmpty(v.other) },
          { name: 'spread', ...v.more },
          { ...labels, name: 'included' },
          { ...tier.define('container', { image: 'of-a-fragment' }), name: 'fragment' },
          when(v.flag, { image: 'of-an-item' }, { image: v.name }),
          ...whenItems(v.flip, [{ image: 'of-items' }]),
          each(v.hosts, (host) => ({ name: host.name, image: `${host.name}:${host.port}` })),
        ],
        initContainers: [each(v.words, (word) => ({ name: 'word', image: word }))],
      },
      whole: {
        containers: v.list,
        initContainers: when(notEmpty(v.labels), [v.labels, v.free]),
        list: [v.free, ...v.list],
        free: v.free,
        'omit-free': omitEmpty(v.free),
      },
      map: { ...when(v.flag, { containers: { containers: [{ image: 'below-a-map' }] } }) },
      nested: { containers: [{ image: 'outer', containers: [{ image: 'inner' }], deep: v.free }] },
    },
    shared: {
      first: { same },
      second: { same },
      deeper: { deeper: { same } },
      none: { maybe: { a: omitEmpty(v.other) }, always: 1 },
      'none-again': { maybe: { a: omitEmpty(v.other) }, always: 2 },
      items: [{ same }, { same }],
      ranged: [
        'start',
        each(v.words, (word) => ({ a: { same: { word } }, b: { same: { word } } })),
        each(v.numbers, (number) => ({ a: { same: { number } }, b: { same: { number } } })),
      ],
    },
  };
}
