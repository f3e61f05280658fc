import type { JsonMap } from '../../synth/merge';
import { TierObjects } from '../charts/tier-objects';
import { applied, kubectl } from './kube';

/** Tiers of prod under further values, without the pods of `helm test`. */
export const prod = (tiers: readonly string[], more: JsonMap = {}): JsonMap[] =>
  tiers
    .flatMap((tier) => new TierObjects(tier).objects('prod', more))
    .filter(({ kind }) => kind !== 'Pod');

/** Applies objects, namespaces first, without an error or a warning. */
export async function make(all: readonly object[]): Promise<void> {
  const isNamespace = (one: object): boolean => 'kind' in one && one.kind === 'Namespace';
  const sorted = [...all.filter(isNamespace), ...all.filter((one) => !isNamespace(one))];
  const { code, stderr } = await applied(sorted);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

/** What kubectl says, which must have succeeded. */
export async function succeeds(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await kubectl(...args);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}
