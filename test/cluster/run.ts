/**
 * `npm run test:cluster`: starts control planes of each Kubernetes, runs the tests of this folder
 * against them and stops them, whatever happens. Prints a table at the end. Arguments go to jest.
 *
 *     TWINCHART_KUBERNETES=1.37           only that version; several have commas between them
 *     TWINCHART_API_SERVER_PORT=6443      instead of a free port; then one control plane at a time
 *     KUBECONFIG_UNDER_TEST=…             that cluster instead
 *     TWINCHART_CLUSTER_REPORTS=folder    for a report of jest by version and part
 */
import './node20.cjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildControlPlane, startControlPlane } from './control-plane';
import { runJest, type Cluster, type Run } from './jest';
import { KUBERNETES, wholeVersion, type KubernetesVersion } from './programs';
import { printed } from './table';

/** Tests of a version in so many control planes at a time, since much of the time is spent waiting. */
const PARTS = 2;
/** What does not depend on the version is tried with the last one. */
const ONCE = [
  '--testPathIgnorePatterns=(/node_modules/|/control-plane\\.test)',
  '--passWithNoTests',
];

const abort = new AbortController();
const say = (line: string): void => void process.stderr.write(`${line}\n`);

type Start = () => Promise<Cluster>;
type Planned = Pick<Run, 'args' | 'part'> & { readonly start: Start };

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const work = mkdtempSync(join(tmpdir(), 'twinchart-rows-'));
  try {
    const port = portOf(env['TWINCHART_API_SERVER_PORT']);
    const all = await planned(args, env, port);
    const isAlone = all.length === 1;
    const reports = env['TWINCHART_CLUSTER_REPORTS'];
    const codes = await inTurn(all, port === undefined ? all.length : 1, (one) =>
      testWith(one, { ...one, work, reports, isAlone, signal: abort.signal }),
    );
    const tables = printed(work);
    if (tables !== '') console.log(tables);
    return Math.max(...codes);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function planned(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  port: number | undefined,
): Promise<Planned[]> {
  const under = env['KUBECONFIG_UNDER_TEST'] ?? '';
  const part = { index: 1, count: 1 };
  if (under !== '') {
    // The Kubernetes client takes a second to load.
    const { existing } = await import('./existing');
    return [{ start: () => existing(under), args, part }];
  }
  const versions = selected(env['TWINCHART_KUBERNETES']);
  const all: Planned[] = [];
  for (const version of versions) {
    say(`Starting Kubernetes ${wholeVersion(version)}.`);
    await buildControlPlane(version, { say, signal: abort.signal });
    const own = version === versions.at(-1) ? args : [...ONCE, ...args];
    // Who names files or tests wants a few.
    const count = args.every((arg) => arg.startsWith('-')) ? PARTS : 1;
    const start: Start = async () => {
      const server = await startControlPlane(version, { say, signal: abort.signal, port });
      return { ...server, version: wholeVersion(version) };
    };
    for (let index = 1; index <= count; index += 1)
      all.push({ start, args: own, part: { index, count } });
  }
  return all;
}

function selected(text = ''): readonly KubernetesVersion[] {
  if (text === '') return KUBERNETES;
  const wanted = text.split(',');
  const found = KUBERNETES.filter((version) => wanted.includes(version));
  if (found.length === wanted.length) return found;
  const known = KUBERNETES.join(' or ');
  throw new Error(`TWINCHART_KUBERNETES is ${JSON.stringify(text)}; set it to ${known}.`);
}

function portOf(text = ''): number | undefined {
  if (text === '') return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(
    `TWINCHART_API_SERVER_PORT is ${JSON.stringify(text)}; set it to a port from 1 to 65535.`,
  );
}

/** Does it with all of them, so many at a time; throws the first error when all are over. */
async function inTurn<T, R>(
  all: readonly T[],
  atATime: number,
  task: (one: T) => Promise<R>,
): Promise<R[]> {
  const queue = [...all.entries()];
  const results: R[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results[next[0]] = await task(next[1]);
  };
  const ended = await Promise.allSettled(Array.from({ length: atATime }, work));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return results;
}

async function testWith({ start, part }: Planned, run: Run): Promise<number> {
  const cluster = await start();
  try {
    const { code, output } = await runJest(cluster, run);
    if (!run.isAlone) {
      const which = `part ${String(part.index)} of ${String(part.count)}`;
      say(`\n=== Kubernetes ${cluster.version}, ${which}\n${output}`);
    }
    return code;
  } finally {
    await cluster.stop();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    abort.abort(new Error(`Stopped by ${signal}.`));
  });
}

main(process.argv.slice(2), process.env).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
    console.error(reason instanceof Error ? reason.message : String(reason));
    process.exitCode = 1;
  },
);
