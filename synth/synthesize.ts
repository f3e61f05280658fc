import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { types } from 'node:util';
import { chartFiles } from './chart';
import { isChartName } from './check-names';
import { runChecks } from './checks/run';
import { worldsOf } from './checks/world';
import { distFiles, renderEnvironments } from './dist';
import { docsFiles } from './docs';
import { writeOutput } from './output';
import { checkFolders } from './output-folder';
import { siteOf, takeNotes } from './misuse';
import { Platform } from './platform';
import { Problems, ProblemsError, show, type Problem } from './problems';
import { checkRepeatable } from './repeat';

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
 * @param compose makes the same platform again, to see that it comes out the same.
 * @throws ProblemsError with everything that is wrong; the old output is then untouched.
 */
export function synth(
  platform: Platform,
  helmFolder = 'helm',
  compose?: () => Platform,
): SynthSummary {
  const problems = new Problems();
  const blueprint = platform.read(problems);
  const { chart } = blueprint;
  const chartFolder = path.join(helmFolder, isChartName(chart.name) ? chart.name : '');
  const { options } = platform;
  const { docs } = options;
  const pages = docs === undefined ? [] : [{ path: docs, shared: true }];
  checkFolders([{ path: platform.outdir }, { path: chartFolder }, ...pages], problems);
  problems.throwIfAny();
  // Composed again before there is more to remember, but told of last.
  const unrepeatable = new Problems();
  if (compose !== undefined) checkRepeatable(blueprint, compose, unrepeatable);
  const tiers = renderEnvironments(blueprint);
  const told = { blueprint, options, tiers };
  runChecks(worldsOf(told), options, problems);
  problems.addAll(unrepeatable.all);
  problems.throwIfAny();
  const written = writeOutput([
    { path: platform.outdir, files: distFiles(tiers) },
    { path: chartFolder, files: chartFiles(blueprint) },
    ...pages.map((folder) => ({ ...folder, files: docsFiles(told) })),
  ]);
  return {
    tiers: blueprint.tiers.length,
    objects: tiers.reduce((sum, { objects }) => sum + objects.length, 0),
    files: written.total,
    changed: written.changed,
    removed: written.removed,
  };
}

/**
 * What main.ts calls: composes, writes, prints a summary. Problems go to standard error, one a
 * line, and the exit code becomes 1. With `--watch`, starts over when a source file changes.
 */
export function run(compose: () => Platform): void {
  if (process.argv.includes('--watch')) {
    watch();
    return;
  }
  const start = performance.now();
  try {
    const platform: unknown = compose();
    if (!(platform instanceof Platform)) {
      throw new TypeError(`compose() returns ${show(platform)}; return the Platform it makes.`);
    }
    const { tiers, objects, files, changed, removed } = synth(platform, undefined, compose);
    const milliseconds = Math.round(performance.now() - start);
    process.stdout.write(
      `${counted(tiers, 'tier')}, ${counted(objects, 'object')}, ${counted(files, 'file')} (${String(changed)} changed, ${String(removed)} removed), ${String(milliseconds)} ms\n`,
    );
  } catch (error) {
    process.stderr.write(`${new ProblemsError(problemsOf(error)).message}\n`);
    process.exitCode = 1;
  }
}

const counted = (count: number, what: string) =>
  `${String(count)} ${what}${count === 1 ? '' : 's'}`;

/** What ended the run, after what was noted before it. */
function problemsOf(error: unknown): readonly Problem[] {
  const problems = new Problems();
  problems.addAll(takeNotes());
  const site = types.isNativeError(error) ? siteOf(error) : undefined;
  problems.addThrown(['platform', ...(site ?? [])].join(', '), error);
  return problems.all;
}

/** Runs this program again under Node's watch mode, until it is told to stop. */
function watch(): void {
  const program = process.argv.slice(1).filter((arg) => arg !== '--watch');
  const args = ['--watch', ...process.execArgv, ...program];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 0;
  });
}
