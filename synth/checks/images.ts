import type { Resource } from '../blueprint';
import { imagesOf } from '../dist';
import { merge, type JsonMap } from '../merge';
import { distRelease, renderTier, sceneOf, valuesOf } from '../scene';
import { check, finding } from './check';
import { textAt } from './json';
import type { World } from './world';

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
    const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
    return renderTier(tier, scene).flatMap(({ resource, json }) =>
      imagesOf(json).map((image) => ({ resource, json, image })),
    );
  });
}
