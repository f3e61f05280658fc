import { compose } from '../../main';
import { prove } from '../../synth/proof/prove';
import { helm3, helm4, kubectl } from '../../synth/proof/programs';

test('the platform renders as it evaluates, in every environment and on a few random values', async () => {
  const verdict = await prove({
    // `npm run prove` puts the overlays of the clouds over each environment as well.
    blueprint: { ...compose().build(), overlays: [] },
    helms: [helm3(), helm4()],
    kubectl: kubectl(),
    runs: 2,
    seed: 7,
  });
  expect(verdict.failure).toBeUndefined();
  // 3 environments and 2 random values; umbrella and tiers; 2 releases; 2 Helms.
  const { tiers } = compose().build();
  expect(verdict.renderings).toBe(5 * (1 + tiers.length) * 2 * 2);
  expect(verdict.chartOnly).toContain('app/tests/ready (Pod)');
}, 60_000);
