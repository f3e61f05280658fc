import type { Waiver } from '../../synth';
import { runChecks } from '../../synth/checks/run';
import { worldsOf } from '../../synth/checks/world';
import { renderEnvironments } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';
import { Problems } from '../../synth/problems';
import { allOn, allOnInOne, everything } from './everything';
import { shopOf } from './fixture';

const waivers: readonly Waiver[] = [
  {
    check: 'store-without-backup',
    object: 'StatefulSet/cache',
    reason: 'What is lost comes back.',
  },
];

test.each<[string, JsonMap]>([
  ['by default', {}],
  ['with everything on', allOn],
  ['in one namespace', allOnInOne],
])('the checks find nothing in what the constructs make: %s', (_, overlay) => {
  const platform = shopOf(everything, overlay);
  const options = { ...platform.options, waivers };
  const problems = new Problems();
  const blueprint = platform.build();
  runChecks(
    worldsOf({ blueprint, options, tiers: renderEnvironments(blueprint) }),
    options,
    problems,
  );
  expect(problems.all).toEqual([]);
});
