/** Measures synth beside other ways to make the same objects: npm run bench. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argumentsFrom, type PlatformSize } from './arguments';
import { clearOutput, contendersOf, inTurns, synthCommand } from './contenders';
import type { OneEnvironment } from './one-environment';
import { IN_PROCESS } from './method';
import { phasesOf } from './phases';
import { page, summaryOf, type Measured } from './report';

/** Beyond this, one round takes as long as five of 500. */
const LARGE = 1000;

async function main(): Promise<void> {
  const { rounds, platforms, write } = argumentsFrom(process.argv.slice(2));
  const all: Measured[] = [];
  for (const size of platforms) {
    const turns = typeof size === 'number' && size > LARGE ? Math.ceil(rounds / 5) : rounds;
    const measured = await measurePlatform(size, turns);
    process.stdout.write(summaryOf(measured));
    all.push(measured);
  }
  if (write) writeFileSync(resolve(__dirname, '../../docs/benchmarks.md'), page(all));
}

async function measurePlatform(size: PlatformSize, rounds: number): Promise<Measured> {
  const cwd = mkdtempSync(join(tmpdir(), 'twinchart-bench-'));
  try {
    const contenders = await contendersOf(size, cwd);
    const outputBytes = ['dist', 'helm', 'docs'].reduce(
      (sum, one) => sum + bytesIn(join(cwd, one)),
      0,
    );
    const costs = await inTurns(contenders, rounds);
    const inProcess = oneEnvironment(size, Math.max(rounds, IN_PROCESS), cwd);
    const phases = Array.from({ length: rounds }, () => {
      clearOutput(cwd);
      return phasesOf(synthCommand(size, cwd));
    });
    return { size, rounds, outputBytes, costs, oneEnvironment: inProcess, phases };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function oneEnvironment(size: PlatformSize, rounds: number, cwd: string): OneEnvironment {
  const args = [
    '--require',
    resolve(__dirname, '../../register'),
    join(__dirname, 'one-environment.ts'),
    String(size),
    String(rounds),
  ];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }),
  ) as OneEnvironment;
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
