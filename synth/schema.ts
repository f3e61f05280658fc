import { z } from 'zod';
import { acceptsOnlyPlainText } from './charset';

/** The part of JSON Schema draft 7 that values use; what `z.toJSONSchema` emits, hardened. */
export interface Schema {
  $schema?: string;
  $ref?: string;
  $comment?: string;
  title?: string;
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  examples?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  minProperties?: number;
  maxProperties?: number;
  allOf?: Schema[];
  anyOf?: Schema[];
  not?: Schema;
  if?: Schema;
  then?: Schema;
  definitions?: Record<string, Schema>;
  /** Effect of a later change, for values that end in an immutable field. */
  immutable?: string;
  /** Set by `structural`: any JSON of the given shape, passed through as it is. */
  structural?: boolean;
}

/** Characters that Helm's parsers refuse, drop or change, written as they are. */
const UNCARRIED =
  '\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ue000-\ue001\ufeff\ufffe\uffff';
/** White space beyond ASCII: toYaml leaves it bare, and Helm trims it off the end of a document. */
const WIDE_SPACES = '\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000';
/** The pattern of constant texts in manifests. */
export const CARRIED_TEXT = `^[^${UNCARRIED}]*$`;
/** The pattern that every text and key among the values has: Helm's regular expressions know no `\u`. */
export const VALUE_TEXT = `^[^${UNCARRIED}${WIDE_SPACES}]*$`;

/** What Go prints for nothing: Helm removes it from all that it renders, wherever it stands. */
export const NO_VALUE = '<no value>';
const HAS_NO_VALUE = { type: 'string', pattern: NO_VALUE } as const;

/** YAML 1.1 booleans: as unquoted keys of a values file they would stop being text. */
export const BOOLEAN_WORDS = [
  'y',
  'n',
  'yes',
  'no',
  'on',
  'off',
  'true',
  'false',
  'null',
  '~',
].flatMap((word) => [
  ...new Set([word, word.toUpperCase(), (word[0] ?? '').toUpperCase() + word.slice(1)]),
]);
/** Words that are no key of a values file: as `<<`, YAML would merge what stands below. */
export const NO_KEYS = [...BOOLEAN_WORDS, '<<'];
/**
 * YAML reads keys of up to 1,024 characters in JSON, which is how Helm gives values to its YAML
 * parser: with six for each "<", ">" and "&".
 */
export const KEY_LENGTH = 170;
/** Integers that a JSON number carries exactly. */
export const SAFE_INTEGER = Number.MAX_SAFE_INTEGER;

/** Where the definitions stand that schemas share. */
export const DEFINITIONS: Record<string, Schema> = {
  text: {
    type: 'string',
    pattern: VALUE_TEXT,
    not: HAS_NO_VALUE,
    $comment: 'Text without characters that YAML parsers change, and without what Helm removes.',
  },
  key: {
    type: 'string',
    minLength: 1,
    maxLength: KEY_LENGTH,
    pattern: VALUE_TEXT,
    not: { anyOf: [{ enum: NO_KEYS }, HAS_NO_VALUE] },
  },
  json: {
    $comment: 'Any JSON but null, passed through to the manifest.',
    anyOf: [
      { $ref: '#/definitions/text' },
      { type: 'integer', minimum: -SAFE_INTEGER, maximum: SAFE_INTEGER },
      { type: 'number', minimum: -1e15, maximum: 1e15 },
      { type: 'boolean' },
      { type: 'array', items: { $ref: '#/definitions/json' } },
      { $ref: '#/definitions/jsonMap' },
    ],
  },
  jsonMap: {
    type: 'object',
    propertyNames: { $ref: '#/definitions/key' },
    additionalProperties: { $ref: '#/definitions/json' },
  },
};

declare const structuralBrand: unique symbol;
/** A Kubernetes structure passed through whole: inserted, spread or left out, never looked into. */
export type Structural<T> = T & { readonly [structuralBrand]: true };

/** Makes a value of any JSON object shape, default `{}`; Kubernetes itself checks its content. */
export function structuralMap<T extends object>(): z.ZodType<Structural<T>> {
  return z.any().meta({ structural: true, type: 'object' }).default({});
}

