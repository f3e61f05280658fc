import type { Connection, Model, Peer, System } from '../model/shape';
import { Graph } from './graph';
import { linesOf, roleOf } from './layers-diagram';
import { lookupIn } from './lookup';
import { isOpen, peerLines, peersOf, portName, someOf } from './phrases';

/** Whom a tier reaches and who reaches it, tier by tier. */
export function tiersDiagram(model: Model): string {
  const graph = new Graph('ports');
  const idOf = (tier: string) => {
    const count = lookupIn(model).ofTier(tier).length;
    return graph.node(
      ['t', tier],
      'system',
      tier,
      `${String(count)} system${count === 1 ? '' : 's'}`,
    );
  };
  for (const system of model.systems) {
    const own = idOf(system.tier);
    for (const { via } of system.routes)
      graph.arrow(outsider(graph, 'public hosts'), '-->', own, [via]);
    for (const connection of system.connections) {
      const { to, external } = connection;
      const end = external === undefined ? idOf(to.tier) : outsider(graph, external.host);
      graph.arrow(own, '-->', end, [portIn(connection)]);
    }
    for (const peer of drawnPeers(system)) {
      const other = peer.kind === 'tier' ? idOf(peer.name) : outsider(graph, ...peerLines(peer));
      if (peer.direction === 'in') graph.arrow(other, '-->', own, portsIn(peer));
      else graph.arrow(own, '-->', other, portsIn(peer));
    }
  }
  return graph.draw();
}

/** The systems of a tier, whom they reach and who reaches them; undefined where nobody does. */
export function tierDiagram(model: Model, tier: string): string | undefined {
  const graph = new Graph('ports');
  const idOf = (system: Connection['to']) => systemNode(graph, system, tier, model);
  for (const system of model.systems) {
    const isOwn = system.tier === tier;
    for (const connection of system.connections) {
      const { to, required = true, external } = connection;
      const leadsHere = to.tier === tier && external === undefined;
      if ((!isOwn && !leadsHere) || readsMetrics(connection, model)) continue;
      const end = external === undefined ? idOf(to) : outsider(graph, external.host);
      graph.arrow(idOf(system), required ? '-->' : '-.->', end, [portIn(connection)]);
    }
    for (const peer of isOwn ? drawnPeers(system) : []) {
      if (isOfMetrics(peer, system)) continue;
      const other = outsider(graph, ...peerLines(peer));
      if (peer.direction === 'in') graph.arrow(other, '-->', idOf(system), portsIn(peer));
      else graph.arrow(idOf(system), '-->', other, portsIn(peer));
    }
    const [host, ...hosts] = isOwn ? hostLines(system, model) : [];
    const vias = system.routes.map(({ via }) => via);
    if (host !== undefined) graph.arrow(outsider(graph, host, ...hosts), '-->', idOf(system), vias);
  }
  return graph.isEmpty ? undefined : graph.draw();
}

/** A system as the diagrams of a tier show it. */
export function systemNode(graph: Graph, one: Connection['to'], tier: string, model: Model) {
  const key = ['s', one.tier, one.name] as const;
  const system = lookupIn(model).find(one);
  if (one.tier !== tier || system === undefined) {
    return graph.node(key, 'other', one.name, `of ${one.tier}`);
  }
  const [name = '', ...lines] = linesOf(system, model);
  return graph.node(key, roleOf(system), name, ...lines);
}

/** @param lines their texts are the identity, too. */
export const outsider = (
  graph: Graph,
  ...[name, ...lines]: readonly [string, ...string[]]
): string => graph.node(['o', name, ...lines], 'outside', name, ...lines);

const portIn = ({ port, protocol, external }: Connection) =>
  portName(external?.port ?? port, protocol);

const portsIn = ({ ports }: Peer) => (ports.length === 0 ? ['every port'] : ports);

/** Whether it is there for metrics alone: the diagram of all tiers shows who reads those. */
const isOfMetrics = ({ direction, ports }: Peer, { scrapes }: System) =>
  direction === 'in' &&
  ports.length > 0 &&
  ports.every((port) => scrapes.some((one) => String(one.port) === port));

const readsMetrics = ({ to, port, required }: Connection, model: Model) =>
  required === undefined &&
  lookupIn(model)
    .find(to)
    ?.scrapes.some((scrape) => scrape.port === port) === true;

/** Public hosts of a system, each with its environments. */
function hostLines(system: System, model: Model): string[] {
  const hosts = system.routes.map(({ via, host = '', path = '', port = '', environments }) => {
    const place = host + path === '' ? `${via} ${port}` : host + path.replace(/^\/$/, '');
    const where = someOf(environments, model);
    return where === '' ? place : `${place} (${where})`;
  });
  return [...new Set(hosts)];
}

/** Peers that say something: not those of a system that no policy restricts. */
export function drawnPeers(system: System): Peer[] {
  const hosts = system.connections.flatMap(({ external }) => external ?? []);
  // A policy knows no host names: it opens the port of such a host to every address.
  const isHost = ({ direction, kind, ports }: Peer) =>
    direction === 'out' &&
    kind === 'anyone' &&
    ports.every((port) => hosts.some((host) => String(host.port) === port));
  return peersOf(system).filter((peer) => !isOpen(peer) && !isHost(peer));
}
