import { append } from '../append';
import { at, listAt, textAt } from '../checks/json';
import { referencesOf } from '../checks/reference-list';
import { secretsMade } from '../checks/references';
import type { Item, World } from '../checks/world';
import type { Json } from '../node';
import { factsOf } from './facts';
import type { Connection, Model } from './shape';

type Party = (where: string) => Connection['to'];

/** A Secret of a tier in one environment. */
interface Needed {
  readonly tier: string;
  readonly name: string;
  readonly by: string;
}

/** The Secrets that the tiers read or expect, and who makes them. */
export function secretsIn(worlds: readonly World[], party: Party): Model['secrets'] {
  const found = new Map<string, { environment: string; things: { by: string }[] }[]>();
  const names = new Map<string, Pick<Needed, 'tier' | 'name'>>();
  for (const world of worlds) {
    for (const { tier, name, by } of neededIn(world, party)) {
      const key = `${tier}/${name}`;
      names.set(key, { tier, name });
      const told = { environment: world.environment.name, things: [{ by }] };
      append(found, key, told);
    }
  }
  const order = worlds[0]?.blueprint.tiers.map(({ name }) => name) ?? [];
  return [...names]
    .map(([key, one]) => ({ ...one, makers: factsOf(found.get(key) ?? []) }))
    .sort((one, other) => order.indexOf(one.tier) - order.indexOf(other.tier));
}

function neededIn(world: World, party: Party): Needed[] {
  const made = new Map(
    [...secretsMade(world)].map(({ namespace, name, by }) => [`${namespace}/${name}`, by.kind]),
  );
  const makers = makersIn(world, party);
  const found = new Map<string, Needed>();
  const add = (tier: string, namespace: string, name: string) => {
    const by = made.get(`${namespace}/${name}`) ?? makers.get(namespace) ?? '';
    if (name !== '') found.set(`${tier}/${name}`, { tier, name, by });
  };
  for (const { type, from, namespace, name } of referencesOf(world)) {
    if (type === 'Secret' && !from.chartOnly) add(from.tier, namespace, name);
  }
  return [...found.values()];
}

/** The system of each namespace that may make Secrets there. */
function makersIn(world: World, party: Party): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const binding of world.ofType('RoleBinding')) {
    const role = world.find('Role', binding.namespace, textAt(binding.json, 'roleRef', 'name'));
    if (role === undefined || !makesSecrets(role)) continue;
    for (const subject of listAt(binding.json, 'subjects')) {
      const { owner } = accountOf(world, subject, binding) ?? {};
      if (owner === undefined) continue;
      const { tier, name } = party(owner.where);
      found.set(binding.namespace, `${tier}/${name}`);
    }
  }
  return found;
}

const makesSecrets = ({ json }: Item) =>
  listAt(json, 'rules').some(
    (rule) =>
      ['secrets', '*'].some((one) => listAt(rule, 'resources').includes(one)) &&
      ['create', '*'].some((one) => listAt(rule, 'verbs').includes(one)),
  );

/** The pods of a subject. */
function accountOf(world: World, subject: Json, binding: Item) {
  const namespace = textAt(subject, 'namespace') || binding.namespace;
  return world
    .podsIn(namespace)
    .find(({ spec }) => at(spec, 'serviceAccountName') === textAt(subject, 'name'));
}