/**
 * Makes a value that is a list of any JSON; Kubernetes itself checks its content.
 * @param initially the default.
 */
export function structuralList<T>(initially: readonly object[] = []): z.ZodType<Structural<T[]>> {
  return z
    .any()
    .meta({ structural: true, type: 'array' })
    .default([...initially]);
}

// Made once: what describes them or gives them a default makes another type of them.
const DNS_LABEL = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
const DNS_NAME = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
const OPTIONAL_DNS_NAME = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$/);
const QUANTITY = z.string().regex(/^[0-9]+(\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$/);
const PORT = z.int().min(1).max(65535);

/** A text of one DNS label (RFC 1123): the name of a namespace, Service or Secret key holder. */
export const dnsLabel = () => DNS_LABEL;
/** A DNS name of one or more labels, such as a host or an object's name. */
export const dnsName = () => DNS_NAME;
/** As dnsName, or empty. */
export const optionalDnsName = () => OPTIONAL_DNS_NAME;
/** A Kubernetes quantity, such as 500m, 1.5 or 2Gi. */
export const quantity = () => QUANTITY;
/** A TCP or UDP port. */
export const port = () => PORT;
/** All of these, by the names that they have in a chart's schema. */
export const KINDS = { dnsLabel, dnsName, optionalDnsName, quantity, port };

/** Turns a Zod schema into the hardened draft-7 schema that Helm checks. */
export function emitSchema(schema: z.ZodType): Schema {
  const known = emitted.get(schema) ?? emit(schema);
  emitted.set(schema, known);
  return known;
}

/** Emits when first asked, and lets go of the Zod types then: they take many times the room. */
export function emitLater(type: z.ZodType): () => Schema {
  let state: { readonly type: z.ZodType } | { readonly schema: Schema } = { type };
  return () => {
    if ('type' in state) state = { schema: emitSchema(state.type) };
    return state.schema;
  };
}

/** A platform is composed twice, and its tiers have the same global values. */
const emitted = new WeakMap<z.ZodType, Schema>();

function emit(schema: z.ZodType): Schema {
  // What JSON Schema has no form for becomes {}, which is then refused with its path.
  const options = { target: 'draft-7', reused: 'inline', unrepresentable: 'any' } as const;
  return harden(z.toJSONSchema(schema, options) as Schema);
}

function harden(schema: Schema): Schema {
  if (schema.structural === true) return hardenStructural(schema);
  const out: Schema = { ...schema };
  if (out.type === 'string' && out.enum === undefined && out.const === undefined) {
    if (out.pattern === undefined) Object.assign(out, { pattern: VALUE_TEXT, not: HAS_NO_VALUE });
    else if (out.pattern !== VALUE_TEXT && !acceptsOnlyPlainText(out.pattern))
      out.allOf = [...(out.allOf ?? []), { $ref: '#/definitions/text' }];
  }
  // Of a format that is also a pattern the pattern is enough: both Helms read it the same way.
  if (out.pattern !== undefined && schema.pattern !== undefined) delete out.format;
  if (out.items !== undefined && !Array.isArray(out.items)) out.items = harden(out.items);
  if (out.properties !== undefined) {
    out.properties = Object.fromEntries(
      Object.entries(out.properties).map(([key, property]) => [key, harden(property)]),
    );
  }
  if (typeof out.additionalProperties === 'object') {
    out.additionalProperties = harden(out.additionalProperties);
    const { type: _, ...names } = out.propertyNames ?? {};
    const key: Schema = { $ref: '#/definitions/key' };
    out.propertyNames = Object.keys(names).length === 0 ? key : { allOf: [names, key] };
  }
  return out;
}

function hardenStructural(schema: Schema): Schema {
  const { type } = schema;
  return type === 'array'
    ? { ...schema, items: { $ref: '#/definitions/json' } }
    : {
        ...schema,
        propertyNames: { $ref: '#/definitions/key' },
        additionalProperties: { $ref: '#/definitions/json' },
      };
}

/** Whether the schema describes a group: an object with declared keys, which a Value reaches into. */
export function isGroup(schema: Schema): schema is Schema & { properties: Record<string, Schema> } {
  return schema.type === 'object' && schema.properties !== undefined;
}
