import type { Json } from './node';
import { isGroup, type Schema } from './schema';

/** The defaults that a schema declares. */
export function defaultsOf(schema: Schema): Json {
  if (!isGroup(schema)) return (schema.default ?? '') as Json;
  return Object.fromEntries(
    Object.entries(schema.properties).map(([key, property]) => [key, defaultsOf(property)]),
  );
}
