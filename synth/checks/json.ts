import { isMap, type JsonMap } from '../merge';
import { asText, type Json } from '../node';

/** What is at the path of keys and indexes; undefined where a part of it is missing. */
export const at = (json: Json | undefined, ...path: readonly string[]): Json | undefined =>
  follow(json, path);

function follow(json: Json | undefined, path: readonly string[]): Json | undefined {
  let part = json;
  for (const key of path) {
    if (typeof part !== 'object') return undefined;
    if (Array.isArray(part)) part = part[Number(key)];
    else part = Object.hasOwn(part, key) ? part[key] : undefined;
  }
  return part;
}

/** The map at the path; empty where there is none. */
export function mapAt(json: Json | undefined, ...path: readonly string[]): JsonMap {
  const found = follow(json, path);
  return isMap(found) ? found : {};
}

/** The list at the path; empty where there is none. */
export function listAt(json: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = follow(json, path);
  return Array.isArray(found) ? found : [];
}

/** The scalar at the path as text; empty where there is none. */
export const textAt = (json: Json | undefined, ...path: readonly string[]): string =>
  asText(follow(json, path));

/** Whether some text in the JSON is such. */
export function someText(json: Json, isSuch: (text: string) => boolean): boolean {
  if (typeof json === 'string') return isSuch(json);
  if (typeof json !== 'object') return false;
  if (Array.isArray(json)) return json.some((item) => someText(item, isSuch));
  for (const key of Object.keys(json)) if (someText(json[key] as Json, isSuch)) return true;
  return false;
}

/** Calls `visit` with every text in the JSON and its path. */
export function visitTexts(json: Json, visit: (text: string, pathNow: () => string) => void): void {
  const path: string[] = [];
  const pathNow = () => path.map((key) => `/${key}`).join('');
  const walk = (part: Json): void => {
    if (typeof part === 'string') visit(part, pathNow);
    if (typeof part !== 'object') return;
    for (const key of Object.keys(part)) {
      path.push(key);
      walk((part as Readonly<Record<string, Json>>)[key] as Json);
      path.pop();
    }
  };
  walk(json);
}
