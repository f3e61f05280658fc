import { resolve } from 'node:path';
import { helm3, helm4, type Program } from '../../synth/proof/programs';
import { run, version } from './kube';

/* Releases of the chart, and of one tier of it. */

export const CHART = resolve(__dirname, '../../helm/platform');
export const RELEASE = 'platform';

export const isOldest = version.startsWith('1.28.');

/** Helm 3 on the oldest Kubernetes, Helm 4 on all that are newer. */
export const newest = (): Program => (isOldest ? helm3() : helm4());

export const WAIT = ['--wait', '--timeout', '4m'];

/** It must say nothing on stderr, where warnings of the API server go. */
export async function helm(program: Program, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(program.path, args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}
