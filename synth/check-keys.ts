import { describe, type Expr } from './expr';
import type { Field, MapEntry } from './node';

/**
 * What would lose an entry of a map without a word: a key that is there twice, two map values
 * spread into it. Notes in `reserved` which keys a spread map value must not bring.
 */
export function clashesIn(
  entries: readonly MapEntry[],
  reserved: Map<string, Set<string>>,
): string[] {
  // Of an object as most are: JavaScript itself lets each key be there once.
  if (entries.every(({ kind }) => kind === 'field')) return [];
  const keys = entries.flatMap(keysOf);
  const spreads = entries.flatMap(spreadsOf);
  for (const spread of spreads) {
    const path = describe(spread);
    reserved.set(path, new Set([...(reserved.get(path) ?? []), ...keys]));
  }
  const seen = new Set<string>();
  const twice = keys.filter((key) => {
    const isTwice = seen.has(key);
    seen.add(key);
    return isTwice;
  });
  const clashes = twice.map(
    (key) => `has ${key} twice; remove one, or join both in one when(condition, a, b)`,
  );
  if (spreads.length > 1) {
    clashes.push(
      `spreads ${spreads.map(describe).join(' and ')} into one map, where their keys could clash; keep one`,
    );
  }
  return clashes;
}

function keysOf(entry: MapEntry): string[] {
  if (entry.kind === 'field' || entry.kind === 'omitEmpty') return [entry.key];
  if (entry.kind === 'include') return entry.entries.map((field) => field.key);
  if (entry.kind === 'spread') return [];
  // Only one branch of a block is ever there, so both may bring the same key.
  return [...new Set([...entry.then, ...entry.otherwise].flatMap(keysOf))];
}

function spreadsOf(entry: MapEntry): Expr[] {
  if (entry.kind === 'spread') return [entry.expr];
  return entry.kind === 'block' ? [...entry.then, ...entry.otherwise].flatMap(spreadsOf) : [];
}

/** The fields of a fragment as text, to compare two of one name. */
export const describeFields = (fields: readonly Field[]) =>
  fields
    .map(({ key, node }) => `${key}=${node.kind === 'value' ? describe(node.expr) : ''}`)
    .join();
