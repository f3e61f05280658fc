import { parseArgs } from 'node:util';
import { compose } from '../../main';
import { helm3, helm4, kubectl } from '../../test/tools/programs';
import type { Platform } from '../platform';
import { prove, type Verdict } from './prove';
import { composeTorture } from './torture';

/*
 * npm run prove -- --runs N --seed S [--chart platform|torture]
 * Renders the charts with real Helms on every overlay and on N random values, and compares with
 * the evaluated manifests. The torture chart, which reaches every branch of the printer, gets a
 * fifth of the runs.
 */

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    chart: { type: 'string', default: 'all' },
  },
});

function count(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(
    `Option --${name} is ${JSON.stringify(text)}; it must be a whole number, as in --${name} 500.`,
  );
}

async function proveOne(
  name: string,
  platform: Platform,
  runs: number,
  seed: number,
): Promise<boolean> {
  let shown = 0;
  const progress = (done: number, total: number) => {
    if (done < total && done - shown < total / 10) return;
    shown = done;
    process.stdout.write(`${name}: ${String(done)} of ${String(total)} values\n`);
  };
  const verdict = await prove({
    blueprint: platform.build(),
    helms: [helm3(), helm4()],
    kubectl: kubectl(),
    runs,
    seed,
    progress,
  });
  process.stdout.write(report(name, verdict));
  return verdict.failure === undefined;
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

async function main(): Promise<void> {
  const [runs, seed] = [count('runs', options.runs), count('seed', options.seed)];
  process.stdout.write(
    `${helm3().name} ${helm3().version}, ${helm4().name} ${helm4().version}, kubectl ${kubectl().version}, seed ${String(seed)}\n`,
  );
  let proven = true;
  if (options.chart !== 'torture') proven = await proveOne('platform', compose(), runs, seed);
  if (options.chart !== 'platform')
    proven = (await proveOne('torture', composeTorture(), Math.ceil(runs / 5), seed)) && proven;
  if (!proven) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
