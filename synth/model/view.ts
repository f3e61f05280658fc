import { backupsIn } from '../checks/backups';
import { textAt } from '../checks/json';
import type { Pod } from '../checks/pod';
import { referencesOf } from '../checks/reference-list';
import type { Item, World } from '../checks/world';
import { compute } from '../compute';
import type { Link } from '../link';
import { asText } from '../node';
import type { PortRegistry } from '../ports';
import type { Scene } from '../compute';
import { NAME } from './names';
import { portsOf, servicesOf, type ServicePort } from './ports';
import { Routes } from './routes';
import type { Connection, Fact, System } from './shape';
import { Traffic } from './traffic';
import { imagesOf, scaleOf, scalersIn, scheduleOf, scrapesOf, storesOf } from './workload';

type Bare<T> = T extends Fact<infer U> ? Omit<U, 'environments'> : never;
/** What one environment tells of a system. */
export type SystemFacts = {
  [K in keyof System as System[K] extends Fact<object>[] ? K : never]: System[K] extends (infer F)[]
    ? Bare<F>[]
    : never;
};

/** The systems of one environment. */
export class View {
  private readonly pods: ReadonlyMap<string, Pod>;
  private readonly services: ReadonlyMap<Pod, readonly ServicePort[]>;
  private readonly routes: Routes;
  private readonly traffic: Traffic;
  private readonly scalers;
  private readonly secrets: ReadonlyMap<Item, SystemFacts['secrets']>;

  public constructor(
    private readonly world: World,
    /** The values of a tier. */
    private readonly scene: (tier: string) => Scene | undefined,
    private readonly party: (where: string) => Connection['to'],
  ) {
    const pods = world.pods.filter(({ owner }) => !owner.chartOnly);
    this.pods = new Map(pods.map((pod) => [pod.owner.where, pod]));
    this.services = servicesOf(world);
    this.routes = new Routes(world);
    this.traffic = new Traffic(world);
    this.scalers = scalersIn(world);
    this.secrets = secretsByOwner(world);
  }

  /** Undefined where the system is off. */
  public tell(where: string, links: readonly Link[]): SystemFacts | undefined {
    const pod = this.pods.get(where);
    if (pod === undefined) return undefined;
    const { world } = this;
    const { owner } = pod;
    const services = this.services.get(pod) ?? [];
    const name = textAt(owner.json, 'metadata', 'labels', NAME);
    const registry: PortRegistry | undefined = world.options.ports;
    return {
      scale: scaleOf(owner, this.scalers.of(owner)),
      schedule: scheduleOf(owner),
      images: imagesOf(pod),
      ports: portsOf(pod, services, { tier: owner.tier, owner: name }, registry),
      scrapes: scrapesOf(pod),
      stores: storesOf(world, pod),
      routes: this.routes.to(pod, services),
      connections: this.connections(
        pod,
        links.filter(({ from }) => from === name),
      ),
      peers: this.traffic.peersOf(pod),
      secrets: this.secrets.get(owner) ?? [],
      backsUp: backupsIn(world)
        .filter(({ job }) => job === owner)
        .map(({ store }) => ({ store })),
    };
  }

  /** What was declared, then what policies let through beside it. */
  private connections(pod: Pod, links: readonly Link[]): SystemFacts['connections'] {
    const scene = links.length === 0 ? undefined : this.scene(pod.owner.tier);
    const declared =
      scene === undefined
        ? []
        : links
            .filter((link) => link.when === undefined || compute(link.when, scene) === true)
            .map((link) => connectionOf(link, scene));
    const flows = this.traffic.from(pod).map(({ to, port, protocol }) => ({
      to: this.party(to.owner.where),
      port,
      protocol,
    }));
    const isDeclared = (flow: (typeof flows)[number]) =>
      declared.some(
        ({ to, port, external }) =>
          external === undefined &&
          to.tier === flow.to.tier &&
          to.name === flow.to.name &&
          port === flow.port,
      );
    return [...declared, ...flows.filter((flow) => !isDeclared(flow))];
  }
}

function connectionOf(link: Link, scene: Scene): SystemFacts['connections'][number] {
  const { to, port, required, secret, external } = link;
  const text = (expr: Parameters<typeof compute>[0]) => asText(compute(expr, scene));
  const host = external === undefined ? '' : text(external.host);
  return {
    to: { ...to },
    port,
    protocol: 'TCP',
    required,
    ...(secret !== undefined && { secret: text(secret) }),
    ...(external !== undefined &&
      host !== '' && { external: { host, port: Number(text(external.port)) } }),
  };
}

/** The Secrets that each object's pods read, with all keys of them. */
function secretsByOwner(world: World): ReadonlyMap<Item, SystemFacts['secrets']> {
  const found = new Map<Item, Map<string, Set<string>>>();
  for (const { from, type, name, keys } of referencesOf(world)) {
    if (type !== 'Secret') continue;
    const secrets = found.get(from) ?? new Map<string, Set<string>>();
    found.set(from, secrets);
    const known = secrets.get(name) ?? new Set();
    secrets.set(name, known);
    for (const { key } of keys) known.add(key);
  }
  return new Map(
    [...found].map(([item, secrets]) => [
      item,
      [...secrets].map(([secret, keys]) => ({ secret, keys: [...keys] })),
    ]),
  );
}
