import type { Blueprint, TierPlan } from '../../synth/blueprint';
import { describe, refsOf, type Expr, type Ref } from '../../synth/expr';
import { compute, type Scene } from '../../synth/compute';
import { isMap } from '../../synth/merge';
import type { Json } from '../../synth/node';
import { show } from '../../synth/problems';
import { isGroup, type Schema } from '../../synth/schema';

/** One value that a line depends on. */
export interface Used {
  /** As in `describe`: `app.nodeService.replicas`, `global.domain`, `.Release.Name`. */
  readonly name: string;
  /** What it is in the environment that was asked about. */
  readonly now: Json | undefined;
  /** Undefined for what Helm sets itself. */
  readonly declared: Declared | undefined;
}
interface Declared {
  readonly byDefault: Json | undefined;
  readonly sets: readonly Set_[];
  /** What a later change of it needs. */
  readonly immutable: string | undefined;
}
/** That an environment sets it. */
interface Set_ {
  readonly environment: string;
  readonly path: readonly string[];
  readonly value: Json;
}

/** The values that expressions read, each once; groups by what is in them. */
export function usedBy(
  exprs: readonly Expr[],
  tier: TierPlan,
  blueprint: Blueprint,
  scene?: Scene,
): Used[] {
  const leaves = exprs.flatMap(refsOf).flatMap(leavesOf);
  const byName = new Map(leaves.map((ref) => [describe(ref), ref]));
  return [...byName].map(([name, ref]) => ({
    name,
    now: scene && compute(ref, scene),
    declared: declaredOf(ref, tier, blueprint),
  }));
}

function leavesOf(ref: Ref): Ref[] {
  if (!isGroup(ref.schema)) return [ref];
  return Object.entries(ref.schema.properties).flatMap(([key, schema]) =>
    leavesOf({ ...ref, path: [...ref.path, key], schema }),
  );
}

function declaredOf(ref: Ref, tier: TierPlan, blueprint: Blueprint): Declared | undefined {
  const { kind } = ref.scope;
  if (kind !== 'tier' && kind !== 'global') return undefined;
  const defaults = kind === 'tier' ? tier.defaults : blueprint.globalDefaults;
  const root = kind === 'tier' ? tier.name : 'global';
  const sets = blueprint.environments.flatMap(({ name, values }): Set_[] => {
    const path = [root, ...ref.path];
    const value = at(values, path);
    return value === undefined ? [] : [{ environment: name, path, value }];
  });
  return {
    byDefault: at(defaults, ref.path),
    sets,
    immutable: ref.schema.immutable,
  };
}

function at(json: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, key) => {
    if (Array.isArray(part)) return part[Number(key)];
    return isMap(part) && Object.hasOwn(part, key) ? part[key] : undefined;
  }, json);
}

/** The expressions that a line of a template names: `.Values.nodeService.replicas`. */
export function namedIn(line: string, tier: TierPlan, blueprint: Blueprint): Ref[] {
  const owner = {};
  return [...line.matchAll(/\.Values((?:\.\w+)+)/g)].flatMap(([, names = '']) => {
    const path = names.slice(1).split('.');
    const ref: Ref =
      path[0] === 'global'
        ? {
            op: 'ref',
            scope: { kind: 'global', owner },
            path: path.slice(1),
            schema: blueprint.globalSchema,
          }
        : { op: 'ref', scope: { kind: 'tier', owner, tier: tier.name }, path, schema: tier.schema };
    const schema = ref.path.reduce<Schema | undefined>(
      (above, key) => above?.properties?.[key],
      ref.schema,
    );
    return schema === undefined ? [] : [{ ...ref, schema }];
  });
}

/** One line for people. @param place where an environment sets the value, where that is known. */
export function shownValue(
  { name, now, declared }: Used,
  environment: string | undefined,
  place: (set: Set_) => string | undefined,
): string {
  const start = now === undefined ? name : `${name} = ${show(now)}`;
  if (declared === undefined)
    return `${start}, set by Helm; in dist/ by the environment or the chart`;
  const { byDefault, immutable } = declared;
  const sets = declared.sets.filter(
    (set) => environment === undefined || set.environment === environment,
  );
  const parts = sets.map((set) => {
    const where = place(set);
    const what = environment === undefined ? ` to ${show(set.value)}` : '';
    return `${set.environment} sets it${what}${where === undefined ? '' : ` (${where})`}`;
  });
  if (sets.length === 0 && environment !== undefined) parts.push('the default');
  else if (byDefault !== undefined) parts.unshift(`default ${show(byDefault)}`);
  if (immutable !== undefined) parts.push(`immutable: ${immutable}`);
  return [start, ...parts].join(', ');
}
