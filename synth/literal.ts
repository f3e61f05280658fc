import { show } from './problems';
import { opaqueOf } from './value';

/** A manifest as cdk8s can take it, and what had to be taken out of it to get there. */
export interface CheckedLiteral {
  readonly literal: Record<string, unknown>;
  readonly complaints: readonly string[];
}

/** Keys that cdk8s or JavaScript itself would act on. */
const UNCARRIED_KEYS = ['__proto__', 'constructor'];

/**
 * Copies a manifest without what cdk8s would drop without a word, refuse without a path, or
 * follow until the stack ends.
 */
export function checkLiteral(manifest: unknown): CheckedLiteral {
  const complaints: string[] = [];
  const literal = (copy(manifest, '', [], complaints) ?? {}) as Record<string, unknown>;
  for (const key of ['apiVersion', 'kind']) {
    if (typeof literal[key] === 'string' && literal[key] !== '') continue;
    complaints.push(
      `/${key} is ${show(literal[key])}; it must be constant text, as Kubernetes finds the type of an object by it.`,
    );
    literal[key] = 'Unknown';
  }
  return { literal, complaints };
}

/** The copy; undefined for what is refused. */
function copy(
  json: unknown,
  path: string,
  open: readonly unknown[],
  complaints: string[],
): unknown {
  if (opaqueOf(json) !== undefined || json === undefined) return json;
  const complaint = complaintAbout(json, open);
  if (complaint !== undefined) {
    complaints.push(`${path || '/'} ${complaint}.`);
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return copyItems(json, path, [...open, json], complaints);
  return copyFields(json, path, [...open, json], complaints);
}

function complaintAbout(json: unknown, open: readonly unknown[]): string | undefined {
  if (json === null) return 'is null, which means nothing in a manifest; leave it out';
  if (['function', 'symbol', 'bigint'].includes(typeof json)) {
    return `is ${show(json)} (${typeof json}), which is no JSON; leave it out`;
  }
  if (typeof json !== 'object') return undefined;
  if (open.includes(json)) {
    return 'contains itself; a manifest is a tree, so build a new object instead';
  }
  const prototype: unknown = Object.getPrototypeOf(json);
  if (Array.isArray(json) || prototype === Object.prototype || prototype === null) return undefined;
  const { name } = json.constructor;
  const what = name === 'Object' ? 'an object that inherits from another' : `of class ${name}`;
  return `is ${what}, not plain data; use an object literal or text`;
}

function copyFields(
  json: object,
  path: string,
  open: readonly unknown[],
  complaints: string[],
): object {
  const fields = Object.entries(json).flatMap(([key, value]: [string, unknown]) => {
    const isCalled = key === 'resolve' && typeof value === 'function';
    if (!UNCARRIED_KEYS.includes(key) && !isCalled) {
      const copied = copy(value, `${path}/${key}`, open, complaints);
      return copied === undefined ? [] : [[key, copied] as const];
    }
    complaints.push(`${path || '/'} has the key ${key}, which cdk8s cannot carry; use another.`);
    return [];
  });
  return Object.fromEntries(fields);
}

function copyItems(
  json: readonly unknown[],
  path: string,
  open: readonly unknown[],
  complaints: string[],
): unknown[] {
  // Array.from visits the holes of a sparse list too.
  return Array.from(json).flatMap((item, index) => {
    const at = `${path}/${String(index)}`;
    if (item === undefined) {
      complaints.push(`${at} is undefined, which is no JSON; leave the item out, or use when().`);
    }
    const copied = copy(item, at, open, complaints);
    return copied === undefined ? [] : [copied];
  });
}
