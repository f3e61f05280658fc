import { compose } from '../../main';
import { prove } from '../../synth/proof/prove';
import { helm3, helm4, kubectl } from '../../synth/proof/programs';

test('the platform renders as it evaluates, on every overlay and on a few random values', async () => {
  const verdict = await prove({
    blueprint: compose().build(),
    helms: [helm3(), helm4()],
    kubectl: kubectl(),
    runs: 5,
    seed: 7,
  });
  expect(verdict.failure).toBeUndefined();
  // 3 overlays and 5 random values; umbrella and 2 tiers; 2 releases; 2 Helms.
  expect(verdict.renderings).toBe(8 * 3 * 2 * 2);
  expect(verdict.chartOnly).toEqual(['app/tests/ready (Pod)']);
}, 60_000);
