import { complaintsAbout, isCarried } from './check-expr';
import { clashesIn, describeFields } from './check-keys';
import { aType, describe, schemaType, typeOf, type Binding, type Const, type Expr } from './expr';
import { hasMark, isSpreadKey, noticeMarks } from './marks';
import { isMap } from './merge';
import { hasNotes } from './misuse';
import type { Block, Field, ListItem, MapEntry, MapNode, Node } from './node';
import { presenceOf } from './presence';
import { show, type Problems } from './problems';
import type { Sharing } from './share';
import { makeValue, nameOf, opaqueOf, type Opaque } from './value';

/** What the reader checks against and what it finds beside the tree. */
export interface ReadContext {
  /** Construct path, for problems. */
  readonly where: string;
  readonly tier: string;
  readonly owner: object;
  readonly problems: Problems;
  /** Fragments met, by name: they become helpers of the chart. */
  readonly helpers: Map<string, readonly Field[]>;
  /** Keys that a map value must not bring, because it is spread beside them; by value path. */
  readonly reserved: Map<string, Set<string>>;
  readonly sharing: Sharing;
}

const ABSENT: MapNode = { kind: 'map', entries: [] };

/** Reads the JSON of an object, with Values, marks and structures in it, into a tree. */
export class TreeReader {
  private readonly open = new Set<object>();
  private readonly bindings: Binding[] = [];

  public constructor(private readonly context: ReadContext) {}

  /** Reads a whole object. */
  public readRoot(json: object): MapNode {
    const node = this.read(json);
    return node.kind === 'map' ? node : ABSENT;
  }

  public read(json: unknown, path = ''): Node {
    const opaque = opaqueOf(json);
    if (opaque !== undefined) return this.readOpaque(opaque, path);
    if (typeof json === 'string') return this.readString(json, path);
    if (typeof json === 'boolean') return this.shared(json, path);
    if (typeof json === 'number') return this.shared(this.readNumber(json, path), path);
    if (typeof json !== 'object' || json === null) {
      return this.problem(
        path,
        `is ${show(json)}, which means nothing in a manifest; leave it out`,
      );
    }
    if (this.open.has(json)) {
      return this.problem(
        path,
        'contains itself; a manifest is a tree, so build a new object instead',
      );
    }
    this.open.add(json);
    const node = Array.isArray(json) ? this.readList(json, path) : this.readMap(json, path);
    this.open.delete(json);
    return node;
  }

  private readOpaque(opaque: Opaque, path: string): Node {
    if (opaque.kind === 'value') return this.context.sharing.value(this.checked(opaque.expr, path));
    return this.problem(
      path,
      `is ${nameOf(opaque)}, which stands only for a field, a list item or, spread with "...", several of them`,
    );
  }

  private readString(text: string, path: string): Node {
    try {
      return this.shared(text, path);
    } catch (error) {
      this.problem(path, (error as Error).message);
      return this.shared('', path);
    }
  }

  private shared(constant: Const['value'], path: string): Node {
    const { sharing } = this.context;
    return sharing.value(this.checked(sharing.expr(constant), path));
  }

