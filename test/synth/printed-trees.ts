import * as fc from 'fast-check';
import { parse } from 'yaml';
import type { Blueprint } from '../../synth/blueprint';
import { imagesOf } from '../../synth/container-images';
import type { JsonMap } from '../../synth/merge';
import { printTrees } from '../../synth/print/plain-tree';
import { printYaml } from '../../synth/print/plain-yaml';
import { overlayArbitrary } from '../../synth/proof/prove';
import { distRelease, resourcesOf, renderTier, sceneOf, valuesOf } from '../../synth/scene';

/** Trees are printed with their values put in; evaluated, they give JSON: both say the same. */
export function expectPrintedAsJson(blueprint: Blueprint, runs: number): void {
  // Overlays are too large to be made smaller one by one.
  for (const overlay of fc.sample(overlayArbitrary(blueprint), { seed: 1, numRuns: runs })) {
    for (const { trees, objects, scene } of tiersOf(blueprint, overlay)) {
      const single = trees.map((tree) => printTrees([tree], scene));
      for (const [index, { text, images }] of single.entries()) {
        const json = objects[index] ?? {};
        expectSame(text, json);
        expect(new Set(images)).toEqual(new Set(imagesOf(json)));
      }
      const together = printTrees(trees, scene);
      expect(together.text).toBe(single.map(({ text }) => text).join('---\n'));
      expect(new Set(together.images)).toEqual(new Set(objects.flatMap(imagesOf)));
    }
  }
}

function expectSame(text: string, json: JsonMap): void {
  const expected = printYaml(json);
  // JavaScript puts such keys before all others of an object.
  if (/^[ -]*"\d+":/m.test(expected)) expect(parse(text)).toEqual(json);
  else expect(text).toBe(expected);
}

/** The trees of each tier, and what they evaluate to. */
export function tiersOf(blueprint: Blueprint, overlay: JsonMap) {
  const [environment] = blueprint.environments;
  if (environment === undefined) throw new Error('There is no environment.');
  const release = distRelease(blueprint, environment);
  return blueprint.tiers.map((tier) => {
    const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
    const trees = resourcesOf(tier.resources, scene).map(({ node }) => node);
    return { trees, scene, objects: renderTier(tier, scene).map(({ json }) => json) };
  });
}
