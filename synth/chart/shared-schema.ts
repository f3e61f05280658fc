import { withDefinitions } from '../chart-schema';
import { DEFINITIONS, emitSchema, isGroup, KINDS, type Schema } from '../schema';

/*
 * What a schema holds more than once becomes a definition, as one would write it by hand: Helm compiles
 * each pattern and reads each group once. Draft 7 takes a reference for all of a schema, but editors
 * show what else stands there, so each use keeps a description and default of its own.
 */

/** Keywords that say nothing of which values are accepted, in the order in which they stand. */
const ANNOTATIONS = [
  ...(['$schema', 'title', 'description', '$comment'] as const),
  ...(['default', 'examples', 'immutable'] as const),
];
const IS_ANNOTATION: ReadonlySet<string> = new Set(ANNOTATIONS);

/** Schemas that accept the same, and whose parts are told of in the same words. */
interface Shape {
  readonly id: number;
  /** What they accept, as text. */
  readonly rules: string;
  readonly schemas: Schema[];
  /** Of the values that they are for; of items and entries there is none. */
  readonly keys: Set<string | undefined>;
  readonly parts: readonly Shape[];
  /** Of the definition. Default: each use has the schema itself. */
  name?: string | undefined;
}

/** The schema with what it holds more than once as definitions. */
export function sharedSchema({ definitions: _, ...schema }: Schema): Schema {
  const shapes = new Shapes(schema);
  const own = shapes.all.flatMap((shape): [string, Schema][] =>
    shape.name === undefined || isText(shape) ? [] : [[shape.name, shapes.definition(shape)]],
  );
  const body = { ...shapes.merged([schema]), definitions: Object.fromEntries(own) };
  const all = { ...withDefinitions(body).definitions, ...body.definitions };
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? schema : { ...body, definitions: Object.fromEntries(sorted) };
}

class Shapes {
  private readonly byRules = new Map<string, Shape>();
  private readonly of = new Map<Schema, Shape>();
  private readonly annotations = new Map<Shape, Schema>();

  public constructor(root: Schema) {
    this.find(root);
    nameRepeated(this.all);
  }

  /** Each behind its parts. */
  public get all(): Shape[] {
    return [...this.byRules.values()];
  }

  private find(schema: Schema, key?: string): Shape {
    const parts: Shape[] = [];
    const rules = rulesOf(schema, (part, name) => {
      const shape = this.find(part, name);
      parts.push(shape);
      // Of a part that stands in a definition, this is told nowhere else.
      return JSON.stringify([shape.id, part.title, part.description, part.immutable]);
    });
    const { size: id } = this.byRules;
    const shape = this.byRules.get(rules) ?? { id, rules, schemas: [], keys: new Set(), parts };
    if (shape.id === id) this.byRules.set(rules, shape);
    shape.schemas.push(schema);
    shape.keys.add(key);
    this.of.set(schema, shape);
    return shape;
  }

  /** Of all schemas of the shape; what a value is by default is told where the value is. */
  public definition(shape: Shape): Schema {
    return { ...this.lifted(shape), ...this.rules(shape.schemas) };
  }

  /** Schemas of one shape as one, with the annotations that they agree on. */
  public merged(schemas: readonly Schema[]): Schema {
    return { ...agreedBy(schemas), ...this.rules(schemas) };
  }

  private rules(schemas: readonly Schema[]): Schema {
    const [first = {}] = schemas;
    const { properties, items, additionalProperties } = first;
    const rules = Object.entries(first).filter(([keyword]) => !IS_ANNOTATION.has(keyword));
    const all = (part: (schema: Schema) => Schema | boolean | undefined) =>
      this.used(schemas.map(part).filter((one) => typeof one === 'object'));
    return {
      ...Object.fromEntries(rules),
      ...(properties && {
        properties: Object.fromEntries(
          Object.keys(properties).map((key) => [key, all((one) => one.properties?.[key])]),
        ),
      }),
      ...(items && { items: all((one) => one.items) }),
      ...(typeof additionalProperties === 'object' && {
        additionalProperties: all((one) => one.additionalProperties),
      }),
    };
  }

  /** What stands where these are: if they have a definition, a reference to it. */
  private used(schemas: readonly Schema[]): Schema {
    const shape = this.of.get(schemas[0] ?? {});
    if (shape?.name === undefined) return this.merged(schemas);
    const lifted = isText(shape) ? {} : this.lifted(shape);
    const own = Object.entries(agreedBy(schemas)).filter(([key]) => !Object.hasOwn(lifted, key));
    return { ...Object.fromEntries(own), $ref: `#/definitions/${shape.name}` };
  }

