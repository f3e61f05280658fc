import type { Model, System } from '../model/shape';
import { Flowchart, Ids, type Role } from './mermaid';
import { someOf } from './phrases';

/** Systems of a tier that stand side by side. */
const ROW = 4;

/** What Kubernetes runs to an end. */
const TASKS = new Set(['Job', 'CronJob']);

export const roleOf = ({ kind }: System): Role => (TASKS.has(kind) ? 'task' : 'system');

/** The lines of a system's label: its name, and where it is on unless that is everywhere. */
export function linesOf(system: System, model: Model): string[] {
  const where = someOf(system.environments, model);
  return [system.name, system.kind, ...(where === '' ? [] : [where])];
}

/** The tiers, the one that comes up first at the bottom, and the systems in them. */
export function layersDiagram(model: Model): string {
  const [chart, ids] = [new Flowchart('TB'), new Ids()];
  const idOf = (tier: string) => ids.of('t', tier);
  for (const tier of model.tiers.toReversed()) {
    const systems = model.systems.filter((system) => system.tier === tier.name);
    chart.group(idOf(tier.name), tier.name, 'LR', () => {
      systems.forEach((system, index) => {
        const id = ids.of('s', system.tier, system.name);
        chart.node(id, roleOf(system), ...linesOf(system, model));
        // What is chained stands in one row, and its second one right of the first of the row above.
        const before = [index - 1, ...(index % ROW === 1 ? [index - 1 - ROW] : [])];
        for (const other of index % ROW === 0 ? [] : before) {
          const left = systems[other];
          if (left !== undefined) chart.edge(ids.of('s', left.tier, left.name), '~~~', id);
        }
      });
    });
  }
  const arrows = needs(model);
  for (const [from, to] of arrows) chart.edge(idOf(from), '-->', idOf(to));
  model.tiers.slice(1).forEach(({ name }, index) => {
    const below = model.tiers[index]?.name ?? name;
    // Else it would stand beside that one.
    const isAbove = arrows.some(([from, to]) => from === name && to === below);
    if (!isAbove) chart.edge(idOf(name), '~~~', idOf(below));
  });
  return chart.toString();
}

/** Each pair of tiers of which one talks to the other. */
function needs({ systems }: Model): [from: string, to: string][] {
  const pairs = systems.flatMap(({ tier, connections }) =>
    connections
      .filter(({ to, external }) => to.tier !== tier && external === undefined)
      .map(({ to }) => [`${tier} ${to.tier}`, [tier, to.tier]] as const),
  );
  return [...new Map(pairs).values()].map(([from, to]) => [from, to]);
}
