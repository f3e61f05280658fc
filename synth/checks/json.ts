import { isMap, type JsonMap } from '../merge';
import { asText, type Json } from '../node';

/** What is at the path of keys and indexes; undefined where a part of it is missing. */
export function at(json: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, key) => {
    if (Array.isArray(part)) return part[Number(key)];
    return isMap(part) && Object.hasOwn(part, key) ? part[key] : undefined;
  }, json);
}

/** The map at the path; empty where there is none. */
export function mapAt(json: Json | undefined, ...path: readonly string[]): JsonMap {
  const found = at(json, ...path);
  return isMap(found) ? found : {};
}

/** The list at the path; empty where there is none. */
export function listAt(json: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(json, ...path);
  return Array.isArray(found) ? found : [];
}

/** The scalar at the path as text; empty where there is none. */
export const textAt = (json: Json | undefined, ...path: readonly string[]): string =>
  asText(at(json, ...path));

/** Every text in the JSON, with its path. */
export function* textsIn(json: Json, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof json === 'string') yield [path, json];
  if (typeof json !== 'object') return;
  for (const [key, part] of Object.entries(json)) yield* textsIn(part, `${path}/${key}`);
}
