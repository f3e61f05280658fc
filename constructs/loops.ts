import type { Workload } from './workload';

/** A complaint about a loop of required connections, told once, at the first name of the loop. */
export function loopsThrough(start: Workload): string[] {
  const loop = wayBack([start], new Set());
  if (loop === undefined) return [];
  const names = loop.map((workload) => workload.node.path);
  return [
    `waits for itself: ${[...names, names[0]].join(' -> ')} are required connections, so none of them ever becomes ready; make one of them optional.`,
  ];
}

/** A way along required connections back to where it starts, over later names only. */
function wayBack(
  way: readonly [Workload, ...Workload[]],
  seen: Set<Workload>,
): readonly Workload[] | undefined {
  const [start] = way;
  for (const { to, required } of way.at(-1)?.connections ?? []) {
    const next = to.workload;
    if (!required) continue;
    if (next === start) return way;
    // Whatever can be reached from there was looked at before.
    if (next.node.path < start.node.path || seen.has(next)) continue;
    seen.add(next);
    const found = wayBack([...way, next], seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
