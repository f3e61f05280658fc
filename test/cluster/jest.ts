import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Processes } from './processes';

/* Jest with the tests of this folder, or a part of them, against a cluster. */

export interface Cluster {
  /** Such as 1.28.15. */
  readonly version: string;
  readonly kubeconfig: string;
  readonly processes?: Processes;
  readonly stop: () => Promise<void>;
}

export interface Part {
  readonly index: number;
  readonly count: number;
}

export interface Run {
  readonly args: readonly string[];
  readonly part: Part;
  /** For rows of the table. */
  readonly work: string;
  /** For a report of jest by version and part; none where undefined. */
  readonly reports?: string | undefined;
  /** Whether its output goes through at once; else it is returned. */
  readonly isAlone: boolean;
  readonly signal: AbortSignal;
}

const PROGRAM = createRequire(__filename).resolve('jest/bin/jest');
const CONFIG = ['--config', resolve(__dirname, 'jest.config.cjs')];

/** Its exit code and output; throws when the cluster ended meanwhile, or somebody wants to stop. */
export async function runJest(
  { version, kubeconfig, processes }: Cluster,
  { args, part, work, reports, isAlone, signal }: Run,
): Promise<{ code: number; output: string }> {
  signal.throwIfAborted();
  const index = String(part.index);
  const flags = [
    `--shard=${index}/${String(part.count)}`,
    ...(reports === undefined
      ? []
      : ['--json', `--outputFile=${join(reports, `${version}-${index}.json`)}`]),
  ];
  const child = spawn(process.execPath, [PROGRAM, ...CONFIG, ...flags, ...args], {
    stdio: ['ignore', isAlone ? 'inherit' : 'pipe', isAlone ? 'inherit' : 'pipe'],
    env: {
      ...process.env,
      TWINCHART_CLUSTER_KUBECONFIG: kubeconfig,
      TWINCHART_CLUSTER_VERSION: version,
      TWINCHART_CLUSTER_ROWS: work,
    },
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
  const end = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', end);
  processes?.keep(child);
  processes?.onFailure(end);
  const [code] = (await once(child, 'close')) as [number | null];
  signal.throwIfAborted();
  if (processes?.failure !== undefined) throw new Error(processes.failure);
  return { code: code ?? 1, output: Buffer.concat(chunks).toString() };
}
