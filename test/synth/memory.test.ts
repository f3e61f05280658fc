import { serialize, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { Problems } from '../../synth/problems';
import { readText } from '../../synth/marks';
import { emitLater } from '../../synth/schema';
import { configMap, demo, sample } from './fixture';

/*
 * What a run lets go of as soon as it can, and the forms in which it keeps the rest. None of it can be
 * seen in the output.
 */

/** Whether nothing holds on to what the work returns. */
async function isLetGo(work: () => object): Promise<boolean> {
  const reference = new WeakRef(work());
  // What a WeakRef was asked for, or made of, lives until the end of the turn.
  await new Promise(setImmediate);
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return reference.deref() === undefined;
}

test.each([
  ['are let go of as they are read', false],
  ['stay, where they are asked for afterwards', true],
])('the constructs of a platform %s', (_, keep) => {
  const platform = demo(sample, (tier) => configMap(tier, { a: `${tier.values.text}.` }));
  const blueprint = platform.read(new Problems(), { keep });
  expect(platform.node.findAll().map(({ node }) => node.path)).toEqual(
    keep ? ['', 'demo', 'demo/config'] : [''],
  );
  expect(blueprint.tiers.map(({ resources }) => resources.length)).toEqual([1]);
});

test('nothing that was read holds on to the constructs', async () => {
  let platform = demo(sample);
  expect(
    await isLetGo(() => {
      let made: object | undefined;
      platform = demo(sample, (tier) => {
        made = configMap(tier, { a: `${tier.values.text}.`, b: tier.values.count });
      });
      platform.read(new Problems());
      return made ?? {};
    }),
  ).toBe(true);
});

test('a Zod type is let go of when its schema is made', async () => {
  let emit = () => ({});
  const make = () => {
    const type = z.strictObject({ a: z.string() });
    emit = emitLater(type);
    return type;
  };
  expect(await isLetGo(make)).toBe(false);
  expect(
    await isLetGo(() => {
      const type = make();
      emit();
      return type;
    }),
  ).toBe(true);
  expect(emit()).toBe(emit());
});

test('constants beside values in a text have one byte a character, and are no part of it', () => {
  const args: unknown[] = [];
  demo(sample, ({ values }) => {
    const expr = readText(`https://${values.name}.example/`);
    if (expr.op === 'call') args.push(...expr.args);
  });
  const texts = args.map((arg) => (arg as { value?: unknown }).value).filter(Boolean);
  expect(texts).toEqual(['https://', '.example/']);
  // The form that V8 has the text in: a quotation mark for one byte, c for two.
  expect(texts.map((text) => String.fromCharCode(serialize(text)[2] ?? 0))).toEqual(['"', '"']);
});

test('a value leaves the same key wherever it is spread, so that shapes of objects stay few', () => {
  demo(sample, ({ values: { labels } }) => {
    expect(Object.keys({ ...labels })).toEqual(Object.keys({ ...labels }));
  });
});

test('equal parts of manifests are one object, those with values in them as well', () => {
  const labels = () => ({ app: 'web', ports: [80, 443] });
  const blueprint = demo(sample, (tier) => {
    const fixed = tier.define('fixed', { name: tier.values.name });
    const { text } = tier.values;
    configMap(tier, { same: labels(), also: { ...labels(), ...fixed, text } }, 'one');
    configMap(tier, { same: labels(), also: { ...labels(), ...fixed, text } }, 'two');
  }).build();
  const [one, two] = (blueprint.tiers[0]?.resources ?? []).map(({ node }) =>
    node.entries.find((entry) => entry.kind === 'field' && entry.key === 'data'),
  );
  expect(one).toBeDefined();
  expect(one).toBe(two);
});
