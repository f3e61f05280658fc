/**
 * `npm run test:cluster`: starts a control plane of each Kubernetes, runs the tests of this folder
 * against it and stops it, whatever happens. Prints a table at the end. Arguments go to jest.
 *
 *     TWINCHART_KUBERNETES=1.37           only that version
 *     TWINCHART_API_SERVER_PORT=6443      instead of a free port
 *     KUBECONFIG_UNDER_TEST=…             that cluster instead
 */
import './node20.cjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startControlPlane } from './control-plane';
import { existing } from './existing';
import type { Processes } from './processes';
import { KUBERNETES, wholeVersion, type KubernetesVersion } from './programs';
import { printed, type Row } from './table';

interface Cluster {
  readonly version: string;
  readonly kubeconfig: string;
  readonly processes?: Processes;
  readonly stop: () => Promise<void>;
}

const abort = new AbortController();
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const work = mkdtempSync(join(tmpdir(), 'twinchart-rows-'));
  try {
    const codes: number[] = [];
    for (const start of clusters(process.env)) codes.push(await testWith(start, work, args));
    const rows = join(work, 'rows');
    if (existsSync(rows)) {
      const lines = readFileSync(rows, 'utf8').trimEnd().split('\n');
      console.log(printed(lines.map((line) => JSON.parse(line) as Row)));
    }
    return Math.max(...codes);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function clusters(env: NodeJS.ProcessEnv): (() => Promise<Cluster>)[] {
  const under = env['KUBECONFIG_UNDER_TEST'] ?? '';
  if (under !== '') return [() => existing(under)];
  const port = portOf(env['TWINCHART_API_SERVER_PORT']);
  return selected(env['TWINCHART_KUBERNETES']).map((version) => async () => {
    say(`Starting Kubernetes ${wholeVersion(version)}.`);
    const server = await startControlPlane(version, { say, signal: abort.signal, port });
    return { ...server, version: wholeVersion(version) };
  });
}

function selected(text = ''): readonly KubernetesVersion[] {
  if (text === '') return KUBERNETES;
  const found = KUBERNETES.filter((version) => version === text);
  if (found.length > 0) return found;
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

async function testWith(
  start: () => Promise<Cluster>,
  work: string,
  args: readonly string[],
): Promise<number> {
  const cluster = await start();
  try {
    return await jest(cluster, work, args);
  } finally {
    await cluster.stop();
  }
}

/** Its exit code; throws when the cluster ended meanwhile, or somebody wants to stop. */
async function jest(cluster: Cluster, work: string, args: readonly string[]): Promise<number> {
  abort.signal.throwIfAborted();
  const program = createRequire(__filename).resolve('jest/bin/jest');
  const config = resolve(__dirname, 'jest.config.cjs');
  const child = spawn(process.execPath, [program, '--config', config, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      TWINCHART_CLUSTER_KUBECONFIG: cluster.kubeconfig,
      TWINCHART_CLUSTER_VERSION: cluster.version,
      TWINCHART_CLUSTER_ROWS: join(work, 'rows'),
    },
  });
  const end = (): void => void child.kill('SIGTERM');
  abort.signal.addEventListener('abort', end);
  cluster.processes?.keep(child);
  cluster.processes?.onFailure(end);
  const [code] = (await once(child, 'exit')) as [number | null];
  abort.signal.throwIfAborted();
  if (cluster.processes?.failure !== undefined) throw new Error(cluster.processes.failure);
  return code ?? 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    abort.abort(new Error(`Stopped by ${signal}.`));
  });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
    console.error(reason instanceof Error ? reason.message : String(reason));
    process.exitCode = 1;
  },
);
