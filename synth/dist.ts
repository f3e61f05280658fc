import type { Blueprint, TierPlan } from './blueprint';
import { compute, type Scene } from './compute';
import type { KnownSecret } from './expected-secret';
import { LaterFiles, type Files } from './files';
import { isMap, type JsonMap } from './merge';
import { asText } from './node';
import { printTrees } from './print/plain-tree';
import {
  distRelease,
  isEnabled,
  renderTier,
  resourcesOf,
  sceneOf,
  valuesOf,
  type Rendered,
} from './scene';

/** Where a tier stands in dist/. */
interface Place {
  readonly environment: string;
  readonly tier: string;
  /** File name in dist/<environment>/. */
  readonly file: string;
}

/** One tier in one environment. */
export interface PlacedTier extends Place {
  readonly plan: TierPlan;
  readonly scene: Scene;
}

/** The objects of one tier in one environment. */
export interface RenderedTier extends Place {
  readonly objects: readonly Rendered[];
  /** What dist/ leaves out. */
  readonly chartOnly: readonly Rendered[];
  /** Secrets that someone else makes. */
  readonly secrets: readonly KnownSecret[];
}

/** The tiers of every environment, whose values were checked. */
export function placeTiers(blueprint: Blueprint): PlacedTier[] {
  return blueprint.environments.flatMap((environment) => {
    const release = distRelease(blueprint, environment);
    const overlay = environment.values as JsonMap;
    return blueprint.tiers.flatMap((plan, index): PlacedTier[] => {
      if (!isEnabled(plan, overlay)) return [];
      const { name: tier } = plan;
      const file = `${String(index + 1).padStart(2, '0')}-${tier}.k8s.yaml`;
      const scene = sceneOf(blueprint, plan, valuesOf(blueprint, plan, overlay), release);
      return [{ environment: environment.name, tier, file, plan, scene }];
    });
  });
}

/** Evaluates every environment, for those who look at its objects. */
export const renderEnvironments = (blueprint: Blueprint): (PlacedTier & RenderedTier)[] =>
  placeTiers(blueprint).map((placed) => {
    const { plan, scene } = placed;
    const all = renderTier(plan, scene);
    const secrets = plan.secrets.map(({ namespace, name, keys, why }) => ({
      namespace: asText(compute(namespace, scene)),
      name: asText(compute(name, scene)),
      keys,
      why,
    }));
    return {
      ...placed,
      objects: all.filter(({ resource }) => !resource.chartOnly),
      chartOnly: all.filter(({ resource }) => resource.chartOnly),
      secrets,
    };
  });

/** One name in the cluster: kind, namespace and name. */
export function identityOf(json: JsonMap): string {
  const metadata = isMap(json['metadata']) ? json['metadata'] : {};
  const [, group = ''] = asText(json['apiVersion']).split('/').reverse();
  const kind = group === '' ? asText(json['kind']) : `${asText(json['kind'])}.${group}`;
  return [kind, asText(metadata['namespace']), asText(metadata['name'])].join('/');
}

/** The files of dist/: per environment one for each tier, and the images of all. */
export function distFiles(tiers: readonly PlacedTier[]): Files {
  const files = tiers.map((tier) => new TierFile(tier));
  return new LaterFiles([
    ...files.map((file) => [file.path, () => file.print()] as const),
    ['images.txt', () => printImages(files)],
  ]);
}

class TierFile {
  /** Known when it is printed. */
  private found: ReadonlySet<string> | undefined;

  public constructor(private readonly tier: PlacedTier) {}

  public get path(): string {
    return `${this.tier.environment}/${this.tier.file}`;
  }

  public get images(): ReadonlySet<string> {
    if (this.found === undefined) this.print();
    return this.found ?? new Set();
  }

  public print(): string {
    const { plan, scene } = this.tier;
    const shown = resourcesOf(plan.resources, scene).filter(({ chartOnly }) => !chartOnly);
    const { text, images } = printTrees(
      shown.map(({ node }) => node),
      scene,
    );
    this.found = new Set(images);
    return text;
  }
}

function printImages(files: readonly TierFile[]): string {
  const images = new Set(files.flatMap((file) => [...file.images]));
  return [...images]
    .sort()
    .map((image) => `${image}\n`)
    .join('');
}
