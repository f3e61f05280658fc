import { prove } from '../../synth/proof/prove';
import { composeTorture } from '../../synth/proof/torture';
import { helm3, kubectl } from '../../synth/proof/programs';

// The printer's own tests run beside it; one file starts quicker than eight.
import '../synth/plain-tree.test';
import '../synth/plain-yaml.test';
import '../synth/print-list.test';
import '../synth/print-looks.test';
import '../synth/print-number.test';
import '../synth/print-quotes.test';
import '../synth/print-text.test';
import '../synth/print.test';
import '../synth/remember.test';

// The proof in the small, run once for each way of breaking the printer (stryker.config.json).
test('the proof of the torture chart passes', async () => {
  const blueprint = composeTorture().build();
  const size = { runs: 10, seed: 4, umbrellaOnly: true, shrink: false };
  const verdict = await prove({ blueprint, helms: [helm3()], kubectl: kubectl(), ...size });
  expect(verdict.failure).toBeUndefined();
}, 60_000);
