import { compose } from '../../main';
import { prove } from '../../synth/proof/prove';
import { helm3, kubectl } from '../../synth/proof/programs';

test('the platform renders as it evaluates, in every environment and on random values', async () => {
  const verdict = await prove({
    // `npm run prove` asks Helm 4 too, and puts the overlays of the clouds over each environment.
    blueprint: { ...compose().build(), overlays: [] },
    helms: [helm3()],
    kubectl: kubectl(),
    runs: 1,
    seed: 7,
  });
  expect(verdict.failure).toBeUndefined();
  // 3 environments and random values; umbrella and tiers; 2 releases.
  const { tiers } = compose().build();
  expect(verdict.renderings).toBe(4 * (1 + tiers.length) * 2);
  expect(verdict.chartOnly).toContain('app/tests/ready (Pod)');
}, 60_000);
