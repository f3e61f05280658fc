import type { Connection, Model, System } from '../model/shape';
import { lookupIn } from './lookup';
import { code, page, plain, table } from './page';
import {
  isOpen,
  peerName,
  peersOf,
  portName,
  runsAs,
  someOf,
  systemName,
  whereText,
} from './phrases';

const INTRODUCTION = `\
What runs, tier by tier: how many, of which image, where it listens, what it keeps, who talks to whom.
A line without an environment holds wherever the system is on. Questions to DNS are left out. Programs
read the same in [services.json](services.json), whose shape is in
[services.schema.json](services.schema.json); why each port has its number is in the port registry.`;

/** All systems, with what one asks of them at night. */
export const servicesPage = (model: Model): string =>
  page('the model of the platform', [
    '# Services',
    INTRODUCTION,
    ...model.tiers.flatMap((tier) => aboutTier(model, tier)),
    ...aboutSecrets(model),
  ]);

function aboutTier(model: Model, { name, description, namespaces }: Model['tiers'][number]) {
  const systems = lookupIn(model).ofTier(name);
  const places = namespaces.map(({ namespace, environments }) => {
    const text = someOf(environments, model);
    return `${code(namespace)}${text === '' ? '' : ` (${text})`}`;
  });
  const where = places.length === 0 ? 'It is off everywhere.' : `Namespaces: ${places.join(', ')}.`;
  const rows = systems.flatMap((system) => rowsOf(system, model));
  return [
    `## ${plain(name)}`,
    `${plain(description)} ${where}`,
    ...(rows.length === 0 ? [] : [table(['system', 'what', 'is', 'where'], rows)]),
  ];
}

interface Line {
  readonly text: string;
  readonly environments: readonly string[];
}

/** The lines of one system; its name and each word stand once. */
function rowsOf(system: System, model: Model): string[][] {
  const every = model.environments.map(({ name }) => name);
  const facts: [what: string, lines: readonly Line[]][] = [
    ['runs as', runsAs(system)],
    ['image', system.images.map(imageLine(system))],
    ['port', system.ports.map(portLine)],
    ['metrics', system.scrapes.map((one) => line(code(`:${String(one.port)}${one.path}`), one))],
    ['store', system.stores.map(storeLine)],
    ['public at', system.routes.map(routeLine)],
    ['talks to', system.connections.map((one) => connectionLine(one, system))],
    ['used by', usersOf(system, model)],
    ['lets in', peerLines(system, 'in')],
    ['reaches', peerLines(system, 'out')],
    ['Secrets', secretLines(system)],
    ['backs up', system.backsUp.map((one) => line(code(one.store), one))],
  ];
  const rows = facts.flatMap(([what, lines]) =>
    lines.map(({ text, environments }, index) => [
      '',
      index === 0 ? what : '',
      text,
      whereText(environments, system.environments),
    ]),
  );
  const [first, ...others] = rows;
  if (first === undefined) return [];
  const [, what = '', text = ''] = first;
  // The first line tells where the system is on.
  const [{ environments } = system] = runsAs(system);
  const where = system.environments.length === 0 ? 'nowhere' : whereText(environments, every);
  return [[code(system.name), what, text, where], ...others];
}

const line = (text: string, { environments }: Omit<Line, 'text'>): Line => ({ text, environments });

const imageLine = (system: System) => (one: System['images'][number]) => {
  const main = one.container === system.name || system.images.length === 1;
  const inside = main ? '' : ` in ${code(one.container)}`;
  return line(`${code(one.image)}${inside}${one.init ? ', before the others' : ''}`, one);
};

function portLine(one: System['ports'][number]): Line {
  const { port, protocol, name = '', purpose = '', services } = one;
  const leads = services.length === 0 ? '' : `, as ${services.map(code).join(', ')}`;
  const what = purpose === '' ? plain(name) : plain(purpose).replace(/\.$/, '');
  return line(`${portName(port, protocol)}${what === '' ? '' : `: ${what}`}${leads}`, one);
}

function storeLine(one: System['stores'][number]): Line {
  const { claim, perPod, mount, size } = one;
  const parts = [
    `${code(claim)}${perPod ? ' of each pod' : ''}`,
    ...(size === undefined ? [] : [size]),
    ...(mount === undefined ? [] : [`at ${code(mount)}`]),
  ];
  return line(parts.join(', '), one);
}

function routeLine(one: System['routes'][number]): Line {
  const { via, host = '', path = '', port = '', tls } = one;
  const place = host + path === '' ? `port ${plain(port)}` : code(host + path);
  const certificate = tls === undefined ? '' : `, certificate ${code(tls)}`;
  return line(`${place} by ${plain(via)}${certificate}`, one);
}

function connectionLine(one: Connection, from: System): Line {
  const { to, port, protocol, required, secret, external } = one;
  const inside = systemName(to, from);
  const place =
    external === undefined
      ? `${inside} at ${portName(port, protocol)}`
      : `${code(`${external.host}:${String(external.port)}`)} instead of ${inside}`;
  const login = secret === undefined ? '' : `, login ${code(secret)}`;
  const wait = required === true ? ', waits for it' : '';
  return line(`${place}${login}${wait}`, one);
}

/** Who talks to the system, in one line for each set of environments. */
function usersOf(system: System, model: Model): Line[] {
  const users = lookupIn(model)
    .usersOf(system)
    .filter(([, { environments }]) => environments.length > 0)
    .map(([from, { environments }]) => ({ name: systemName(from, system), environments }));
  return grouped(users, system);
}

function secretLines(system: System): Line[] {
  const others = system.secrets.filter(
    ({ secret }) => !system.connections.some((one) => one.secret === secret),
  );
  return grouped(
    others.map(({ secret, environments }) => ({ name: code(secret), environments })),
    system,
  );
}

/** Names that hold for the same environments, in one line; those of the system itself first. */
function grouped(
  names: readonly { readonly name: string; readonly environments: readonly string[] }[],
  system: System,
): Line[] {
  const lines = new Map<string, { names: Set<string>; environments: readonly string[] }>();
  lines.set(system.environments.join(), { names: new Set(), environments: system.environments });
  for (const { name, environments } of names) {
    const known = lines.get(environments.join()) ?? { names: new Set(), environments };
    lines.set(environments.join(), known);
    known.names.add(name);
  }
  return [...lines.values()]
    .filter((one) => one.names.size > 0)
    .map((one) => line([...one.names].join(', '), one));
}

const peerLines = (system: System, direction: 'in' | 'out'): Line[] =>
  peersOf(system)
    .filter((peer) => peer.direction === direction)
    .map((peer) => {
      const ports = peer.ports.length === 0 ? 'every port' : peer.ports.join(', ');
      const text = isOpen(peer)
        ? 'everything: no policy holds'
        : `${plain(peerName(peer))} at ${ports}`;
      return line(text, peer);
    });

function aboutSecrets(model: Model): string[] {
  if (model.secrets.length === 0) return [];
  const every = model.environments.map(({ name }) => name);
  const rows = model.secrets.flatMap(({ tier, name, makers }) =>
    makers.map(({ by, environments }, index) => [
      index === 0 ? code(name) : '',
      index === 0 ? plain(tier) : '',
      by === '' ? 'someone else, before' : plain(by),
      whereText(environments, every),
    ]),
  );
  return ['## Secrets', table(['Secret', 'tier', 'made by', 'where'], rows)];
}
