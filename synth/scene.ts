import type { Blueprint, Resource, TierPlan } from './blueprint';
import { complaintsAboutValues } from './check-values';
import type { Environment } from './environment';
import { compute, evaluate, type Builtins, type Scene } from './evaluate';
import { isMap, merge, type JsonMap } from './merge';
import type { Json } from './node';
import type { Problems } from './problems';

/** The release that a twin is evaluated for: what Helm would put into `.Release`. */
export type Release = Builtins['Release'];

/** An object as it reaches Kubernetes. */
export interface Rendered {
  readonly resource: Resource;
  readonly json: JsonMap;
}

/** The release that dist/ shows for an environment. */
export function distRelease(blueprint: Blueprint, environment: Environment): Release {
  const { name, namespace } = environment.release;
  return { Name: name, Namespace: namespace, Service: blueprint.chart.service ?? 'kubectl' };
}

/** All values of a tier under an overlay of the whole platform, as Helm joins them. */
export function valuesOf(blueprint: Blueprint, tier: TierPlan, overlay: JsonMap): JsonMap {
  const own = merge(tier.defaults, overlay[tier.name]) as JsonMap;
  const global = merge(blueprint.globalDefaults, overlay['global']) as JsonMap;
  return { ...own, global };
}

export function sceneOf(
  blueprint: Blueprint,
  tier: TierPlan,
  values: JsonMap,
  release: Release,
): Scene {
  const { version, appVersion } = blueprint.chart;
  return {
    values,
    global: values['global'] ?? {},
    builtins: {
      Release: release,
      Chart: { Name: tier.name, Version: version, AppVersion: appVersion },
    },
  };
}

/** The tier's objects under these values, those whose condition fails left out. */
export function renderTier(tier: TierPlan, scene: Scene): Rendered[] {
  return tier.resources.flatMap((resource) => {
    if (resource.cond !== undefined && compute(resource.cond, scene) !== true) return [];
    const json = evaluate(resource.node, scene);
    return isMap(json) ? [{ resource, json }] : [];
  });
}

/** Whether the overlay leaves the tier in. */
export function isEnabled(tier: TierPlan, overlay: JsonMap): boolean {
  const own = overlay[tier.name];
  return !isMap(own) || own['enabled'] !== false;
}

/** What is wrong with an overlay: unknown and refused values, a tier that is off and needed. */
export function checkOverlay(
  blueprint: Blueprint,
  environment: string,
  overlay: Json,
  problems: Problems,
): void {
  const where = `environment ${environment}`;
  if (!isMap(overlay)) {
    problems.add(
      where,
      `The overlay is ${JSON.stringify(overlay)}; it must be an object with a key for each tier.`,
    );
    return;
  }
  const names = blueprint.tiers.map((tier) => tier.name);
  for (const key of Object.keys(overlay).filter(
    (one) => one !== 'global' && !names.includes(one),
  )) {
    problems.add(where, `Value ${key} is of no tier; use one of global, ${names.join(', ')}.`);
  }
  checkGlobalKeys(blueprint, where, overlay['global'], problems);
  for (const tier of blueprint.tiers) {
    for (const complaint of complaintsAboutValues(
      valuesOf(blueprint, tier, overlay),
      tier.chartSchema,
      tier.name,
    )) {
      problems.add(where, complaint);
    }
    if (isEnabled(tier, overlay)) checkNeeds(blueprint, tier, where, overlay, problems);
  }
}

/** Helm lets any key pass directly below global; in our own overlays it is a slip of the pen. */
function checkGlobalKeys(
  blueprint: Blueprint,
  where: string,
  global: Json | undefined,
  problems: Problems,
): void {
  const known = Object.keys(blueprint.globalDefaults);
  for (const key of Object.keys(isMap(global) ? global : {})) {
    if (!known.includes(key)) {
      problems.add(
        where,
        `Value global.${key} is not declared; remove it or correct its name (known: ${known.join(', ')}).`,
      );
    }
  }
}

function checkNeeds(
  blueprint: Blueprint,
  tier: TierPlan,
  where: string,
  overlay: JsonMap,
  problems: Problems,
): void {
  for (const endpoint of tier.needs) {
    const provider = blueprint.tiers.find((one) => one.name === endpoint.tier);
    if (provider !== undefined && isEnabled(provider, overlay)) continue;
    problems.add(
      where,
      `Tier ${endpoint.tier} is off, but tier ${tier.name} needs its endpoint ${endpoint.name}; switch ${endpoint.tier}.enabled on, or ${tier.name}.enabled off.`,
    );
  }
}
