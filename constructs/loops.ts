import type { Workload } from './workload';

/** Complaints about loops of required connections, told once, at the first name of the loop. */
export function loopsThrough(start: Workload): string[] {
  return paths([start]).flatMap((loop) => {
    const names = loop.map((workload) => workload.node.path);
    if (names.some((name) => name < start.node.path)) return [];
    return [
      `waits for itself: ${[...names, names[0]].join(' -> ')} are required connections, so none of them ever becomes ready; make one of them optional.`,
    ];
  });
}

/** The ways along required connections that come back to where they start. */
function paths(way: readonly Workload[]): (readonly Workload[])[] {
  const next = way.at(-1)?.connections.filter(({ required }) => required) ?? [];
  return [...new Set(next.map(({ to }) => to.workload))].flatMap((workload) => {
    if (workload === way[0]) return [way];
    return way.includes(workload) ? [] : paths([...way, workload]);
  });
}
