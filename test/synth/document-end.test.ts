import { ApiObject } from 'cdk8s';
import { z } from 'zod';
import { omitEmpty, structuralMap, when } from '../../synth';
import { chartFiles } from '../../synth/chart';
import { helm3, helm4, kubectl } from '../../synth/proof/programs';
import { prove } from '../../synth/proof/prove';
import { addTier, emptyPlatform, type DemoTier } from './fixture';

/* Helm cuts newlines off the end of each document; those of a value count. */

const values = {
  on: z.boolean().default(true).describe('Switch.'),
  free: structuralMap<Record<string, unknown>>().describe('Anything.'),
};
type Tier = DemoTier<typeof values>;
const COMMENT = '# Keeps the newlines at the end of the value above.';

const contents: readonly [string, boolean, (tier: Tier) => object][] = [
  ['a value', true, ({ values: v }) => ({ spec: { free: v.free } })],
  ['a value that may be empty', true, ({ values: v }) => ({ spec: { free: omitEmpty(v.free) } })],
  ['a spread value', true, ({ values: v }) => ({ spec: { fixed: 1, ...v.free } })],
  [
    'a value, or a field under a condition',
    true,
    ({ values: v }) => ({ spec: { free: v.free, last: when(v.on, 1) } }),
  ],
  ['a field that is always there', false, ({ values: v }) => ({ spec: { free: v.free, last: 1 } })],
];

/** Each content has an object of its own, and so a document; the values end in newlines. */
function blueprintOf() {
  const platform = emptyPlatform({
    one: { demo: { free: { a: '\n' } } },
    two: { demo: { free: { a: 'x\n\n' } } },
    off: { demo: { on: false, free: { a: { b: '\n\n' } } } },
  });
  addTier(platform, 'demo', values, (tier) => {
    contents.forEach(([, , content], index) => {
      const kind = `Ends${String(index)}`;
      const metadata = { name: 'ends' };
      const props = { apiVersion: 'demo.example/v1', kind, metadata, ...content(tier) };
      new ApiObject(tier, kind, props);
    });
  });
  return platform.build();
}

const blueprint = blueprintOf();
const cases = contents.map(([title, hasComment], index) => ({ title, hasComment, index }));

test.each(cases)('$title at the end has a comment below it: $hasComment', (one) => {
  const file = `charts/demo/templates/ends${String(one.index)}.yaml`;
  const template = chartFiles(blueprint).get(file) ?? '';
  expect(template).toContain('spec:');
  expect(template.trimEnd().endsWith(COMMENT)).toBe(one.hasComment);
});

test('all of them keep their newlines', async () => {
  const options = { helms: [helm3(), helm4()], kubectl: kubectl(), runs: 0, seed: 1 };
  const verdict = await prove({ blueprint, ...options });
  expect(verdict.failure).toBeUndefined();
}, 60_000);
