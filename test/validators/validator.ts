import { spawnSync } from 'node:child_process';
import type { Scene } from './scene';

/** What a validator says of one object. */
export interface Finding {
  /** Of the scene. */
  readonly file: string;
  readonly rule: string;
  /** Kind and name, such as Deployment/gateway; a file where there are no objects. */
  readonly object: string;
  readonly message: string;
}

export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export interface Outcome {
  /** How many files it read, those apart that are planted. */
  readonly files: number;
  /** In planted files, too: they prove that it works. */
  readonly findings: readonly Finding[];
}

export interface Validator {
  readonly name: string;
  /** Why it cannot run here; undefined where it can. */
  readonly missing: string | undefined;
  readonly version: string;
  /** Rules that it must report for the planted files. */
  readonly planted: readonly string[];
  /** @throws where it does not work, rather than finds something. */
  readonly run: (scene: Scene) => Outcome | Promise<Outcome>;
  readonly stop?: () => Promise<void>;
}

export interface Asked {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Exit codes that mean that something was found. Default: 1. */
  readonly found?: readonly number[];
}

/**
 * What a program prints.
 * @throws where it ends otherwise than with nothing or something found.
 */
export function ask(
  path: string,
  args: readonly string[],
  { cwd, env, found = [1] }: Asked = {},
): { stdout: string; stderr: string } {
  const options = { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 600_000 } as const;
  const { status, error, stdout, stderr } = spawnSync(path, args, options);
  if (status === 0 || (status !== null && found.includes(status))) return { stdout, stderr };
  throw new Error(`"${path}" ended with ${String(status)}: ${error?.message ?? stderr}`);
}
