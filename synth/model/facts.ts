import type { Fact } from './shape';

/**
 * What environments tell, in their order: each thing once, with those that tell it.
 * @param told by environment.
 */
export function factsOf<T extends object>(
  told: readonly { readonly environment: string; readonly things: readonly T[] }[],
): Fact<T>[] {
  const found = new Map<string, Fact<T>>();
  for (const { environment, things } of told) {
    for (const thing of things) {
      const key = JSON.stringify(thing);
      const known = found.get(key) ?? { ...thing, environments: [] };
      found.set(key, known);
      // The empty name is that of the defaults.
      if (environment !== '' && !known.environments.includes(environment)) {
        // Short lists by the ten thousand: one that grows has room for a dozen more.
        known.environments = known.environments.concat(environment);
      }
    }
  }
  return [...found.values()];
}
