import type { TierPlan } from '../blueprint';
import { textAt } from '../checks/json';
import { World, worldsOf, type Told } from '../checks/world';
import { renderEnvironments, type RenderedTier } from '../dist';
import type { Environment } from '../environment';
import type { Scene } from '../compute';
import { once } from '../once';
import type { Platform } from '../platform';
import { distRelease, render, sceneOf, valuesOf } from '../scene';
import { factsOf } from './facts';
import { named, type Named } from './names';
import { secretsIn } from './secrets';
import { VERSION, type Connection, type Model, type System } from './shape';
import { View, type SystemFacts } from './view';

export { shape, VERSION, type Connection, type Model, type System } from './shape';

/**
 * The model of a platform, as docs/services.json has it. Builds the platform, which can be done once.
 * @throws ProblemsError with everything that is wrong with the platform.
 */
export function modelOf(platform: Platform): Model {
  const blueprint = platform.build();
  const { options } = platform;
  return model({ blueprint, options, tiers: renderEnvironments(blueprint) });
}

/** The same of a platform that was read. */
export function model(told: Told): Model {
  const { blueprint, options } = told;
  const { chart, environments } = blueprint;
  // A system that is off everywhere is known by its defaults alone.
  const everything = defaultTiers(told);
  const off = new World(blueprint, options, DEFAULTS, everything);
  const systems = named(off.pods.map(({ owner }) => owner).filter((one) => !one.chartOnly));
  const party = partiesOf(systems);
  const worlds = worldsOf(told);
  const view = once((world: World) => viewOf(told, world, party));
  const views = worlds.map(view);
  return {
    version: VERSION,
    platform: { name: chart.name, version: chart.version, description: chart.description },
    environments: environments.map(({ name, summary }) => ({ name, summary })),
    tiers: blueprint.tiers.map(({ name, description }) => ({
      name,
      description,
      namespaces: factsOf(namespacesIn(told.tiers.filter(({ tier }) => tier === name))),
    })),
    secrets: secretsIn(worlds, party),
    systems: systems.map((one) => systemOf(told, one, views, () => view(off))),
  };
}

const DEFAULTS: Environment = {
  name: '',
  summary: 'the defaults of the chart.',
  release: { name: 'platform', namespace: 'platform' },
  values: {},
};

/** Every object under the defaults, whatever its condition says. */
function defaultTiers({ blueprint }: Told): RenderedTier[] {
  return blueprint.tiers.map((tier) => {
    const scene = sceneIn(blueprint, tier, DEFAULTS);
    const objects = tier.resources
      .filter((resource) => !resource.chartOnly)
      .flatMap((resource) => render(resource, scene) ?? []);
    return { environment: '', tier: tier.name, file: '', objects, chartOnly: [], secrets: [] };
  });
}

type Blueprint = Told['blueprint'];

function sceneIn(
  blueprint: Blueprint,
  tier: Blueprint['tiers'][number],
  environment: Environment,
): Scene {
  const values = valuesOf(blueprint, tier, environment.values);
  return sceneOf(blueprint, tier, values, distRelease(blueprint, environment));
}

function viewOf(
  { blueprint }: Told,
  world: World,
  party: (where: string) => Connection['to'],
): { environment: string; view: View } {
  const { environment } = world;
  const sceneOfPlan = once((tier: TierPlan) => sceneIn(blueprint, tier, environment));
  const scene = (name: string) => {
    const tier = blueprint.tiers.find((one) => one.name === name);
    return tier && sceneOfPlan(tier);
  };
  return { environment: environment.name, view: new View(world, scene, party) };
}

function partiesOf(systems: readonly Named[]) {
  const byPlace = new Map(systems.map(({ item, name }) => [item.where, { tier: item.tier, name }]));
  return (where: string) => byPlace.get(where) ?? { tier: '', name: where };
}

function systemOf(
  { blueprint }: Told,
  { item, name }: Named,
  views: readonly ReturnType<typeof viewOf>[],
  defaults: () => ReturnType<typeof viewOf>,
): System {
  const { tier, kind, json, where } = item;
  const links = blueprint.tiers.find((one) => one.name === tier)?.links ?? [];
  const tell = ({ environment, view }: ReturnType<typeof viewOf>) => {
    const told = view.tell(where, links);
    return told === undefined ? [] : [{ environment, told }];
  };
  const on = views.flatMap(tell);
  const told = on.length > 0 ? on : tell(defaults());
  const facts = <K extends keyof SystemFacts>(key: K) =>
    factsOf<SystemFacts[K][number]>(
      told.map((one) => ({ environment: one.environment, things: one.told[key] })),
    );
  const component = textAt(json, 'metadata', 'labels', 'app.kubernetes.io/component');
  return {
    ...{ tier, name, kind },
    ...(component !== '' && { component }),
    environments: on.map(({ environment }) => environment),
    scale: facts('scale'),
    schedule: facts('schedule'),
    images: facts('images'),
    ports: facts('ports'),
    scrapes: facts('scrapes'),
    stores: facts('stores'),
    routes: facts('routes'),
    connections: facts('connections'),
    peers: facts('peers'),
    secrets: facts('secrets'),
    backsUp: facts('backsUp'),
  };
}

/** Where the pods of a tier are, in each environment. */
const namespacesIn = (tiers: readonly RenderedTier[]) =>
  tiers.map(({ environment, objects }) => {
    const names = objects.map(({ json }) => textAt(json, 'metadata', 'namespace'));
    const things = [...new Set(names)].filter((one) => one !== '');
    return { environment, things: things.map((namespace) => ({ namespace })) };
  });
