import type { Blueprint, TierPlan } from '../blueprint';
import type { JsonMap } from '../merge';
import { printTrees } from '../print/plain-tree';
import {
  isEnabled,
  renderTier,
  resourcesOf,
  sceneOf,
  valuesOf,
  type Release,
  type Rendered,
} from '../scene';

/** A chart to render: the umbrella, or one tier's chart alone. */
export interface Subject {
  readonly name: string;
  /** Folder below the umbrella's. */
  readonly folder: string;
  readonly tier: TierPlan | undefined;
}

export function subjectsOf(blueprint: Blueprint): Subject[] {
  const alone = blueprint.tiers.map((tier) => ({
    name: `tier ${tier.name} alone`,
    folder: `charts/${tier.name}`,
    tier,
  }));
  return [{ name: 'umbrella', folder: '.', tier: undefined }, ...alone];
}

/** The values as the subject's user gives them: a tier's own stand at the top of its chart. */
export function valuesFor(subject: Subject, overlay: JsonMap): JsonMap {
  if (subject.tier === undefined) return overlay;
  const own = overlay[subject.tier.name] as JsonMap | undefined;
  return { ...own, ...(overlay['global'] === undefined ? {} : { global: overlay['global'] }) };
}

/** What the subject shall render to. */
export interface Expected {
  readonly rendered: readonly Rendered[];
  /** The same as plain YAML. */
  readonly text: string;
}

export function expected(
  blueprint: Blueprint,
  subject: Subject,
  overlay: JsonMap,
  release: Release,
): Expected {
  const tiers = subject.tier
    ? [subject.tier]
    : blueprint.tiers.filter((tier) => isEnabled(tier, overlay));
  const all = tiers.map((tier) => {
    const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
    const nodes = resourcesOf(tier.resources, scene).map(({ node }) => node);
    return { rendered: renderTier(tier, scene), ...printTrees(nodes, scene) };
  });
  return {
    rendered: all.flatMap(({ rendered }) => rendered),
    text: all.flatMap(({ text }) => (text === '' ? [] : [text])).join('---\n'),
  };
}

export const objectsOf = (
  blueprint: Blueprint,
  tier: TierPlan,
  values: JsonMap,
  release: Release,
): Rendered[] => renderTier(tier, sceneOf(blueprint, tier, values, release));
