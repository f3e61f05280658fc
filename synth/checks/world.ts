import { append } from '../append';
import type { Blueprint } from '../blueprint';
import type { RenderedTier } from '../dist';
import type { Environment } from '../environment';
import type { KnownSecret } from '../expected-secret';
import type { JsonMap } from '../merge';
import { asText } from '../node';
import { once } from '../once';
import type { PlatformOptions } from '../platform';
import type { Rendered } from '../scene';
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

/**
 * All objects of one environment, with indexes, so that a look-up costs nothing. What is the same in
 * several environments is the same item and the same pod in all of their worlds.
 */
export class World {
  public readonly items: readonly Item[];
  public readonly pods: readonly Pod[];
  /** Secrets that someone else makes. */
  public readonly secrets: readonly KnownSecret[];
  private readonly matching = new Map<string, Map<JsonMap, readonly Pod[]>>();

  public constructor(
    public readonly blueprint: Blueprint,
    public readonly options: PlatformOptions,
    public readonly environment: Environment,
    private readonly tiers: readonly RenderedTier[],
  ) {
    this.items = [...new Set(tiers.flatMap(itemsOf))];
    this.secrets = tiers.flatMap(({ secrets }) => secrets);
    this.pods = this.items.flatMap((item) => podOf(item) ?? []);
  }

  /** A world of all objects in several worlds, each once. */
  public static together(worlds: readonly [World, ...World[]]): World {
    const [{ blueprint, options, environment }] = worlds;
    const tiers = worlds.flatMap((world) => world.tiers);
    return new World(blueprint, options, environment, tiers);
  }

  /** All objects of these kinds. */
  public ofType(...types: readonly string[]): readonly Item[] {
    return types.flatMap((type) => byType(this).get(type) ?? []);
  }

  public find(type: string, namespace: string, name: string): Item | undefined {
    return byName(this).first.get(type)?.get(namespace)?.get(name);
  }

  /** Whether two objects have the same type, namespace and name. */
  public get hasNamesakes(): boolean {
    return byName(this).count < this.items.length;
  }

  public podsIn(namespace: string): readonly Pod[] {
    return podsByNamespace(this).get(namespace) ?? [];
  }

  /** The pod templates that a LabelSelector picks; all of the namespace where it is empty. */
  public podsMatching(namespace: string, selector: JsonMap): readonly Pod[] {
    const known = this.matching.get(namespace) ?? new Map<JsonMap, readonly Pod[]>();
    this.matching.set(namespace, known);
    const pods = known.get(selector) ?? this.search(namespace, selector);
    known.set(selector, pods);
    return pods;
  }

  /** The pod templates that a Service leads to. */
  public podsBehind(service: Item): readonly Pod[] {
    return this.podsMatching(service.namespace, selectorOf(service));
  }

  private search(namespace: string, selector: JsonMap): readonly Pod[] {
    let fewest = this.podsIn(namespace);
    const labelled = podsByLabel(this).get(namespace);
    for (const [key, value] of Object.entries(mapAt(selector, 'matchLabels'))) {
      const some = labelled?.get(key)?.get(asText(value)) ?? [];
      if (some.length < fewest.length) fewest = some;
    }
    // A copy has no room for more, and most of these lists are short.
    return fewest.filter(({ labels }) => selects(selector, labels)).slice();
  }
}

/** What a Service selects, as a LabelSelector. */
export const selectorOf = once(({ json }: Item) => ({
  matchLabels: mapAt(json, 'spec', 'selector'),
}));

const byType = once(({ items }: World) => index(items, ({ type }) => [type]));
/** By type, namespace and name: the first of those that share all three, and how many there are. */
const byName = once(({ items }: World) => {
  // Maps in maps, as keys of all three would be a text of their own for each object.
  const first = new Map<string, Map<string, Map<string, Item>>>();
  let count = 0;
  for (const item of items) {
    const known = mapIn(mapIn(first, item.type), item.namespace);
    if (known.has(item.name)) continue;
    known.set(item.name, item);
    count += 1;
  }
  return { first, count };
});
const podsByNamespace = once(({ pods }: World) => index(pods, ({ owner }) => [owner.namespace]));
/** By namespace, and by key and value of each label. */
const podsByLabel = once(({ pods }: World) => {
  const found = new Map<string, Map<string, Map<string, Pod[]>>>();
  for (const pod of pods) {
    const labelled = mapIn(found, pod.owner.namespace);
    for (const [key, value] of Object.entries(pod.labels))
      append(mapIn(labelled, key), asText(value), pod);
  }
  return found;
});

/** All that is known of a platform when both twins are made. */
export interface Told {
  readonly blueprint: Blueprint;
  readonly options: PlatformOptions;
  /** The objects of every environment. */
  readonly tiers: readonly RenderedTier[];
}

/** The world of each environment: the same when asked again, by checks and by pages. */
export const worldsOf = once(({ blueprint, options, tiers }: Told): readonly World[] =>
  blueprint.environments.map(
    (environment) =>
      new World(
        blueprint,
        options,
        environment,
        tiers.filter((tier) => tier.environment === environment.name),
      ),
  ),
);

const itemsOf = ({ tier, objects, chartOnly }: RenderedTier): Item[] =>
  [...objects, ...chartOnly].map((one) => itemOf(tier, one));

const items = new WeakMap<Rendered, Item>();

function itemOf(tier: string, rendered: Rendered): Item {
  const known = items.get(rendered);
  if (known !== undefined) return known;
  const { resource, json } = rendered;
  const item = {
    tier,
    where: resource.where,
    kind: textAt(json, 'kind'),
    type: typeOf(json),
    namespace: textAt(json, 'metadata', 'namespace'),
    name: textAt(json, 'metadata', 'name'),
    json,
    chartOnly: resource.chartOnly,
  };
  items.set(rendered, item);
  return item;
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

/** The map that is under the key of a map of maps. */
function mapIn<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key) ?? new Map<L, V>();
  maps.set(key, known);
  return known;
}

function index<T>(
  all: readonly T[],
  keysOf: (one: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    for (const key of keysOf(one)) append(found, key, one);
  }
  return found;
}
