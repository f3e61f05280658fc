import { describe } from './expr';
import { isSpreadKey, readable } from './marks';
import { nameOf, opaqueOf } from './value';

/**
 * What is constant in a part of a manifest, as one text; values stand in it by their paths. The
 * same code makes the same text, whatever the values are.
 */
export function outline(part: unknown): string {
  const opaque = opaqueOf(part);
  if (opaque?.kind === 'value') return describe(opaque.expr);
  if (opaque?.kind === 'when') {
    return `when(${[describe(opaque.cond), ...[opaque.then, opaque.otherwise].map(outline)].join()})`;
  }
  if (opaque !== undefined) return nameOf(opaque);
  if (Array.isArray(part)) return `[${part.map(outline).join()}]`;
  if (typeof part === 'object' && part !== null) {
    const fields = Object.entries(part).map(([key, value]) =>
      isSpreadKey(key) ? outline(value) : `${readable(key)}:${outline(value)}`,
    );
    return `{${fields.join()}}`;
  }
  return typeof part === 'string' ? JSON.stringify(readable(part)) : String(part);
}
