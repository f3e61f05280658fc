import { isMap } from '../../synth/merge';
import type { Json } from '../../synth/node';
import { show } from '../../synth/problems';
import type { Schema } from '../../synth/schema';
import type { ChartValues } from './chart';
import type { Finding } from './finding';

type Found = Omit<Finding, 'where' | 'names'> & { readonly path: string };

/** Values that are gone, have another type, or have another default where none may come. */
export function findingsInSchemas(before: ChartValues, after: ChartValues, from: string): Found[] {
  return compared(before.schema, after.schema, '');

  function compared(old: Schema, now: Schema, path: string): Found[] {
    const [was, is] = [typeOf(old), typeOf(now)];
    if (!holds(is, was)) {
      const message = `Value ${path} was of type ${was} in ${from} and is of type ${is} now; give the value of the new type a name of its own, ${NOTE}.`;
      return [{ rule: 'value-retyped', path, message }];
    }
    return [
      ...defaultOf(old, now, path),
      ...requiredOf(old, now, path),
      ...Object.entries(old.properties ?? {}).flatMap(([key, schema]) => {
        const place = below(path, key);
        const next = now.properties?.[key] ?? openTo(now);
        return next === undefined ? removed(place) : compared(schema, next, place);
      }),
      ...keysOf(old, now, path),
      ...(old.items === undefined ? [] : compared(old.items, now.items ?? {}, `${path}[]`)),
    ];
  }

  function removed(path: string): Found[] {
    const message = `Value ${path} is gone, which ${from} had, and Helm refuses values files that set it; keep it, ${NOTE}.`;
    return [{ rule: 'value-removed', path, message }];
  }

  /** Maps with keys of the user's choice. */
  function keysOf(old: Schema, now: Schema, path: string): Found[] {
    const [was, is] = [openTo(old), openTo(now)];
    if (was === undefined || (old.properties !== undefined && is === undefined)) return [];
    // Below a map of anything there is nothing to compare.
    if (is !== undefined) return was === OPEN ? [] : compared(was, is, `${path}.*`);
    const message = `Value ${path} had keys of any name in ${from}, and only ${Object.keys(now.properties ?? {}).join(', ')} now; take the others too, ${NOTE}.`;
    return [{ rule: 'value-retyped', path, message }];
  }

  /** In items of lists and maps, which no default completes. */
  function requiredOf(old: Schema, now: Schema, path: string): Found[] {
    if (!/\[\]|\*/.test(path)) return [];
    const added = (now.required ?? []).filter((key) => !(old.required ?? []).includes(key));
    return added.map((key) => {
      const place = below(path, key);
      const message = `Value ${place} must be there now, which it need not in ${from}; do without it where it is missing, ${NOTE}.`;
      return { rule: 'value-required', path: place, message };
    });
  }

  function defaultOf(old: Schema, now: Schema, path: string): Found[] {
    const why = now.immutable ?? old.immutable;
    // Not of the schemas: definitions that are shared have none.
    const [was, is] = [before, after].map(({ defaults }) => valueAt(defaults, path));
    if (why === undefined || was === undefined || is === undefined) return [];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const message = `Value ${path} changes its default from ${show(was)} to ${show(is)}, but ${why.replace(/\.$/, '')}; leave the default, and set it in the environments that are new, ${NOTE}.`;
    return [{ rule: 'default-changed', path, message }];
  }
}

const NOTE = 'or name it under "Upgrade notes" in CHANGELOG.md';

const below = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

const valueAt = (values: Json, path: string): Json | undefined =>
  path
    .split('.')
    .reduce<Json | undefined>((one, key) => (isMap(one) ? one[key] : undefined), values);

/** What takes anything. */
const OPEN: Schema = {};

/** Keys that are not declared: their schema, or undefined where there may be none. */
function openTo({ type, additionalProperties = true }: Schema): Schema | undefined {
  if (type !== undefined && type !== 'object') return undefined;
  if (typeof additionalProperties === 'object') return additionalProperties;
  return additionalProperties ? OPEN : undefined;
}

const ANY = 'any';

/** Definitions that the engine shares have a type of their own. */
function typeOf({ type, $ref, allOf = [], anyOf }: Schema): string {
  if (type !== undefined) return type;
  if ($ref === '#/definitions/text' || $ref === '#/definitions/key') return 'string';
  if ($ref === '#/definitions/jsonMap') return 'object';
  const [first] = allOf;
  return first === undefined || anyOf !== undefined ? ANY : typeOf(first);
}

/** Whether all of the one type is of the other, too. */
const holds = (type: string, other: string) =>
  type === ANY || type === other || (type === 'number' && other === 'integer');