  /** The annotations of a shape's definition. */
  private lifted(shape: Shape): Schema {
    const known = this.annotations.get(shape);
    if (known !== undefined) return known;
    const { default: _, ...lifted } = agreedBy(shape.schemas);
    this.annotations.set(shape, lifted);
    return lifted;
  }
}

const entryOf = ({ additionalProperties: entry }: Schema): Schema[] =>
  typeof entry === 'object' ? [entry] : [];

/** What a schema accepts, as text that is the same for schemas that accept the same. */
function rulesOf(schema: Schema, told: (part: Schema, key?: string) => string): string {
  let rules = '';
  for (const [keyword, rule] of Object.entries(schema)) {
    if (IS_ANNOTATION.has(keyword)) continue;
    rules += `${keyword} `;
    if (keyword === 'properties') {
      for (const [key, part] of Object.entries(rule as Record<string, Schema>))
        rules += `${JSON.stringify(key)} ${told(part, key)} `;
    } else if (['items', 'additionalProperties'].includes(keyword) && typeof rule === 'object') {
      rules += told(rule as Schema);
    } else {
      rules += JSON.stringify(rule);
    }
    rules += '\n';
  }
  return rules;
}

/** The annotations that all of them have. */
function agreedBy([first = {}, ...others]: readonly Schema[]): Schema {
  const agreed = ANNOTATIONS.filter(
    (key) => first[key] !== undefined && others.every((other) => isSame(first[key], other[key])),
  );
  return Object.fromEntries(agreed.map((key) => [key, first[key]]));
}

const isSame = (one: unknown, other: unknown) =>
  one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** Names what becomes a definition: what stands within one counts once. */
function nameRepeated(shapes: readonly Shape[]): void {
  const uses = new Map<Shape, number>();
  for (const shape of [...shapes].reverse()) {
    const count = uses.get(shape) ?? 1;
    if (count > 1 || isText(shape)) shape.name = nameOf(shape);
    const copies = shape.name === undefined ? count : 1;
    for (const part of shape.parts) uses.set(part, (uses.get(part) ?? 0) + copies);
  }
  const taken = new Set(Object.keys(DEFINITIONS));
  for (const shape of shapes) {
    if (shape.name === undefined || isText(shape)) continue;
    const wanted = shape.name;
    for (let next = 2; taken.has(shape.name); next += 1) shape.name = `${wanted}${String(next)}`;
    taken.add(shape.name);
  }
}

/** What its author calls it, what it is known as, or the one key that all such values have. */
function nameOf({ schemas, keys, rules }: Shape): string | undefined {
  const [first = {}] = schemas;
  const [key, ...others] = keys;
  const byKey = others.length === 0 && isLong(first) ? key : undefined;
  return identifierOf(agreedBy(schemas).title) ?? namesOfKinds().get(rules) ?? byKey;
}

/** `Service values` as `serviceValues`. */
function identifierOf(title = ''): string | undefined {
  const [first = '', ...others] = title.match(/[A-Za-z0-9]+/g) ?? [];
  const words = others.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return first === ''
    ? undefined
    : [first.charAt(0).toLowerCase() + first.slice(1), ...words].join('');
}

/** Whether a reference says less: of a boolean or a limit of a number one reads more where it stands. */
const isLong = (schema: Schema): boolean =>
  schema.$ref === undefined &&
  (isGroup(schema) ||
    (schema.pattern !== undefined && rulesOf(schema, String) !== RULES_OF_TEXT) ||
    schema.enum !== undefined ||
    schema.propertyNames?.allOf !== undefined ||
    [...(schema.items === undefined ? [] : [schema.items]), ...entryOf(schema)].some(isLong));

/** The engine's definition of any text stands for each text, be there only one. */
const TEXT = 'text';
const RULES_OF_TEXT = rulesOf(DEFINITIONS[TEXT] ?? {}, String);
const isText = ({ rules }: Shape) => rules === RULES_OF_TEXT;

let kinds: ReadonlyMap<string, string> | undefined;

/** Known values, by their rules. */
function namesOfKinds(): ReadonlyMap<string, string> {
  if (kinds !== undefined) return kinds;
  const found = new Map([[RULES_OF_TEXT, TEXT]]);
  for (const [name, make] of Object.entries(KINDS)) {
    found.set(rulesOf(emitSchema(make()), String), name);
  }
  return (kinds = found);
}
