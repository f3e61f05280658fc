import { z } from 'zod';
import { concat } from '../../synth';
import { chartFiles } from '../../synth/chart';
import { helm3, helm4 } from '../../synth/proof/programs';
import { addTier, configMap, emptyPlatform, problemsOf } from './fixture';
import { ChartFolder } from './helm';

/* A tier that another one needs: demo connects to other, which may be off where demo can do without. */

const values = {
  host: z.string().default('').describe('Host outside of the platform.'),
  use: z.boolean().default(true).describe('Whether other is used.'),
};
const [on, off] = [{ enabled: true }, { enabled: false }];

/** @param given which values demo connects with. */
function platform(overlay: object, given: readonly ('host' | 'use')[] = []) {
  const made = emptyPlatform({ dev: overlay });
  const api = addTier(made, 'other', {}).endpoint('api', () => ({ host: 'other' }));
  addTier(made, 'demo', values, (demo) => {
    const { host, use } = demo.values;
    configMap(
      demo,
      demo.connectsTo(
        api,
        given.includes('host') ? host : undefined,
        given.includes('use') ? use : undefined,
      ),
    );
  });
  return made;
}
const problems = (...args: Parameters<typeof platform>) =>
  problemsOf(() => platform(...args).build());

const refusal = (what: string) => [
  `[environment dev] Tier other is off, but tier demo needs its endpoint api; switch other.enabled on${what}.`,
];

test('cannot be off alone', () => {
  expect(problems({ other: off })).toEqual(refusal(', or demo.enabled off'));
});

test('can be on, or off with who needs it', () => {
  expect(problems({ other: on })).toEqual([]);
  expect(problems({ demo: off })).toEqual([]);
  expect(problems({ demo: off, other: off })).toEqual([]);
});

test('can be off where something outside the platform is named instead', () => {
  const given = ['host'] as const;
  expect(problems({ other: off, demo: { host: 'db.example' } }, given)).toEqual([]);
  expect(problems({ other: off }, given)).toEqual(refusal(', set demo.host, or demo.enabled off'));
});

test('can be off where a value says that it is not used', () => {
  const given = ['use'] as const;
  expect(problems({ other: off, demo: { use: false } }, given)).toEqual([]);
  expect(problems({ other: off }, given)).toEqual(refusal(', or demo.use or demo.enabled off'));
  const both = ['host', 'use'] as const;
  expect(problems({ other: off }, both)).toEqual(
    refusal(', set demo.host, or demo.use or demo.enabled off'),
  );
});

test('cannot be of another platform', () => {
  const found = problemsOf(() => {
    const api = addTier(emptyPlatform(), 'other', {}).endpoint('api', () => ({ host: 'other' }));
    const made = emptyPlatform();
    addTier(made, 'demo', {}, (demo) => configMap(demo, demo.connectsTo(api)));
    made.build();
  });
  expect(found).toEqual([
    '[environment dev] Tier demo needs the endpoint api of tier other, which the platform does not have; add that tier.',
  ]);
});

test('needs depend on values of the own tier alone, as they stand', () => {
  const found = problemsOf(() => {
    const made = emptyPlatform();
    const other = addTier(made, 'other', { use: values.use });
    const api = other.endpoint('api', () => ({ host: 'other' }));
    addTier(made, 'demo', values, (demo) => {
      demo.connectsTo(api, concat(demo.values.host, '.example'), other.values.use);
      configMap(demo, {});
    });
    made.build();
  });
  expect(found).toEqual([
    `[demo, here] connectsTo() got concat(demo.host, ".example") as external; it takes a text of the tier's own values.`,
    `[demo, here] connectsTo() got other.use as when; it takes a boolean of the tier's own values.`,
  ]);
});

describe.each([helm3(), helm4()])('$name', (helm) => {
  const chart = new ChartFolder(chartFiles(platform({}, ['host', 'use']).build()));
  afterAll(() => {
    chart.remove();
  });

  test.each([
    [true, { other: on }],
    [true, { other: off, demo: off }],
    [true, { other: off, demo: { use: false } }],
    [true, { other: off, demo: { host: 'db.example' } }],
    [false, { other: off }],
    [false, { other: off, demo: { use: true, host: '' } }],
  ])('accepts or refuses the same: %s %j', (accepted, overlay) => {
    expect(chart.template(helm, overlay).accepted).toBe(accepted);
  });
});
