import { show } from './problems';

/** Something that is no plain data, and where. */
export interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

export interface PlainCopy {
  /** The data without its faults; undefined when nothing is left. */
  readonly copy: unknown;
  readonly faults: readonly Fault[];
}

/** What a caller thinks of a part: keep it as it is, refuse it, or (undefined) look closer. */
export type Judge = (
  part: unknown,
) => { readonly keep: true } | { readonly refuse: string } | undefined;

/**
 * Copies plain data. Leaves out what JSON would drop, or would follow until the stack ends, and
 * tells of it. Fields that are undefined count as not there.
 */
export function copyPlain(data: unknown, judge: Judge): PlainCopy {
  const copier = new Copier(judge);
  const copy = copier.copy(data);
  return { copy, faults: copier.faults };
}

/** Keys that JavaScript itself acts on. */
const ACTIVE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Deeper than any manifest, and far from where the stack ends. */
const DEPTH = 200;
const TOO_DEEP = `is more than ${String(DEPTH)} levels deep; make the data flatter`;

class Copier {
  public readonly faults: Fault[] = [];
  private readonly open: unknown[] = [];
  /** The way to the part that is being copied. */
  private readonly path: string[] = [];

  public constructor(private readonly judge: Judge) {}

  /** The copy; undefined for what is refused. */
  public copy(part: unknown): unknown {
    const judgement = this.judge(part);
    if (judgement !== undefined && 'keep' in judgement) return part;
    if (this.open.length > DEPTH) {
      this.faults.push({ path: [...this.path.slice(0, 3), '…'], message: TOO_DEEP });
      return undefined;
    }
    const message = judgement?.refuse ?? complaintAbout(part, this.open);
    if (message !== undefined) {
      this.refuse(message);
      return undefined;
    }
    if (typeof part !== 'object' || part === null) return part;
    this.open.push(part);
    const copy = Array.isArray(part) ? this.items(part) : this.fields(part);
    this.open.pop();
    return copy;
  }

  private copyAt(key: string, part: unknown): unknown {
    this.path.push(key);
    const copy = this.copy(part);
    this.path.pop();
    return copy;
  }

  private refuse(message: string): void {
    this.faults.push({ path: [...this.path], message });
  }

  private fields(part: object): object {
    const fields: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(part) as [string, unknown][]) {
      if (ACTIVE_KEYS.includes(key)) {
        this.refuse(`has the key ${key}, which JavaScript acts on; use another`);
        continue;
      }
      const copy = value === undefined ? undefined : this.copyAt(key, value);
      if (copy !== undefined) fields[key] = copy;
    }
    return fields;
  }

  private items(part: readonly unknown[]): unknown[] {
    // Has the holes of a sparse list too. What it is mapped to has no room for more, as pushed lists do.
    const items = [...part].map((item, index) => this.copyAt(String(index), item));
    return items.includes(undefined) ? items.filter((item) => item !== undefined) : items;
  }
}

function complaintAbout(part: unknown, open: readonly unknown[]): string | undefined {
  if (['undefined', 'function', 'symbol', 'bigint'].includes(typeof part)) {
    const type = part === undefined ? '' : ` (${typeof part})`;
    return `is ${show(part)}${type}, which is no JSON; leave it out`;
  }
  if (typeof part !== 'object' || part === null) return undefined;
  if (open.includes(part)) return 'contains itself; data is a tree, so build a new object instead';
  const prototype: unknown = Object.getPrototypeOf(part);
  if (Array.isArray(part) || prototype === Object.prototype || prototype === null) return undefined;
  const { name } = part.constructor;
  const what = name === 'Object' ? 'an object that inherits from another' : `of class ${name}`;
  return `is ${what}, not plain data; use an object literal or text`;
}
