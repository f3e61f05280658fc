/**
 * Builds the real programs that tests need and that are not in the cache yet, in the order of what
 * they cost: node --require ./register test/build-programs.ts [minutes [file]]. What is not ready in that time
 * is named. The file gets a line for each: "ready", "late" or "missing", and its name. Exit code 1
 * where a build failed.
 */
import { writeFileSync } from 'node:fs';
import { benchPrograms } from './bench/go-programs';
import { built, MODULES } from './cluster/programs';
import { configPrograms } from './configs/go-programs';
import { buildNginx } from './configs/nginx-build';
import type { GoPrograms } from './go-programs';
import { helmPackages } from './hostile/helm-processes';
import { buildPython } from './validators/python';
import { validatorPrograms } from './validators/go-programs';

const [minutes = '35', file] = process.argv.slice(2);
const end = Date.now() + Number(minutes) * 60_000;
// At least so much that what is there already is found.
const left = (): number => Math.max(end - Date.now(), 1000);

type Program = readonly [name: string, build: () => unknown];
const ofGo = <Name extends string>(all: GoPrograms<Name>): Program[] =>
  all.names.map((name) => [
    name,
    () => {
      all.build(name, left);
    },
  ]);

const programs: readonly Program[] = [
  [
    'nginx',
    () => {
      buildNginx(left);
    },
  ],
  ...ofGo(configPrograms),
  [
    'python-validators',
    () => {
      buildPython(left);
    },
  ],
  ...ofGo(benchPrograms),
  ...ofGo(validatorPrograms),
  ...ofGo(helmPackages),
  ...MODULES.map((name): Program => [
    name,
    () => built(name, { signal: AbortSignal.timeout(left()) }),
  ]),
];

type Outcome = 'ready' | 'late' | 'missing';

/** What became of it, which is told, too. */
async function outcomeOf([name, build]: Program): Promise<Outcome> {
  const start = Date.now();
  const told = (what: string): void => {
    console.log(`${name}: ${what} after ${String(Math.round((Date.now() - start) / 1000))} s`);
  };
  try {
    await build();
    told('ready');
    return 'ready';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (Date.now() >= end) {
      told(`not built within ${minutes} minutes`);
      return 'late';
    }
    told(`not built (${why})`);
    // No cargo, say: then it cannot be had here, and its tests are skipped.
    if (!why.includes('ENOENT')) process.exitCode = 1;
    return 'missing';
  }
}

async function main(): Promise<void> {
  const lines: string[] = [];
  for (const program of programs) lines.push(`${await outcomeOf(program)} ${program[0]}\n`);
  if (file !== undefined) writeFileSync(file, lines.join(''));
}

void main();
