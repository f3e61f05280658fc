import type { Blueprint } from './blueprint';
import type { Files } from './chart';
import type { Environment } from './environment';
import { isMap, type JsonMap } from './merge';
import { asText, entriesOf, type Json } from './node';
import { PLAIN_YAML } from './print/expression';
import { printDocument } from './print/yaml';
import type { Problems } from './problems';
import { distRelease, isEnabled, renderTier, sceneOf, valuesOf, type Rendered } from './scene';

/** The objects of one tier in one environment. */
export interface RenderedTier {
  readonly environment: string;
  /** File name in dist/<environment>/. */
  readonly file: string;
  readonly objects: readonly Rendered[];
}

/** Evaluates every environment, whose values were checked. Objects that clash become problems. */
export function renderEnvironments(blueprint: Blueprint, problems: Problems): RenderedTier[] {
  return blueprint.environments.flatMap((environment) =>
    renderEnvironment(blueprint, environment, environment.values as JsonMap, problems),
  );
}

function renderEnvironment(
  blueprint: Blueprint,
  environment: Environment,
  overlay: JsonMap,
  problems: Problems,
): RenderedTier[] {
  const release = distRelease(blueprint, environment);
  const tiers = blueprint.tiers.flatMap((tier, index): RenderedTier[] => {
    if (!isEnabled(tier, overlay)) return [];
    const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
    const objects = renderTier(tier, scene).filter(({ resource }) => !resource.chartOnly);
    const file = `${String(index + 1).padStart(2, '0')}-${tier.name}.k8s.yaml`;
    return [{ environment: environment.name, file, objects }];
  });
  refuseTwins(
    tiers.flatMap(({ objects }) => objects),
    environment.name,
    problems,
  );
  return tiers;
}

/** One name in the cluster: kind, namespace and name. */
export function identityOf(json: JsonMap): string {
  const metadata = isMap(json['metadata']) ? json['metadata'] : {};
  const [, group = ''] = asText(json['apiVersion']).split('/').reverse();
  const kind = group === '' ? asText(json['kind']) : `${asText(json['kind'])}.${group}`;
  return [kind, asText(metadata['namespace']), asText(metadata['name'])].join('/');
}

function refuseTwins(objects: readonly Rendered[], environment: string, problems: Problems): void {
  const seen = new Map<string, string>();
  for (const { resource, json } of objects) {
    const identity = identityOf(json);
    const other = seen.get(identity);
    seen.set(identity, resource.where);
    if (other === undefined) continue;
    problems.add(
      `environment ${environment}`,
      `${other} and ${resource.where} both make ${identity}; give one another name or namespace (for namespaces that tiers share, set global.namespaces.create to false).`,
    );
  }
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
