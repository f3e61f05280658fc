import type { Blueprint } from './blueprint';
import type { Files } from './chart';
import type { Environment } from './environment';
import { compute } from './evaluate';
import type { KnownSecret } from './expected-secret';
import { isMap, type JsonMap } from './merge';
import { asText, entriesOf, type Json } from './node';
import { PLAIN_YAML } from './print/expression';
import { printDocument } from './print/yaml';
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
  const files: Files = new Map();
  for (const { environment, file, objects } of tiers) {
    const documents = objects.map(
      ({ json }) => `${printDocument(entriesOf(json), PLAIN_YAML).join('\n')}\n`,
    );
    files.set(`${environment}/${file}`, documents.join('---\n'));
  }
  const images = new Set(
    tiers.flatMap(({ objects }) => objects.flatMap(({ json }) => imagesOf(json))),
  );
  files.set(
    'images.txt',
    [...images]
      .sort()
      .map((image) => `${image}\n`)
      .join(''),
  );
  return files;
}

/** The images that an object's containers run. */
export function imagesOf(json: Json): string[] {
  if (typeof json !== 'object') return [];
  if (Array.isArray(json)) return json.flatMap(imagesOf);
  return Object.entries(json).flatMap(([key, value]) =>
    ['containers', 'initContainers'].includes(key) && Array.isArray(value)
      ? value.flatMap((container) =>
          isMap(container) && typeof container['image'] === 'string' ? [container['image']] : [],
        )
      : imagesOf(value),
  );
}
