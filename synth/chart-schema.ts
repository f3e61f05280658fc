import { DEFINITIONS, type Schema } from './schema';

export interface ChartSchemaParts {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  /** Keys that a map value must not bring, by value path. */
  readonly reserved: ReadonlyMap<string, ReadonlySet<string>>;
  readonly globals: readonly string[];
  readonly globalSchema: Schema;
}

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** The values.schema.json of a tier's chart, which installs alone or below the umbrella. */
export function chartSchema(parts: ChartSchemaParts): Schema {
  const { name, description, schema, reserved } = parts;
  const own = reserve(schema, name, reserved);
  const full: Schema = {
    $schema: DRAFT,
    title: name,
    description,
    type: 'object',
    properties: {
      enabled: {
        type: 'boolean',
        description: 'Read by the umbrella chart, which leaves the tier out where it is false.',
      },
      global: reserve(globalSchemaOf(parts), 'global', reserved),
      ...own.properties,
    },
    required: ['global', ...(own.required ?? [])],
    additionalProperties: false,
  };
  return withDefinitions(full);
}

/** Only what the tier reads; other keys stay open, because other charts' globals arrive there too. */
function globalSchemaOf({ globals, globalSchema }: ChartSchemaParts): Schema {
  const properties = Object.fromEntries(
    globals.map((key) => [key, globalSchema.properties?.[key] ?? {}]),
  );
  return { type: 'object', properties, required: [...globals] };
}

/** Refuses, in the maps that are spread beside fixed keys, those keys. */
function reserve(schema: Schema, path: string, reserved: ChartSchemaParts['reserved']): Schema {
  const keys = [...(reserved.get(path) ?? [])].sort();
  const out: Schema = { ...schema };
  if (keys.length > 0) {
    out.propertyNames = { allOf: [schema.propertyNames ?? {}, { not: { enum: keys } }] };
  }
  if (schema.properties !== undefined) {
    out.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, property]) => [
        key,
        reserve(property, `${path}.${key}`, reserved),
      ]),
    );
  }
  return out;
}

/** Adds the shared definitions that the schema refers to. */
export function withDefinitions(schema: Schema): Schema {
  const used = new Set<string>();
  collectRefs(schema, used);
  if (used.size === 0) return schema;
  const definitions = Object.entries(DEFINITIONS).filter(([name]) => used.has(name));
  return { ...schema, definitions: Object.fromEntries(definitions) };
}

function collectRefs(json: unknown, used: Set<string>): void {
  if (typeof json !== 'object' || json === null) return;
  for (const [key, value] of Object.entries(json)) {
    const name = key === '$ref' ? String(value).replace('#/definitions/', '') : undefined;
    if (name !== undefined && !used.has(name)) {
      used.add(name);
      collectRefs(DEFINITIONS[name], used);
    }
    collectRefs(value, used);
  }
}
