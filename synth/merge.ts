import type { Json } from './node';

export type JsonMap = Record<string, Json>;

export const isMap = (json: unknown): json is JsonMap =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/**
 * Helm's merge: maps join key by key, all else replaces. What only one of them has is not copied, and
 * where the overlay changes nothing it is the base itself: so parts that are the same are one object.
 */
export function merge(base: Json, overlay: Json | undefined): Json {
  if (overlay === undefined) return base;
  if (!isMap(base) || !isMap(overlay)) return overlay;
  let merged: JsonMap | undefined;
  for (const key of Object.keys(overlay)) {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    const value = overlay[key] as Json;
    const after = before === undefined ? value : merge(before, value);
    if (after === before) continue;
    merged ??= { ...base };
    setOwn(merged, key, after);
  }
  return merged ?? base;
}

/** Also a key that means something to JavaScript. */
function setOwn(map: JsonMap, key: string, value: Json): void {
  if (key !== '__proto__') map[key] = value;
  else
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

/** What of the overlay differs from the base; undefined when nothing does. */
export function difference(base: Json | undefined, overlay: Json): Json | undefined {
  if (isMap(base) && isMap(overlay)) {
    const entries = Object.entries(overlay).flatMap(([key, value]): [string, Json][] => {
      const rest = difference(Object.hasOwn(base, key) ? base[key] : undefined, value);
      return rest === undefined ? [] : [[key, rest]];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  return JSON.stringify(base) === JSON.stringify(overlay) ? undefined : overlay;
}
