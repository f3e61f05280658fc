/** Measures synth beside other ways to make the same objects: npm run bench. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argumentsFrom, type PlatformSize } from './arguments';
import {
  clearOutput,
  contendersOf,
  inTurns,
  REGISTER,
  synthCommand,
  type Place,
} from './contenders';
import type { OneEnvironment } from './one-environment';
import { IN_PROCESS } from './method';
import { nodeReleases, type NodeRelease } from './nodes';
import { phasesOf } from './phases';
import { page, summaryOf, type Measured } from './report';

/** Beyond this, one round takes as long as five of 500. */
const LARGE = 1000;

async function main(): Promise<void> {
  const { rounds, platforms, write } = argumentsFrom(process.argv.slice(2));
  const nodes = nodeReleases();
  const all: Measured[] = [];
  for (const size of platforms) {
    const measured = await measurePlatform(size, rounds, nodes);
    process.stdout.write(summaryOf(measured));
    all.push(measured);
  }
  if (write) writeFileSync(resolve(__dirname, '../../docs/benchmarks.md'), page(all));
}

async function measurePlatform(
  size: PlatformSize,
  wanted: number,
  nodes: readonly NodeRelease[],
): Promise<Measured> {
  const isLarge = typeof size === 'number' && size > LARGE;
  const rounds = isLarge ? Math.ceil(wanted / 5) : wanted;
  const cwd = mkdtempSync(join(tmpdir(), 'twinchart-bench-'));
  const node = nodes.at(-1) as NodeRelease;
  const place: Place = { size, cwd, nodes, node };
  try {
    const contenders = await contendersOf(place);
    const outputBytes = ['dist', 'helm', 'docs'].reduce(
      (sum, one) => sum + bytesIn(join(cwd, one)),
      0,
    );
    const costs = await inTurns(contenders, rounds);
    const inProcess = Math.max(rounds, isLarge ? IN_PROCESS.large : IN_PROCESS.small);
    const oneEnvironments = nodes.map((one) => oneEnvironment(place, one, inProcess));
    const phases = Array.from({ length: rounds }, () => {
      clearOutput(cwd);
      return phasesOf(synthCommand(place, node));
    });
    return { ...place, rounds, outputBytes, costs, oneEnvironments, phases };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function oneEnvironment(
  { size, cwd }: Place,
  { program }: NodeRelease,
  rounds: number,
): OneEnvironment {
  const main = join(__dirname, 'one-environment.ts');
  const args = ['--require', REGISTER, main, String(size), String(rounds)];
  return JSON.parse(execFileSync(program, args, { cwd, encoding: 'utf8' })) as OneEnvironment;
}

function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.reduce(
    (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
    0,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
