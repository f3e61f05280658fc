import type { Blueprint } from './blueprint';
import type { Environment } from './environment';
import { compute } from './evaluate';
import type { KnownSecret } from './expected-secret';
import { LaterFiles, type Files } from './files';
import { isMap, type JsonMap } from './merge';
import { asText, type Json } from './node';
import { printDocuments } from './print/plain-yaml';
import { distRelease, isEnabled, renderTier, sceneOf, valuesOf, type Rendered } from './scene';

/** The objects of one tier in one environment. */
export interface RenderedTier {
  readonly environment: string;
  readonly tier: string;
  /** File name in dist/<environment>/. */
  readonly file: string;
  readonly objects: readonly Rendered[];
  /** What dist/ leaves out. */
  readonly chartOnly: readonly Rendered[];
  /** Secrets that someone else makes. */
  readonly secrets: readonly KnownSecret[];
}

/** Evaluates every environment, whose values were checked. */
export function renderEnvironments(blueprint: Blueprint): RenderedTier[] {
  return blueprint.environments.flatMap((environment) =>
    renderEnvironment(blueprint, environment, environment.values as JsonMap),
  );
}

function renderEnvironment(
  blueprint: Blueprint,
  environment: Environment,
  overlay: JsonMap,
): RenderedTier[] {
  const release = distRelease(blueprint, environment);
  return blueprint.tiers.flatMap((tier, index): RenderedTier[] => {
    if (!isEnabled(tier, overlay)) return [];
    const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
    const all = renderTier(tier, scene);
    const secrets = tier.secrets.map(({ namespace, name, keys, why }) => ({
      namespace: asText(compute(namespace, scene)),
      name: asText(compute(name, scene)),
      keys,
      why,
    }));
    return [
      {
        environment: environment.name,
        tier: tier.name,
        file: `${String(index + 1).padStart(2, '0')}-${tier.name}.k8s.yaml`,
        objects: all.filter(({ resource }) => !resource.chartOnly),
        chartOnly: all.filter(({ resource }) => resource.chartOnly),
        secrets,
      },
    ];
  });
}

/** One name in the cluster: kind, namespace and name. */
export function identityOf(json: JsonMap): string {
  const metadata = isMap(json['metadata']) ? json['metadata'] : {};
  const [, group = ''] = asText(json['apiVersion']).split('/').reverse();
  const kind = group === '' ? asText(json['kind']) : `${asText(json['kind'])}.${group}`;
  return [kind, asText(metadata['namespace']), asText(metadata['name'])].join('/');
}

/** The files of dist/: per environment one for each tier, and the images of all. */
export function distFiles(tiers: readonly RenderedTier[]): Files {
  return new LaterFiles([
    ...tiers.map(
      ({ environment, file, objects }) =>
        [`${environment}/${file}`, () => printObjects(objects)] as const,
    ),
    ['images.txt', () => printImages(tiers)],
  ]);
}

const printObjects = (objects: readonly Rendered[]): string =>
  printDocuments(objects.map(({ json }) => json));

function printImages(tiers: readonly RenderedTier[]): string {
  const images = new Set<string>();
  // Many objects are the same in several environments; their texts would fill the memory.
  for (const json of new Set(tiers.flatMap(({ objects }) => objects.map((one) => one.json)))) {
    for (const image of imagesOf(json)) images.add(image);
  }
  return [...images]
    .sort()
    .map((image) => `${image}\n`)
    .join('');
}

/** Keys of lists of containers. */
export const CONTAINERS: ReadonlySet<string> = new Set(['containers', 'initContainers']);

/** The images that an object's containers run. */
export function imagesOf(json: Json): string[] {
  const images: string[] = [];
  addImages(json, images);
  return images;
}

/** Lists of short lists would be most of the work. */
function addImages(json: Json, to: string[]): void {
  if (typeof json !== 'object') return;
  if (Array.isArray(json)) {
    for (const item of json) addImages(item, to);
    return;
  }
  for (const key of Object.keys(json)) {
    const value = json[key] as Json;
    if (typeof value !== 'object') continue;
    if (CONTAINERS.has(key) && Array.isArray(value)) addImagesOf(value, to);
    else addImages(value, to);
  }
}

function addImagesOf(containers: readonly Json[], to: string[]): void {
  for (const container of containers) {
    const image = isMap(container) ? container['image'] : undefined;
    if (typeof image === 'string') to.push(image);
  }
}
