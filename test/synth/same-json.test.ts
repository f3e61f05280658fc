import { compose } from '../../main';
import { when, type Environment } from '../../synth';
import { runChecks } from '../../synth/checks/run';
import { worldsOf, type Told } from '../../synth/checks/world';
import { distFiles, placeTiers, renderEnvironments } from '../../synth/dist';
import { docsFiles } from '../../synth/docs';
import type * as evaluation from '../../synth/evaluate';
import type { JsonMap } from '../../synth/merge';
import { Problems } from '../../synth/problems';
import { addTier, configMap, environment, platformOf, sample, type Sample } from './fixture';

/* An object that is the same in several environments is one JSON, made once, which nobody changes. */

jest.mock('../../synth/evaluate', () => {
  const actual: typeof evaluation = jest.requireActual('../../synth/evaluate');
  return { ...actual, evaluate: (...given: Given) => deepFrozen(actual.evaluate(...given)) };
});
type Given = Parameters<typeof evaluation.evaluate>;

function deepFrozen<T>(json: T): T {
  if (typeof json !== 'object' || json === null || Object.isFrozen(json)) return json;
  Object.values(json).forEach(deepFrozen);
  return Object.freeze(json);
}

const told = (): Told => {
  const platform = compose();
  const blueprint = platform.build();
  return { blueprint, options: platform.options, tiers: renderEnvironments(blueprint) };
};

test('nothing changes the objects of the reference platform', () => {
  const platform = told();
  const objects = platform.tiers.flatMap((tier) => tier.objects.map(({ json }) => json));
  expect(objects.every(Object.isFrozen)).toBe(true);
  const before = JSON.stringify(objects);
  const problems = new Problems();
  // Code in strict mode throws where it changes what is frozen.
  runChecks(worldsOf(platform), platform.options, problems);
  // Printed as they are listed.
  expect([...distFiles(placeTiers(platform.blueprint)), ...docsFiles(platform)]).not.toHaveLength(
    0,
  );
  expect(problems.all).toEqual([]);
  expect(JSON.stringify(objects)).toBe(before);
});

/** The only object of a tier in each environment. */
function rendered(
  data: (tier: Sample) => unknown,
  ...environments: readonly Partial<Environment>[]
): (JsonMap | undefined)[] {
  const named = environments.map((one, index) =>
    environment({ name: `env${String(index)}`, ...one }),
  );
  const platform = platformOf(named);
  addTier(platform, 'demo', sample, (tier) => configMap(tier, data(tier)));
  return renderEnvironments(platform.build()).map(({ objects }) => objects[0]?.json);
}

const demo = (values: object): Partial<Environment> => ({ values: { demo: values } });

test('values that an object does not read leave it the same', () => {
  const [one, other] = rendered(
    ({ values }) => ({ text: values.text, labels: values.labels }),
    demo({ count: 1, text: 'b', labels: { a: 'b' } }),
    demo({ count: 2, text: 'b', labels: { a: 'b' } }),
  );
  expect(one).toMatchObject({ data: { text: 'b', labels: { a: 'b' } } });
  expect(other).toBe(one);
});

test.each<[string, (tier: Sample) => unknown, Partial<Environment>, Partial<Environment>, object]>([
  ['text', ({ values }) => ({ a: values.text }), {}, demo({ text: 'b' }), { a: 'b' }],
  [
    'the order of keys',
    ({ values }) => ({ a: values.labels }),
    demo({ labels: { p: '1', q: '2' } }),
    demo({ labels: { q: '2', p: '1' } }),
    { a: { q: '2', p: '1' } },
  ],
  ['an item', ({ values }) => ({ a: values.words }), {}, demo({ words: ['b'] }), { a: ['b'] }],
  [
    'global values',
    ({ global }) => ({ a: global.domain }),
    {},
    { values: { global: { domain: 'b.example' } } },
    { a: 'b.example' },
  ],
  [
    'the release',
    (tier) => ({ a: tier.release.name, b: tier.release.namespace }),
    {},
    { release: { name: 'x', namespace: 'y' } },
    { a: 'x', b: 'y' },
  ],
  [
    'a condition that leaves something out',
    ({ values }) => ({ a: 'a', b: when(values.active, 'b') }),
    {},
    demo({ active: true }),
    { a: 'a', b: 'b' },
  ],
  [
    'what is behind a condition',
    ({ values }) => ({ a: when(values.active, values.text, values.name) }),
    demo({ name: 'x' }),
    demo({ active: true, text: 'y' }),
    { a: 'y' },
  ],
])('%s makes another object', (_, data, first, second, expected) => {
  const [one, other, again] = rendered(data, first, second, second);
  expect(other).not.toBe(one);
  expect(JSON.stringify(other?.['data'])).toBe(JSON.stringify(expected));
  expect(again).toBe(other);
});
