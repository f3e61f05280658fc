import { composeTorture } from '../../synth/proof/torture';
import { helm3, helm4, kubectl } from '../../synth/proof/programs';
import { prove } from '../../synth/proof/prove';
import { helmPackages, helmProcesses } from '../hostile/helm-processes';

/* What the nightly proof of many values does (docs/adr/0013), with few. */

const missing = helmPackages.names.filter((name) => helmPackages.find(name) === undefined);
const testWithPackages = missing.length > 0 ? test.skip : test;

testWithPackages(
  "Helm's packages render what the manifests say, and what Helm does",
  async () => {
    const processes = helmProcesses();
    try {
      const verdict = await prove({
        blueprint: composeTorture().build(),
        ...{ helms: [helm3(), helm4()], kubectl: kubectl(), processes },
        ...{ runs: 150, seed: 1, inTurn: true },
      });
      expect(verdict.failure).toBeUndefined();
      expect(verdict.runs).toBeGreaterThanOrEqual(150);
    } finally {
      for (const one of processes.helms) one.end();
    }
  },
  120_000,
);
