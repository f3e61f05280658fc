import { composeTorture } from '../../synth/proof/torture';
import { helm3, helm4, kubectl } from '../../synth/proof/programs';
import { Scratch } from '../../synth/proof/helm';
import { parseManifests } from '../../synth/proof/parse';
import { prove } from '../../synth/proof/prove';
import { echoChart } from '../proof/echo-chart';
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

testWithPackages("values of 4,096 bytes reach Helm's packages", async () => {
  const processes = helmProcesses();
  const scratch = new Scratch();
  const { request, rendered } = echoChart(scratch);
  try {
    for (const helm of processes.helms) {
      const { text } = await helm.template(request);
      expect(parseManifests(text)).toEqual(rendered);
    }
  } finally {
    scratch.remove();
    for (const one of processes.helms) one.end();
  }
});
