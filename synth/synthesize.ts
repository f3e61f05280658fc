import { spawn } from 'node:child_process';
import * as path from 'node:path';
import type { Blueprint } from './blueprint';
import { chartFiles } from './chart';
import { distFiles, imagesOf, renderEnvironments, type RenderedTier } from './dist';
import { merge, type JsonMap } from './merge';
import { writeOutput } from './output';
import type { Platform } from './platform';
import { Problems } from './problems';

export interface SynthSummary {
  readonly tiers: number;
  /** Objects in dist/, all environments together. */
  readonly objects: number;
  readonly files: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * Makes both twins and writes them: dist/ (or the folder that cdk8s names) and helm/<chart>/.
 * @throws ProblemsError with everything that is wrong; the old output is then untouched.
 */
export function synth(platform: Platform, helmFolder = 'helm'): SynthSummary {
  const problems = new Problems();
  const blueprint = platform.read(problems);
  problems.throwIfAny();
  const tiers = renderEnvironments(blueprint, problems);
  if (problems.count === 0) checkRegistry(blueprint, problems);
  problems.throwIfAny();
  const { chart } = blueprint;
  const written = writeOutput([
    { path: platform.outdir, files: distFiles(tiers) },
    { path: path.join(helmFolder, chart.name), files: chartFiles(blueprint) },
  ]);
  return {
    tiers: blueprint.tiers.length,
    objects: tiers.reduce((sum, { objects }) => sum + objects.length, 0),
    files: written.total,
    changed: written.changed,
    removed: written.removed,
  };
}

const PROBE = 'registry.twinchart.example';

/** One value moves all images to a mirror: renders with it set, and looks at every image. */
function checkRegistry(blueprint: Blueprint, problems: Problems): void {
  if (blueprint.globalDefaults['imageRegistry'] === undefined) return;
  const mirrored = blueprint.environments.map((environment) => ({
    ...environment,
    values: merge(environment.values as JsonMap, { global: { imageRegistry: PROBE } }),
  }));
  const rendered = renderEnvironments({ ...blueprint, environments: mirrored }, new Problems());
  for (const { resource, json } of rendered.flatMap((tier: RenderedTier) => tier.objects)) {
    for (const image of imagesOf(json).filter((one) => !one.startsWith(`${PROBE}/`))) {
      problems.add(
        resource.where,
        `Image ${image} does not obey global.imageRegistry; make it with image().`,
      );
    }
  }
}

/**
 * What main.ts calls: composes, writes, prints a summary. Problems go to standard error, one a
 * line, and the exit code becomes 1. With `--watch`, starts over when a source file changes.
 */
export function run(compose: () => Platform): void {
  if (process.argv.includes('--watch')) {
    const args = [
      '--watch',
      ...process.execArgv,
      ...process.argv.slice(1).filter((arg) => arg !== '--watch'),
    ];
    spawn(process.execPath, args, { stdio: 'inherit' });
    return;
  }
  const start = performance.now();
  try {
    const { tiers, objects, files, changed, removed } = synth(compose());
    const milliseconds = Math.round(performance.now() - start);
    process.stdout.write(
      `${String(tiers)} tiers, ${String(objects)} objects, ${String(files)} files (${String(changed)} changed, ${String(removed)} removed), ${String(milliseconds)} ms\n`,
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
