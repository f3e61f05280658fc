import type { Connection, Model, System } from '../model/shape';
import { Graph } from './graph';
import { Flowchart, Ids } from './mermaid';
import { drawnPeers, outsider, systemNode } from './network-diagrams';
import { isSame, peerLines, someOf } from './phrases';

/**
 * What a tier keeps: its volumes, who writes to them, who logs in by which Secret, and what is
 * backed up. Undefined for a tier without volumes.
 */
export function storesDiagram(model: Model, tier: string): string | undefined {
  const keepers = model.systems.filter((one) => one.tier === tier && one.stores.length > 0);
  if (keepers.length === 0) return undefined;
  const graph = new Graph('Secrets', true);
  const idOf = (system: Connection['to']) => systemNode(graph, system, tier, model);
  for (const system of model.systems) {
    for (const { to, secret, external } of system.connections) {
      if (external !== undefined || !keepers.some((one) => isSame(one, to))) continue;
      if (to.tier === system.tier && savesStore(system, to.name)) {
        graph.arrow(idOf(to), '==>', idOf(system));
        continue;
      }
      graph.arrow(idOf(system), '-->', idOf(to), secret === undefined ? [] : [secret]);
    }
  }
  for (const system of keepers) {
    for (const peer of drawnPeers(system).filter(({ direction }) => direction === 'out')) {
      // What is fetched from there, or sent there.
      graph.arrow(outsider(graph, ...peerLines(peer)), '---', idOf(system));
    }
    for (const { claim, perPod } of uniqueClaims(system)) {
      // A claim of its own for each system; a named one can be of several.
      const key = ['c', tier, perPod ? system.name : '', claim] as const;
      const node = graph.node(key, 'store', claim, ...sizesOf(system, claim, model));
      graph.arrow(idOf(system), '---', node);
    }
  }
  return graph.draw();
}

const savesStore = ({ backsUp }: System, name: string) =>
  backsUp.some(({ store }) => store === name);

const uniqueClaims = ({ stores }: System) => [
  ...new Map(stores.map((store) => [store.claim, store])).values(),
];

function sizesOf({ stores }: System, claim: string, model: Model): string[] {
  return stores
    .filter((store) => store.claim === claim && store.size !== undefined)
    .map(({ size = '', environments }) => {
      const where = someOf(environments, model);
      return where === '' ? size : `${size} (${where})`;
    });
}

/** Who makes the Secrets of each tier; undefined where there are none. */
export function secretsDiagram(model: Model): string | undefined {
  const { secrets } = model;
  if (secrets.length === 0) return undefined;
  const [chart, ids] = [new Flowchart('LR'), new Ids()];
  const arrows = new Map<string, readonly [from: string, to: string]>();
  const makers = new Map<string, { by: string; where: string }>();
  const places = new Map<string, string[]>();
  for (const { tier, name, makers: facts } of secrets) {
    const to = ids.of('k', tier);
    places.set(to, [...(places.get(to) ?? [`Secrets of ${tier}`, '']), name]);
    for (const { by, environments } of facts) {
      const where = someOf(environments, model);
      const from = ids.of('m', by, where);
      makers.set(from, { by, where });
      arrows.set(`${from} ${to}`, [from, to]);
    }
  }
  for (const [id, { by, where }] of makers) {
    const lines = by === '' ? ['someone else,', 'before the tier starts'] : [by];
    const role = by.includes('/') ? 'task' : 'outside';
    chart.node(id, role, ...lines, ...(where === '' ? [] : [where]));
  }
  for (const [id, lines] of places) chart.node(id, 'secret', ...lines);
  for (const [from, to] of arrows.values()) chart.edge(from, '-->', to);
  return chart.toString();
}
