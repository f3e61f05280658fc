import { composeTorture } from '../../synth/proof/torture';
import { prove } from '../../synth/proof/prove';
import { helm3, helm4, kubectl } from '../../synth/proof/programs';

// The proof of the chart that reaches every branch of the printer. The mutation test runs this
// file alone: what it does not catch, the proof does not catch.
test('the torture chart renders as it evaluates, under both Helms, with random values', async () => {
  const verdict = await prove({
    blueprint: composeTorture().build(),
    helms: [helm3(), helm4()],
    kubectl: kubectl(),
    runs: 12,
    seed: 20,
  });
  expect(verdict.failure).toBeUndefined();
  expect(verdict.runs).toBe(13);
  expect(verdict.renderings).toBe(13 * 2 * 2 * 2);
  expect(verdict.oracle).toBeGreaterThan(13);
}, 60_000);
