import { isSpreadKey } from './marks';
import { copyPlain } from './plain';
import { show } from './problems';
import { opaqueOf } from './value';

/** A manifest as cdk8s can take it, and what had to be taken out of it to get there. */
export interface CheckedLiteral {
  readonly literal: Record<string, unknown>;
  readonly complaints: readonly string[];
}

/**
 * Copies a manifest without what cdk8s would drop without a word, refuse without a path, or
 * follow until the stack ends.
 */
export function checkLiteral(manifest: unknown): CheckedLiteral {
  const { copy, faults } = copyPlain(manifest, judge);
  const literal = (copy ?? {}) as Record<string, unknown>;
  const complaints = faults.map(
    ({ path, message }) => `/${path.map(printedKey).join('/')} ${message}.`,
  );
  for (const key of ['apiVersion', 'kind']) {
    if (typeof literal[key] === 'string' && literal[key] !== '') continue;
    complaints.push(
      `/${key} is ${show(literal[key])}; it must be constant text, as Kubernetes finds the type of an object by it.`,
    );
    literal[key] = 'Unknown';
  }
  return { literal, complaints };
}

const printedKey = (key: string) => (isSpreadKey(key) ? '...' : key);

function judge(part: unknown) {
  if (opaqueOf(part) !== undefined) return { keep: true } as const;
  if (part === null) return { refuse: 'is null, which means nothing in a manifest; leave it out' };
  const { resolve } = (typeof part === 'object' ? part : {}) as { resolve?: unknown };
  if (typeof resolve !== 'function') return undefined;
  return { refuse: 'has the key resolve with a value, which cdk8s would call; use another' };
}
