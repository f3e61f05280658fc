import type { Json } from './node';

export type JsonMap = Record<string, Json>;

export const isMap = (json: unknown): json is JsonMap =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Helm's merge: maps join key by key, all else replaces. The result shares nothing. */
export function merge(base: Json, overlay: Json | undefined): Json {
  if (overlay === undefined) return structuredClone(base);
  if (!isMap(base) || !isMap(overlay)) return structuredClone(overlay);
  const keys = [...new Set([...Object.keys(base), ...Object.keys(overlay)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      Object.hasOwn(base, key)
        ? merge(base[key] as Json, overlay[key])
        : structuredClone(overlay[key] as Json),
    ]),
  );
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
