import { prove } from '../../synth/proof/prove';
import { composeTorture } from '../../synth/proof/torture';
import { helm3, kubectl } from '../tools/programs';

// The proof in the small, run once for each way of breaking the printer (stryker.config.json).
test('the proof of the torture chart passes', async () => {
  const blueprint = composeTorture().build();
  const verdict = await prove({
    blueprint,
    helms: [helm3()],
    kubectl: kubectl(),
    runs: 9,
    seed: 4,
  });
  expect(verdict.failure).toBeUndefined();
}, 60_000);