  private readNumber(number: number, path: string): number {
    if (Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))) {
      return number === 0 ? 0 : number;
    }
    // A value in arithmetic makes NaN, and that was noted where it happened.
    if (!Number.isNaN(number) || !hasNotes(this.context.owner)) {
      this.problem(
        path,
        `is ${String(number)}, which JSON cannot carry exactly; use a number within ±2^53 or text`,
      );
    }
    return 0;
  }

  /** Reports what the expression must not read here. */
  public checked(expr: Expr, path: string): Expr {
    const { sound } = this.context.sharing;
    if (sound.has(expr)) return expr;
    const complaints = complaintsAbout(expr, this.context, this.bindings);
    for (const complaint of complaints) this.problem(path, complaint);
    // In an each(), what is sound may be so only there.
    if (complaints.length === 0 && this.bindings.length === 0) sound.add(expr);
    return expr;
  }

  private readMap(json: object, path: string): Node {
    if (Object.getPrototypeOf(json) !== Object.prototype && Object.getPrototypeOf(json) !== null) {
      return this.problem(
        path,
        `is of class ${json.constructor.name}, not plain data; use an object literal or text`,
      );
    }
    const entries = this.readEntries(json, path);
    for (const clash of clashesIn(entries, this.context.reserved)) this.problem(path, clash);
    return this.context.sharing.map(entries);
  }

  private readEntries(json: object, path: string): MapEntry[] {
    const entries: MapEntry[] = [];
    for (const key of Object.keys(json)) {
      const value = (json as Record<string, unknown>)[key];
      this.readEntry(key, value, `${path}/${isSpreadKey(key) ? '...' : key}`, entries);
    }
    return entries;
  }

  private readEntry(key: string, value: unknown, path: string, to: MapEntry[]): void {
    if (value === undefined) return;
    const opaque = opaqueOf(value);
    if (opaque?.kind === 'spread' && isSpreadKey(key)) {
      to.push(...this.readMapSpread(opaque.of, path));
      return;
    }
    if (key === '__proto__' || hasMark(key) || !isCarried(key)) {
      this.problem(
        path.slice(0, -key.length - 1),
        `has the key ${show(key)}, but keys are constant text that Helm carries; use a list with name and value, or a map value spread with "..."`,
      );
      noticeMarks(key);
    } else if (opaque?.kind === 'when') {
      const branch = (json: unknown) => {
        const entries: MapEntry[] = [];
        this.readEntry(key, json, path, entries);
        return entries;
      };
      to.push(...this.block(opaque, branch, path));
    } else if (opaque?.kind === 'omitEmpty') {
      to.push({ kind: 'omitEmpty', key, expr: this.checked(opaque.expr, path) });
    } else to.push(this.context.sharing.field(key, this.read(value, path)));
  }

  private readMapSpread(of: Opaque, path: string): MapEntry[] {
    // cdk8s spreads the labels and annotations of an object, whatever they are.
    if ((of.kind === 'value' || of.kind === 'omitEmpty') && typeOf(of.expr) === 'map') {
      return [{ kind: 'spread', expr: this.checked(of.expr, path) }];
    }
    if (of.kind === 'include') return [this.readInclude(of, path)];
    if (of.kind === 'when') {
      return this.block(
        of,
        (json) => (isMap(json) ? this.readEntries(json, path) : this.notSpread(of, path)),
        path,
      );
    }
    return this.notSpread(of, path);
  }

  private notSpread(of: Opaque, path: string): [] {
    this.problem(
      path,
      `spreads ${nameOf(of)} here, where it has no fields or items; spread a map into a map and a list into a list`,
    );
    return [];
  }

  private readInclude(of: Opaque & { kind: 'include' }, path: string): MapEntry {
    const read = this.readEntries(of.content, path);
    const fields = read.filter((entry) => entry.kind === 'field');
    if (fields.length < read.length) {
      this.problem(
        path,
        `uses the fragment ${of.name}, which has conditional fields; put those beside it`,
      );
    }
    const include = this.context.sharing.include(of.name, fields);
    const known = this.context.helpers.get(of.name);
    if (
      known !== undefined &&
      known !== include.entries &&
      describeFields(known) !== describeFields(include.entries)
    ) {
      this.problem(
        path,
        `uses a fragment named ${of.name} with other content than elsewhere in the tier; give it another name`,
      );
    }
    this.context.helpers.set(of.name, include.entries);
    return include;
  }

  private block<T>(
    when: Opaque & { kind: 'when' },
    read: (json: unknown) => T[],
    path: string,
  ): Block<T>[] {
    const cond = this.checked(when.cond, path);
    const then = read(when.then);
    const otherwise = when.otherwise === undefined ? [] : read(when.otherwise);
    if (then.length + otherwise.length === 0) return [];
    // People write `if not` instead of an empty branch before `else`.
    if (then.length > 0) return [{ kind: 'block', cond, then, otherwise }];
    const negated: Expr = { op: 'call', name: 'not', args: [cond] };
    return [{ kind: 'block', cond: negated, then: otherwise, otherwise: [] }];
  }

  private readList(json: readonly unknown[], path: string): Node {
    return this.context.sharing.list(this.readItems(json, path));
  }

  private readItems(json: readonly unknown[], path: string): ListItem[] {
    return json.flatMap((item, index) => this.readItem(item, `${path}/${String(index)}`));
  }

  private readItem(json: unknown, path: string): ListItem[] {
    const opaque = opaqueOf(json);
    if (opaque?.kind === 'spread') return this.readListSpread(opaque.of, path);
    if (opaque?.kind === 'when')
      return this.block(opaque, (branch) => this.readItem(branch, path), path);
    if (opaque?.kind === 'each') return this.readEach(opaque, path);
    const node = this.read(json, path);
    if (node.kind !== 'value' && presenceOf(node) !== true) {
      this.problem(
        path,
        'is a list item whose parts are all conditional; put when() around the item',
      );
    }
    return [this.context.sharing.item(node)];
  }

  private readListSpread(of: Opaque, path: string): ListItem[] {
    if (of.kind === 'value' && typeOf(of.expr) === 'list') {
      return [{ kind: 'spread', expr: this.checked(of.expr, path) }];
    }
    if (of.kind === 'when') {
      return this.block(
        of,
        (json) => (Array.isArray(json) ? this.readItems(json, path) : this.notSpread(of, path)),
        path,
      );
    }
    return this.notSpread(of, path);
  }

  private readEach(each: Opaque & { kind: 'each' }, path: string): ListItem[] {
    const list = this.checked(each.list, path);
    const items = list.op === 'ref' ? list.schema.items : undefined;
    if (items === undefined || (schemaType(items) === 'map' && items.properties === undefined)) {
      const type = typeOf(list);
      this.problem(
        path,
        type === 'list'
          ? `walks ${describe(list)}, whose items have no declared shape; spread it with "..." instead`
          : `walks ${describe(list)}, which is ${aType(type)}; each() takes a list`,
      );
      return [];
    }
    const taken = this.bindings.filter((one) => one.variable.startsWith(each.variable)).length;
    const variable = taken === 0 ? each.variable : `${each.variable}${String(taken + 1)}`;
    const binding: Binding = { variable, list };
    this.bindings.push(binding);
    const item = makeValue({
      op: 'ref',
      scope: { kind: 'item', binding },
      path: [],
      schema: items,
    });
    const body = this.read(each.body(item), path);
    this.bindings.pop();
    if (presenceOf(body) !== true) {
      this.problem(
        path,
        'makes items that are all conditional from each(); an item has at least one fixed part',
      );
    }
    return [{ kind: 'each', list, binding, body }];
  }

  private problem(path: string, message: string): Node {
    this.context.problems.add(this.context.where, `${path === '' ? '/' : path} ${message}.`);
    return ABSENT;
  }
}
