import { identityOf } from '../dist';
import type { JsonMap } from '../merge';
import type { Json } from '../node';
import type { Parsed } from './parse';

/** One place where the twins differ; a side without anything there is undefined. */
export interface Difference {
  /** Object and JSON pointer. */
  readonly path: string;
  readonly evaluated: string | undefined;
  readonly rendered: string | undefined;
}

/** Compares object by object, both ways: nothing may be missing, added, of another type or twice. */
export function compareObjects(
  evaluated: readonly JsonMap[],
  rendered: readonly Record<string, Parsed>[],
): Difference[] {
  const [left, right] = [byIdentity(evaluated), byIdentity(rendered as readonly JsonMap[])];
  const identities = [...new Set([...left.keys(), ...right.keys()])];
  return identities.flatMap((identity) => {
    const [ours = [], theirs = []] = [left.get(identity), right.get(identity)];
    if (ours.length !== 1 || theirs.length !== 1) {
      return [{ path: identity, evaluated: times(ours.length), rendered: times(theirs.length) }];
    }
    return compare(ours[0], theirs[0], identity);
  });
}

const times = (count: number) => `there ${String(count)} times`;

function byIdentity(objects: readonly JsonMap[]): Map<string, JsonMap[]> {
  const found = new Map<string, JsonMap[]>();
  for (const object of objects) {
    const identity = identityOf(object);
    found.set(identity, [...(found.get(identity) ?? []), object]);
  }
  return found;
}

/** Compares data; an integer equals only an integer, whatever its digits look like. */
export function compare(
  ours: Json | undefined,
  theirs: Parsed | undefined,
  path: string,
): Difference[] {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const indexes = Array.from(
      { length: Math.max(ours.length, theirs.length) },
      (_, index) => index,
    );
    return indexes.flatMap((index) =>
      compare(ours[index], theirs[index], `${path}/${String(index)}`),
    );
  }
  if (isObject(ours) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    return keys.flatMap((key) => compare(own(ours, key), own(theirs, key), `${path}/${key}`));
  }
  if (isSame(ours, theirs)) return [];
  return [{ path, evaluated: show(ours), rendered: showFloat(theirs) ?? show(theirs) }];
}

const own = <T>(object: Record<string, T>, key: string) =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const isObject = <T>(data: T): data is Extract<T, Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

function isSame(ours: Json | undefined, theirs: Parsed | undefined): boolean {
  if (typeof ours === 'number' && Number.isInteger(ours)) return theirs === BigInt(ours);
  return ours === theirs;
}

/** A float with the digits of an integer would look the same as what was wanted. */
const showFloat = (data: Parsed | undefined) =>
  typeof data === 'number' && Number.isInteger(data) ? `${String(data)} (a float)` : undefined;

function show(data: Json | Parsed | undefined): string | undefined {
  if (data === undefined) return undefined;
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
}
