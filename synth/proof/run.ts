import { parseArgs } from 'node:util';
import type { Platform } from '../platform';
import type { HelmProcesses } from './helm-process';
import { helm3, helm4, kubectl } from './programs';
import { prove, type ProveOptions, type Verdict } from './prove';

/** A platform to prove. */
export interface ProofSubject {
  readonly name: string;
  readonly compose: () => Platform;
  /** Part of the random values that it gets. Default: all of them. */
  readonly share?: number;
}

function none(): never {
  throw new Error(
    'Option --in-one-process needs programs that this proof does not have; leave it out.',
  );
}

/**
 * Proves that Helm renders what the environments hold, on every overlay and on random values, and
 * prints what it found. Takes the options --runs, --seed, --chart, --in-turn and --in-one-process from
 * the command line; the exit code is 1 where a difference was found or something is missing.
 * @param processes starts what --in-one-process uses. Default: that option is refused.
 */
export function runProof(
  subjects: readonly ProofSubject[],
  processes: () => HelmProcesses = none,
): void {
  proveAll(subjects, processes).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}

async function proveAll(
  subjects: readonly ProofSubject[],
  startProcesses: () => HelmProcesses,
): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      runs: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      chart: { type: 'string', default: 'all' },
      'in-turn': { type: 'boolean', default: false },
      'in-one-process': { type: 'boolean', default: false },
    },
  });
  const [runs, seed] = [count('runs', options.runs), count('seed', options.seed)];
  const names = ['all', ...subjects.map(({ name }) => name)];
  if (!names.includes(options.chart)) {
    throw new Error(
      `Option --chart is ${JSON.stringify(options.chart)}; it must be one of ${names.join(', ')}.`,
    );
  }
  process.stdout.write(
    `${helm3().name} ${helm3().version}, ${helm4().name} ${helm4().version}, kubectl ${kubectl().version}, seed ${String(seed)}\n`,
  );
  const inTurn = options['in-turn'];
  const processes = options['in-one-process'] ? startProcesses() : undefined;
  try {
    for (const subject of subjects) {
      if (!['all', subject.name].includes(options.chart)) continue;
      const verdict = await proveOne(subject, { runs, seed, inTurn, processes });
      process.stdout.write(report(subject.name, verdict));
      if (verdict.failure === undefined) continue;
      process.stdout.write(`  again: ${commandFor(subject, verdict.failure, inTurn)}\n`);
      process.exitCode = 1;
    }
  } finally {
    for (const one of processes?.helms ?? []) one.end();
  }
}

function count(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text) && Number(text) <= LARGEST) return Number(text);
  throw new Error(
    `Option --${name} is ${JSON.stringify(text)}; it must be a whole number up to ${String(LARGEST)}, as in --${name} 500.`,
  );
}

/** Of the seeds that fast-check takes. */
const LARGEST = 2 ** 31 - 1;

async function proveOne(
  { name, compose, share = 1 }: ProofSubject,
  {
    runs,
    seed,
    inTurn,
    processes,
  }: Required<Pick<ProveOptions, 'runs' | 'seed' | 'inTurn' | 'processes'>>,
): Promise<Verdict> {
  let shown = 0;
  const progress = (done: number, total: number) => {
    if (done < total && done - shown < total / 10) return;
    shown = done;
    process.stdout.write(`${name}: ${String(done)} of ${String(total)} values\n`);
  };
  return prove({
    blueprint: compose().build(),
    helms: [helm3(), helm4()],
    kubectl: kubectl(),
    runs: Math.ceil(runs * share),
    seed,
    inTurn,
    processes,
    progress,
  });
}

/** As few runs as come to the same values. */
function commandFor(
  { name, share = 1 }: ProofSubject,
  { random }: NonNullable<Verdict['failure']>,
  inTurn: boolean,
): string {
  const runs = random === undefined ? 0 : Math.ceil((random.index + 1) / share);
  const seed = random === undefined ? '' : ` --seed ${String(random.seed)}`;
  const way = inTurn ? ' --in-turn' : '';
  return `npm run prove -- --chart ${name} --runs ${String(runs)}${seed}${way}`;
}

function report(name: string, verdict: Verdict): string {
  const { runs, renderings, objects, oracle, chartOnly, milliseconds, failure } = verdict;
  const each = (milliseconds / Math.max(1, renderings)).toFixed(1);
  const seconds = (milliseconds / 1000).toFixed(1);
  const lines = [
    `${name}: ${String(runs)} values, ${String(renderings)} renderings, ${String(objects)} objects compared, ${String(failure?.differences.length ?? 0)} differences, ${String(oracle)} texts read by kubectl, ${seconds} s, ${each} ms a rendering`,
    ...chartOnly.map((identity) => `${name}: in the chart only: ${identity}`),
  ];
  if (failure !== undefined) {
    lines.push(
      `${name}: ${failure.run}: ${failure.what}`,
      `  values: ${JSON.stringify(failure.values)}`,
    );
    for (const { path, evaluated, rendered } of failure.differences.slice(0, 5)) {
      lines.push(
        `  ${path}`,
        `    evaluated: ${evaluated ?? '(nothing)'}`,
        `    rendered:  ${rendered ?? '(nothing)'}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
