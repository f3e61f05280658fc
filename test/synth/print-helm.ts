import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { synth } from '../../synth';
import { helm3, helm4, type Program } from '../../synth/proof/programs';
import { environmentOf, platformOf, printedCases } from './print-fixture';

/** Objects by name; integers as bigint, so that 1e+06 is not 1000000. */
type Objects = Record<string, unknown>;

/** Last in a file: both Helms make of all that was printed in it what dist/ holds. */
export function helmAgrees(): void {
  // Under Stryker the proof of the torture chart asks Helm, for every change of the printer.
  if (process.env['STRYKER_MUTATOR_WORKER'] !== undefined) return;
  test.each([
    ['Helm 3', helm3],
    ['Helm 4', helm4],
  ])('%s renders every template of this file to the YAML of dist', (_, helm) => {
    for (const { environment, chart, dist } of twins(helm())) {
      expect({ environment, objects: chart }).toEqual({ environment, objects: dist });
    }
  });
}

/** What Helm and dist/ make of all that was printed so far, for each set of values used. */
function twins(helm: Program): { environment: string; chart: Objects; dist: Objects }[] {
  const overlays = [
    ...new Set(
      printedCases.flatMap(({ overlays: used }) => used.map((one) => JSON.stringify(one))),
    ),
  ];
  const environments = overlays.map((overlay, index) =>
    environmentOf(JSON.parse(overlay) as Record<string, never>, `values-${String(index)}`),
  );
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-print-'));
  try {
    const platform = platformOf(
      printedCases.map(({ content }) => content),
      environments,
    );
    Object.assign(platform, { outdir: join(folder, 'dist') });
    synth(platform, join(folder, 'helm'));
    return environments.map(({ name }) => {
      const values = join(folder, `helm/samples/values-${name}.yaml`);
      const args = ['template', 'main', join(folder, 'helm/samples'), '-n', 'ops', '-f', values];
      const chart = execFileSync(helm.path, args, { encoding: 'utf8' });
      const dist = readFileSync(join(folder, `dist/${name}/01-sample.k8s.yaml`), 'utf8');
      return { environment: name, chart: objectsOf(chart), dist: objectsOf(dist) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function objectsOf(text: string): Objects {
  const documents = parseAllDocuments(text, { intAsBigInt: true });
  return Object.fromEntries(
    documents
      .map((document) => document.toJS() as { metadata: { name: string } } | null)
      .filter((json) => json !== null)
      .map((json) => [json.metadata.name, json]),
  );
}
