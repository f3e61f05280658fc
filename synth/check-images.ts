import type { Blueprint, Resource } from './blueprint';
import { imagesOf } from './dist';
import { merge, type JsonMap } from './merge';
import type { Problems } from './problems';
import { distRelease, renderTier, sceneOf, valuesOf } from './scene';

const PROBE = 'registry.twinchart.example';

/**
 * One value moves all images to a mirror: renders every environment with it set, and looks at
 * every image, those of the chart's own tests too.
 */
export function checkImages(blueprint: Blueprint, problems: Problems): void {
  if (blueprint.globalDefaults['imageRegistry'] === undefined) return;
  for (const { image, resource } of imagesFrom(PROBE, blueprint)) {
    if (image.startsWith(`${PROBE}/`)) continue;
    problems.add(
      resource.where,
      `Image ${image} does not obey global.imageRegistry; make it with image().`,
    );
  }
}

function imagesFrom(imageRegistry: string, blueprint: Blueprint) {
  return blueprint.environments.flatMap((environment) => {
    const overlay = merge(environment.values, { global: { imageRegistry } }) as JsonMap;
    const release = distRelease(blueprint, environment);
    return blueprint.tiers.flatMap((tier): { image: string; resource: Resource }[] => {
      const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
      return renderTier(tier, scene).flatMap(({ resource, json }) =>
        imagesOf(json).map((image) => ({ image, resource })),
      );
    });
  });
}
