import { child, describe, refsOf, type Expr, type Ref } from './expr';
import type { MapNode } from './node';
import { exprsOfNode } from './node-exprs';
import { isGroup } from './schema';

/**
 * Values that can change the spec of a Job but not its name. The spec of a Job is immutable: with
 * the same name, the next apply fails.
 */
export function complaintsAboutJob(job: MapNode): string[] {
  const refs = (...path: string[]) => leaves(exprsOfNode(at(job, path)));
  const named = new Set(refs('metadata', 'name'));
  const missing = [...new Set(refs('spec'))].filter((value) => !named.has(value));
  return missing.map(
    (value) =>
      `uses ${value}, which is no part of its name; the spec of a Job can never change, so end metadata.name in shortHash() of a text with the value in it.`,
  );
}

/** The values that the expressions read, each once; `.Release` and `.Chart` name the installation. */
const leaves = (exprs: readonly Expr[]) =>
  exprs
    .flatMap(refsOf)
    .filter(({ scope }) => scope.kind === 'tier' || scope.kind === 'global')
    .flatMap(leavesOf)
    .map(describe);

function leavesOf(ref: Ref): Ref[] {
  if (!isGroup(ref.schema)) return [ref];
  return Object.keys(ref.schema.properties).flatMap((key) => {
    const part = child(ref, key);
    return part === undefined ? [] : leavesOf(part);
  });
}

function at(node: MapNode, [key, ...rest]: readonly string[]): MapNode {
  const field = node.entries.find((entry) => entry.kind === 'field' && entry.key === key);
  const entries = field === undefined ? [] : [field];
  const [inner] = entries;
  if (rest.length === 0 || inner?.kind !== 'field' || inner.node.kind !== 'map') {
    return { kind: 'map', entries };
  }
  return at(inner.node, rest);
}
