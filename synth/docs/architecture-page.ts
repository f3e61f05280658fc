import type { Model, System } from '../model/shape';
import { secretsDiagram, storesDiagram } from './data-diagrams';
import { layersDiagram } from './layers-diagram';
import { tierDiagram, tiersDiagram } from './network-diagrams';
import { Flowchart } from './mermaid';
import { code, list, page, plain } from './page';
import { isOpen, peersOf, whereText } from './phrases';

/** How a platform is made; the same for all. */
function engineDiagram(): string {
  const chart = new Flowchart('LR');
  chart.node('source', 'system', 'source', 'tiers, constructs');
  chart.node('values', 'system', 'values', 'of each environment');
  chart.node('read', 'task', 'read once', 'a tree, its values open');
  chart.node('evaluate', 'task', 'evaluate', 'objects of each environment');
  chart.node('check', 'task', 'check');
  chart.node('print', 'task', 'print templates');
  chart.node('prove', 'task', 'prove', 'equal, by Helm 3 and 4');
  chart.node('docs', 'store', 'docs');
  chart.node('dist', 'store', 'dist');
  chart.node('helm', 'store', 'helm');
  for (const way of ['source read', 'read evaluate', 'values evaluate', 'evaluate check']) {
    chart.edge(...ends(way));
  }
  for (const way of ['check docs', 'check dist', 'read print', 'print helm']) {
    chart.edge(...ends(way));
  }
  for (const way of ['dist prove', 'helm prove']) chart.edge(...ends(way));
  return chart.toString();
}

function ends(way: string): [from: string, arrow: string, to: string] {
  const [from = '', to = ''] = way.split(' ');
  return [from, '-->', to];
}

const MADE = `\
The source is read once, with its values still open. Evaluated for each environment, it gives the
objects in dist/, which the checks look at; printed as templates, it gives the chart. The proof renders
the chart with Helm, and compares every object.`;

const LAYERS = `\
Each tier is a chart and has namespaces of its own. The one that comes up first is at the bottom; an
arrow leads to what a tier needs. What is round runs to an end.`;

const NETWORK = `\
What network policies let through in any environment; everything else is denied. The texts of arrows
are ports of what they lead to; a dotted arrow is of a system that does without the other. Who reads
metrics is in the first diagram only, and questions to DNS are in none.`;

const STORES = `\
Volumes that outlive their pods, with their sizes. The text of an arrow is the Secret that a client
logs in with; a thick arrow is a backup. Along a line without a head data goes both ways, or either.`;

const SECRETS = 'Which Secrets there are, tier by tier, and who makes them in which environment.';

/** The platform in diagrams. */
export function architecturePage(model: Model): string {
  const { platform, environments, tiers } = model;
  const running = model.systems.filter((system) => system.environments.length > 0);
  const live = { ...model, systems: running };
  const secrets = secretsDiagram(live);
  const stores = sections(tiers, (tier) => storesDiagram(live, tier));
  return page(SOURCE, [
    '# Architecture',
    plain(platform.description),
    list(environments.map(({ name, summary }) => `**${plain(name)}**: ${plain(summary)}`)),
    'What each system is in detail tells [services.md](services.md).',
    '## How it is made',
    MADE,
    engineDiagram(),
    '## Layers',
    LAYERS,
    layersDiagram(model),
    '## Network',
    NETWORK,
    ...openSystems(live),
    tiersDiagram(live),
    ...sections(tiers, (tier) => tierDiagram(live, tier)),
    ...unread(live),
    ...(stores.length === 0 ? [] : ['## Stores', STORES, ...stores]),
    ...(secrets === undefined ? [] : ['## Secrets', SECRETS, secrets]),
  ]);
}

const SOURCE = 'the model of the platform';

const sections = (tiers: Model['tiers'], diagramOf: (tier: string) => string | undefined) =>
  tiers.flatMap(({ name }) => {
    const diagram = diagramOf(name);
    return diagram === undefined ? [] : [`### ${plain(name)}`, diagram];
  });

/** Systems that arrows tell too little of. */
function openSystems({ systems }: Model): string[] {
  const names = systems.filter((one) => peersOf(one).some(isOpen)).map(({ name }) => code(name));
  if (names.length === 0) return [];
  return [`No policy restricts ${names.join(', ')}; their arrows show only what others say.`];
}

/** Metrics that nobody is let in to. */
function unread({ systems }: Model): string[] {
  const closed = systems.flatMap((system) => {
    const where = system.environments.filter((one) => isUnread(system, one, systems));
    const text = whereText(where, system.environments);
    return where.length === 0 ? [] : [`${code(system.name)}${text === '' ? '' : ` (${text})`}`];
  });
  if (closed.length === 0) return [];
  return [`Policies let nobody read the metrics of ${closed.join(', ')}.`];
}

function isUnread(system: System, environment: string, systems: readonly System[]): boolean {
  const here = ({ environments }: { environments: string[] }) => environments.includes(environment);
  return system.scrapes.filter(here).some(({ port }) => {
    const isLetIn = system.peers.some(
      (peer) =>
        here(peer) &&
        peer.direction === 'in' &&
        (peer.ports.length === 0 || peer.ports.includes(String(port))),
    );
    const isAsked = systems.some(({ connections }) =>
      connections.some(
        (one) =>
          here(one) &&
          one.port === port &&
          one.to.tier === system.tier &&
          one.to.name === system.name,
      ),
    );
    return !isLetIn && !isAsked;
  });
}
