/**
 * `helm lint --strict` under both Helms, for the umbrella chart and for each tier's chart, once
 * for each values-<env>.yaml that lies beside its values.yaml.
 *
 *     node --require ./register scripts/helm-lint.ts [chart folder]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { helm3, helm4 } from '../synth/proof/programs';

const umbrella = process.argv[2] ?? 'helm/platform';
let runs = 0;
let failures = 0;

for (const chart of [umbrella, ...tiers(umbrella)]) {
  for (const overlay of overlays(chart)) {
    for (const { version, path } of [helm3(), helm4()]) {
      const args = ['lint', '--strict', chart, '--values', join(chart, overlay)];
      const { status, stdout, stderr, error } = spawnSync(path, args, { encoding: 'utf8' });
      runs += 1;
      if (status === 0) continue;
      failures += 1;
      console.error(`helm ${version} ${args.join(' ')}`);
      console.error(error?.message ?? `${stdout}${stderr}`);
    }
  }
}

console.log(`helm lint: ${String(runs - failures)} of ${String(runs)} runs passed.`);
process.exitCode = failures === 0 ? 0 : 1;

function tiers(chart: string): readonly string[] {
  const folder = join(chart, 'charts');
  return existsSync(folder) ? folders(folder).map((name) => join(folder, name)) : [];
}

function folders(parent: string): readonly string[] {
  const entries = readdirSync(parent, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** A chart without overlays would pass without being looked at. */
function overlays(chart: string): readonly string[] {
  const found = readdirSync(chart).filter((name) => /^values-.+\.yaml$/.test(name));
  if (found.length === 0) {
    throw new Error(`${chart} has no values-<env>.yaml to lint with; run "npm run synth".`);
  }
  return found.sort();
}
