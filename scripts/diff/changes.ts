import { diffArrays } from 'diff';
import type { Parsed } from '../../synth/proof/parse';

/** A key, an index, or an item of a list by what names it. */
export type Part = string | number | { readonly item: string };

/** What is different at one place of an object. */
export type Change =
  | {
      readonly kind: 'changed';
      readonly path: readonly Part[];
      readonly before: Parsed;
      readonly after: Parsed;
    }
  | { readonly kind: 'added'; readonly path: readonly Part[]; readonly after: Parsed }
  | { readonly kind: 'removed'; readonly path: readonly Part[]; readonly before: Parsed }
  | {
      readonly kind: 'moved';
      readonly path: readonly Part[];
      readonly before: readonly string[];
      readonly after: readonly string[];
    };

type ParsedMap = Record<string, Parsed>;

/** By what Kubernetes, or a person, tells the items of a list apart; the first that does is taken. */
const NAMES = [
  'name',
  'mountPath',
  'devicePath',
  'containerPort',
  'port',
  'key',
  'topologyKey',
  'host',
  'ip',
  'secretName',
  'metadata.name',
];

/** Every place where two versions of something differ. */
export function changesIn(before: Parsed, after: Parsed, path: readonly Part[] = []): Change[] {
  if (isMap(before) && isMap(after)) return changesInMap(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return changesInList(before, after, path);
  return canonical(before) === canonical(after) ? [] : [{ kind: 'changed', path, before, after }];
}

function changesInMap(before: ParsedMap, after: ParsedMap, path: readonly Part[]): Change[] {
  const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...keys].flatMap((key) => changesAt([...path, key], before[key], after[key]));
}

function changesAt(
  path: readonly Part[],
  before: Parsed | undefined,
  after: Parsed | undefined,
): Change[] {
  if (before === undefined) return after === undefined ? [] : [{ kind: 'added', path, after }];
  return after === undefined ? [{ kind: 'removed', path, before }] : changesIn(before, after, path);
}

function changesInList(
  before: readonly Parsed[],
  after: readonly Parsed[],
  path: readonly Part[],
): Change[] {
  const name = NAMES.find((one) => isNamedBy(before, one) && isNamedBy(after, one));
  if (name !== undefined) return changesByName(before, after, name, path);
  if (before.length === after.length) {
    return after.flatMap((item, index) => changesAt([...path, index], before[index], item));
  }
  return changesByOrder(before, after, path);
}

function isNamedBy(items: readonly Parsed[], name: string): boolean {
  const names = items.map((item) => nameOf(item, name));
  return !names.includes(undefined) && new Set(names).size === items.length;
}

function nameOf(item: Parsed, name: string): string | undefined {
  const found = name
    .split('.')
    .reduce<Parsed | undefined>((part, key) => (isMap(part) ? part[key] : undefined), item);
  return found === undefined || typeof found === 'object' ? undefined : String(found);
}

function changesByName(
  before: readonly Parsed[],
  after: readonly Parsed[],
  name: string,
  path: readonly Part[],
): Change[] {
  const [old, now] = [before, after].map(
    (items) => new Map(items.map((item) => [nameOf(item, name) ?? '', item])),
  ) as [Map<string, Parsed>, Map<string, Parsed>];
  const names = new Set([...now.keys(), ...old.keys()]);
  const changes = [...names].flatMap((one) =>
    changesAt(
      [...path, { item: name.endsWith('name') ? one : `${name}=${one}` }],
      old.get(one),
      now.get(one),
    ),
  );
  // The order of containers and of environment variables means something.
  const kept = {
    before: [...old.keys()].filter((one) => now.has(one)),
    after: [...now.keys()].filter((one) => old.has(one)),
  };
  const isSame = kept.before.every((one, index) => one === kept.after[index]);
  return isSame ? changes : [...changes, { kind: 'moved', path, ...kept }];
}

/** Items without names: those that both have stay, and what stands between them changed. */
function changesByOrder(
  before: readonly Parsed[],
  after: readonly Parsed[],
  path: readonly Part[],
): Change[] {
  const changes: Change[] = [];
  let [at, to] = [0, 0];
  const parts = diffArrays(before.map(canonical), after.map(canonical));
  for (const [index, { added, removed, count }] of parts.entries()) {
    if (removed) {
      const next = parts[index + 1];
      const replaced = Math.min(count, next?.added === true ? next.count : 0);
      for (let turn = 0; turn < count; turn += 1) {
        const isReplaced = turn < replaced;
        changes.push(
          ...changesAt(
            [...path, isReplaced ? to + turn : at + turn],
            before[at + turn],
            isReplaced ? after[to + turn] : undefined,
          ),
        );
      }
      at += count;
    } else if (added) {
      const previous = parts[index - 1];
      const replaced = Math.min(count, previous?.removed === true ? previous.count : 0);
      for (let turn = replaced; turn < count; turn += 1)
        changes.push(...changesAt([...path, to + turn], undefined, after[to + turn]));
      to += count;
    } else {
      at += count;
      to += count;
    }
  }
  return changes;
}

const isMap = (data: Parsed | undefined): data is ParsedMap =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

/** The same text for the same data, whatever the order of its keys. */
function canonical(data: Parsed): string {
  if (Array.isArray(data)) return `[${data.map(canonical).join()}]`;
  if (!isMap(data)) return typeof data === 'bigint' ? String(data) : JSON.stringify(data);
  const fields = Object.keys(data)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(data[key] ?? null)}`);
  return `{${fields.join()}}`;
}
