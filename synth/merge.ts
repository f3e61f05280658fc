import type { Json } from './node';

export type JsonMap = Record<string, Json>;

export const isMap = (json: unknown): json is JsonMap =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Helm's merge: maps join key by key, all else replaces. The result shares nothing. */
export function merge(base: Json, overlay: Json | undefined): Json {
  if (overlay === undefined) return copyOf(base);
  if (!isMap(base) || !isMap(overlay)) return copyOf(overlay);
  const keys = [...new Set([...Object.keys(base), ...Object.keys(overlay)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      Object.hasOwn(base, key)
        ? merge(base[key] as Json, overlay[key])
        : copyOf(overlay[key] as Json),
    ]),
  );
}

/** structuredClone takes many times longer for data that is as plain as this. */
function copyOf(json: Json): Json {
  if (Array.isArray(json)) return json.map(copyOf);
  if (!isMap(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, copyOf(value)]));
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
