import type { Blueprint, Resource, TierPlan } from './blueprint';
import { withDefinitions } from './chart-schema';
import { complaintsAboutValues, Sound } from './check-values';
import type { Environment } from './environment';
import { describe, type Ref } from './expr';
import { compute, type Builtins, type Scene } from './compute';
import { evaluate } from './evaluate';
import { isMap, merge, type JsonMap } from './merge';
import { Problems, show } from './problems';
import type { Json } from './node';
import type { Schema } from './schema';

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
export const renderTier = (tier: TierPlan, scene: Scene): Rendered[] =>
  resourcesOf(tier.resources, scene).flatMap((resource) => render(resource, scene) ?? []);

/** Those whose condition holds. */
export const resourcesOf = (resources: readonly Resource[], scene: Scene): readonly Resource[] =>
  resources.filter(({ cond }) => cond === undefined || compute(cond, scene) === true);

const rendered = new WeakMap<Resource, Rendered>();

/** The object whatever its condition says; the same one where its JSON is that of the last time. */
export function render(resource: Resource, scene: Scene): Rendered | undefined {
  const json = evaluate(resource.node, scene);
  if (!isMap(json)) return undefined;
  const before = rendered.get(resource);
  if (before?.json === json) return before;
  const made = { resource, json };
  rendered.set(resource, made);
  return made;
}

/** Whether the overlay leaves the tier in. */
export function isEnabled(tier: TierPlan, overlay: JsonMap): boolean {
  const own = overlay[tier.name];
  return !isMap(own) || own['enabled'] !== false;
}

/** What is wrong with the defaults, and with the overlays of the environments. */
export function checkEnvironmentValues(blueprint: Blueprint, problems: Problems): void {
  const known = new Known();
  const defaults = new Set(complaintsAboutOverlay(blueprint, {}, known));
  for (const complaint of defaults) problems.add('values', complaint);
  for (const { name, values } of blueprint.environments) {
    const found = new Problems();
    checkOverlay(blueprint, name, values, found, known);
    problems.addAll(found.all.filter(({ message }) => !defaults.has(message)));
    const before = new Set(found.all.map(({ message }) => message));
    for (const overlay of blueprint.overlays) {
      const more = new Problems();
      const both = merge(values, overlay.values) as JsonMap;
      checkOverlay(blueprint, `${name} with overlay ${overlay.name}`, both, more, known);
      problems.addAll(
        more.all.filter(({ message }) => !defaults.has(message) && !before.has(message)),
      );
    }
  }
}

/** What is wrong with an overlay: unknown and refused values, a tier that is off and needed. */
export function checkOverlay(
  blueprint: Blueprint,
  environment: string,
  overlay: JsonMap,
  problems: Problems,
  known = new Known(),
): void {
  const where = `environment ${environment}`;
  const names = ['global', ...blueprint.tiers.map((tier) => tier.name)];
  for (const [key, value] of Object.entries(overlay)) {
    if (!names.includes(key)) {
      problems.add(where, `Value ${key} is of no tier; use one of ${names.join(', ')}.`);
    } else if (!isMap(value)) {
      problems.add(where, `Value ${key} is ${show(value)}; it must be of type object.`);
    }
  }
  // What is no object was told of; the rest is checked without it.
  const sound = Object.fromEntries(Object.entries(overlay).filter(([, value]) => isMap(value)));
  for (const complaint of complaintsAboutOverlay(blueprint, sound, known))
    problems.add(where, complaint);
  for (const tier of blueprint.tiers.filter((one) => isEnabled(one, sound))) {
    checkNeeds(blueprint, tier, where, sound, problems);
  }
}

/** What was found before: most overlays set values of few tiers, and few values of each. */
class Known {
  /** By the tier and the values that are set in it. */
  public readonly complaints = new Map<string, readonly string[]>();
  public readonly sound = new Sound();
}

function complaintsAboutOverlay(blueprint: Blueprint, overlay: JsonMap, known: Known): string[] {
  return [
    ...complaintsAboutGlobal(blueprint, overlay, known),
    ...blueprint.tiers.flatMap((tier) => {
      const { name, chartSchema } = tier;
      const key = JSON.stringify([name, overlay[name], overlay['global']]);
      const complaints =
        known.complaints.get(key) ??
        complaintsAboutValues(valuesOf(blueprint, tier, overlay), chartSchema, name, known.sound);
      known.complaints.set(key, complaints);
      return complaints;
    }),
  ];
}

const completeGlobals = new WeakMap<Schema, Schema>();

/** Helm lets any key pass directly below global; in our own overlays it is a slip of the pen. */
function complaintsAboutGlobal(blueprint: Blueprint, overlay: JsonMap, { sound }: Known): string[] {
  const { globalSchema, globalDefaults } = blueprint;
  const schema = completeGlobals.get(globalSchema) ?? withDefinitions(globalSchema);
  completeGlobals.set(globalSchema, schema);
  const values = merge(globalDefaults, overlay['global']) as JsonMap;
  return complaintsAboutValues(values, schema, 'global', sound);
}

/** That each tier which is on finds what it connects to. */
function checkNeeds(
  blueprint: Blueprint,
  tier: TierPlan,
  where: string,
  overlay: JsonMap,
  problems: Problems,
): void {
  if (tier.needs.length === 0) return;
  const values = valuesOf(blueprint, tier, overlay);
  const told = new Set<string>();
  const tell = (message: string) => {
    if (!told.has(message)) problems.add(where, message);
    told.add(message);
  };
  const valueOf = (ref: Ref | undefined) =>
    ref?.path.reduce<Json | undefined>(
      (json, key) => (isMap(json) ? json[key] : undefined),
      values,
    );
  for (const { endpoint, external, when } of tier.needs) {
    const provider = blueprint.tiers.find((one) => one.name === endpoint.tier);
    const instead = valueOf(external);
    if (valueOf(when) === false || (instead !== undefined && instead !== '')) continue;
    if (provider === undefined) {
      tell(
        `Tier ${tier.name} needs the endpoint ${endpoint.name} of tier ${endpoint.tier}, which the platform does not have; add that tier.`,
      );
    } else if (!isEnabled(provider, overlay)) {
      const set = external === undefined ? '' : `, set ${describe(external)}`;
      const off = when === undefined ? '' : `${describe(when)} or `;
      tell(
        `Tier ${endpoint.tier} is off, but tier ${tier.name} needs its endpoint ${endpoint.name}; switch ${endpoint.tier}.enabled on${set}, or ${off}${tier.name}.enabled off.`,
      );
    }
  }
}
