import type { Blueprint } from '../blueprint';
import type { RenderedTier } from '../dist';
import type { Environment } from '../environment';
import type { KnownSecret } from '../expected-secret';
import type { JsonMap } from '../merge';
import { asText } from '../node';
import type { PlatformOptions } from '../platform';
import type { Place } from './check';
import { mapAt, textAt } from './json';
import { podOf, type Pod } from './pod';
import { selects } from './selector';

/** One object in one environment. */
export interface Item extends Place {
  readonly tier: string;
  /** The kind; with the group behind it where another group than that of Kubernetes has it. */
  readonly type: string;
  /** Empty for kinds without one. */
  readonly namespace: string;
  readonly json: JsonMap;
  /** Whether only the chart has it, such as a pod of `helm test`. */
  readonly chartOnly: boolean;
}

/** All objects of one environment, with indexes, so that a look-up costs nothing. */
export class World {
  public readonly items: readonly Item[];
  public readonly pods: readonly Pod[];
  /** Secrets that someone else makes. */
  public readonly secrets: readonly KnownSecret[];
  private readonly byType: ReadonlyMap<string, readonly Item[]>;
  private readonly byName: ReadonlyMap<string, readonly Item[]>;
  private readonly podsByNamespace: ReadonlyMap<string, readonly Pod[]>;
  private readonly podsByLabel: ReadonlyMap<string, readonly Pod[]>;

  public constructor(
    public readonly blueprint: Blueprint,
    public readonly options: PlatformOptions,
    public readonly environment: Environment,
    tiers: readonly RenderedTier[],
  ) {
    this.items = tiers.flatMap(itemsOf);
    this.secrets = tiers.flatMap(({ secrets }) => secrets);
    this.byType = index(this.items, ({ type }) => [type]);
    this.byName = index(this.items, (item) => [keyOf(item.type, item.namespace, item.name)]);
    this.pods = this.items.flatMap((item) => podOf(item) ?? []);
    this.podsByNamespace = index(this.pods, ({ owner }) => [owner.namespace]);
    this.podsByLabel = index(this.pods, ({ owner, labels }) =>
      Object.entries(labels).map(([key, value]) => keyOf(owner.namespace, key, asText(value))),
    );
  }

  /** All objects of these kinds. */
  public ofType(...types: readonly string[]): readonly Item[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  public find(type: string, namespace: string, name: string): Item | undefined {
    return this.byName.get(keyOf(type, namespace, name))?.[0];
  }

  public podsIn(namespace: string): readonly Pod[] {
    return this.podsByNamespace.get(namespace) ?? [];
  }

  /** The pod templates that a LabelSelector picks; all of the namespace where it is empty. */
  public podsMatching(namespace: string, selector: JsonMap): readonly Pod[] {
    const candidates = Object.entries(mapAt(selector, 'matchLabels')).map(
      ([key, value]) => this.podsByLabel.get(keyOf(namespace, key, asText(value))) ?? [],
    );
    const fewest = candidates.reduce<readonly Pod[]>(
      (best, some) => (some.length < best.length ? some : best),
      this.podsIn(namespace),
    );
    return fewest.filter(({ labels }) => selects(selector, labels));
  }
}

/** All that is known of a platform when both twins are made. */
export interface Told {
  readonly blueprint: Blueprint;
  readonly options: PlatformOptions;
  /** The objects of every environment. */
  readonly tiers: readonly RenderedTier[];
}

const worlds = new WeakMap<Told, readonly World[]>();

/** The world of each environment: the same when asked again, by checks and by pages. */
export function worldsOf(told: Told): readonly World[] {
  const known = worlds.get(told) ?? makeWorlds(told);
  worlds.set(told, known);
  return known;
}

function makeWorlds({ blueprint, options, tiers }: Told): World[] {
  return blueprint.environments.map(
    (environment) =>
      new World(
        blueprint,
        options,
        environment,
        tiers.filter((tier) => tier.environment === environment.name),
      ),
  );
}

function itemsOf({ tier, objects, chartOnly }: RenderedTier): Item[] {
  return [...objects, ...chartOnly].map(({ resource, json }) => ({
    tier,
    where: resource.where,
    kind: textAt(json, 'kind'),
    type: typeOf(json),
    namespace: textAt(json, 'metadata', 'namespace'),
    name: textAt(json, 'metadata', 'name'),
    json,
    chartOnly: resource.chartOnly,
  }));
}

/** Groups of the kinds that checks ask for: a Service of Knative is no Service. */
const GROUPS: Readonly<Record<string, string>> = {
  ConfigMap: '',
  CronJob: 'batch',
  DaemonSet: 'apps',
  Deployment: 'apps',
  HorizontalPodAutoscaler: 'autoscaling',
  Ingress: 'networking.k8s.io',
  Job: 'batch',
  NetworkPolicy: 'networking.k8s.io',
  PersistentVolumeClaim: '',
  Pod: '',
  PodDisruptionBudget: 'policy',
  ReplicaSet: 'apps',
  Role: 'rbac.authorization.k8s.io',
  RoleBinding: 'rbac.authorization.k8s.io',
  Secret: '',
  Service: '',
  ServiceAccount: '',
  StatefulSet: 'apps',
};

/** The type of an object, or of a reference with apiVersion and kind. */
export function typeOf(json: JsonMap): string {
  const kind = textAt(json, 'kind');
  const [, group = ''] = textAt(json, 'apiVersion').split('/').reverse();
  const isKnown = !Object.hasOwn(GROUPS, kind) || GROUPS[kind] === group;
  return isKnown ? kind : `${kind}.${group}`;
}

// No part of a name holds a line break.
const keyOf = (...parts: readonly string[]) => parts.join('\n');

function index<T>(
  all: readonly T[],
  keysOf: (one: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    for (const key of keysOf(one)) {
      const others = found.get(key);
      if (others === undefined) found.set(key, [one]);
      else others.push(one);
    }
  }
  return found;
}
