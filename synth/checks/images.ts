import type { Resource } from '../blueprint';
import { imagesOf } from '../container-images';
import { refsOf, typeOf, type Expr } from '../expr';
import { merge, type JsonMap } from '../merge';
import type { ListItem, MapEntry, Node } from '../node';
import { once } from '../once';
import { show } from '../problems';
import { distRelease, renderTier, sceneOf, valuesOf } from '../scene';
import { check, finding } from './check';
import { textAt } from './json';
import type { World } from './world';

export const imageVersion = check({
  id: 'image-version',
  rule: 'An image has an exact version: a tag with at least two numbers, a date or a commit, or a digest.',
  why: 'A tag such as latest or 8 is another image tomorrow, on some nodes and not on others.',
  remedy: 'Use the tag of one release, such as 8.0.29-noble, or add the digest.',
  alone: true,
  *find(world) {
    for (const { owner, containers } of world.pods) {
      for (const { path, json } of containers) {
        const image = textAt(json, 'image');
        if (image === '' || isExact(image)) continue;
        yield finding(
          owner,
          `${path}/image is ${show(image)}, which is no exact version; use the tag of one release, such as 1.2.3, or add a digest`,
        );
      }
    }
  },
});

const EXACT = [
  /\d+[._]\d+/,
  /\d{4}-\d{2}-\d{2}/,
  /\d{6,}/,
  /^(sha-|git-|g)?(?=.*\d)[0-9a-f]{7,40}$/,
];

/** Whether a reference names one version of an image; admission policies say the same in CEL. */
export function isExact(image: string): boolean {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  // A colon before the last slash is that of a registry's port.
  const [, tag] = /:([^:/]+)$/.exec(image.replace(/@.*/, '')) ?? [];
  if (tag === undefined || /(^|[-.])latest($|[-.])/.test(tag)) return false;
  return EXACT.some((pattern) => pattern.test(tag));
}

const PROBE = 'registry.twinchart.example';

/** Renders with the value set, and looks at every image, those of the chart's own tests too. */
export const imageIgnoresRegistry = check({
  id: 'image-ignores-registry',
  rule: 'Where the platform has the value global.imageRegistry, every image obeys it.',
  why: 'One value is to move all images to a mirror; what it leaves behind is not there where the cluster reaches the mirror only.',
  remedy: 'Make the reference with image().',
  *find(world) {
    if (world.blueprint.globalDefaults['imageRegistry'] === undefined) return;
    for (const { resource, json, image } of imagesFrom(PROBE, world)) {
      if (image.startsWith(`${PROBE}/`)) continue;
      const { where, kind } = resource;
      yield finding(
        { where, kind, name: textAt(json, 'metadata', 'name') },
        `image ${image} does not obey global.imageRegistry; make it with image()`,
      );
    }
  },
});

interface Used {
  readonly resource: Resource;
  readonly json: JsonMap;
  readonly image: string;
}

function imagesFrom(imageRegistry: string, { blueprint, environment }: World): Used[] {
  const overlay = merge(environment.values, { global: { imageRegistry } }) as JsonMap;
  const release = distRelease(blueprint, environment);
  return blueprint.tiers.flatMap((tier) => {
    const resources = tier.resources.filter(({ node }) => mayIgnore(node));
    if (resources.length === 0) return [];
    const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
    return renderTier({ ...tier, resources }, scene).flatMap(({ resource, json }) =>
      imagesOf(json).map((image) => ({ resource, json, image })),
    );
  });
}

const mayIgnore = once((node: Node) => mayIgnoreRegistry(node));

/** Whether an image may not obey: one that is not made with image(), or is in a structure that is a value. */
function mayIgnoreRegistry(part: Node | MapEntry | ListItem): boolean {
  switch (part.kind) {
    case 'field':
      return part.key === 'image' ? !isObedient(part.node) : mayIgnoreRegistry(part.node);
    case 'item':
      return mayIgnoreRegistry(part.node);
    case 'each':
      return mayIgnoreRegistry(part.body);
    case 'map':
    case 'include':
      return part.entries.some(mayIgnoreRegistry);
    case 'list':
      return part.items.some(mayIgnoreRegistry);
    case 'block':
      return part.then.some(mayIgnoreRegistry) || part.otherwise.some(mayIgnoreRegistry);
    case 'omitEmpty':
      return part.key === 'image' || holdsStructures(part.expr);
    default:
      return holdsStructures(part.expr);
  }
}

function isObedient(node: Node): boolean {
  if (node.kind !== 'value' || node.expr.op !== 'image') return false;
  const { registry } = node.expr;
  return (
    registry.op === 'ref' &&
    registry.scope.kind === 'global' &&
    registry.path.join('.') === 'imageRegistry'
  );
}

/** Maps of texts, such as labels, hold no containers. */
function holdsStructures(expr: Expr): boolean {
  const type = typeOf(expr);
  if (type !== 'map' && type !== 'list') return false;
  return refsOf(expr).some(({ schema: { additionalProperties, items } }) => {
    const inside = items ?? additionalProperties;
    return typeof inside !== 'object' || inside.type !== 'string';
  });
}
