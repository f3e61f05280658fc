/** Adds to the list that a map has under the key, or starts one. */
export function append<K, V>(lists: Map<K, V[]>, key: K, ...more: readonly V[]): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [...more]);
  else known.push(...more);
}
