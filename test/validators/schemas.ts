import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/* JSON schemas for kubeconform, made of what an API server says of its kinds (OpenAPI 2). */

type Schema = Readonly<Record<string, unknown>>;

export interface OpenApi {
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** Where the answer leaves out what the server takes. */
const LOOSE: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['string', 'number'] },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['string', 'integer'] },
};

const DEFINITIONS = '_definitions.json';
/** As kubeconform is to look for them. */
export const SCHEMA_PATTERN = '{{ .ResourceKind }}{{ .KindSuffix }}.json';

/**
 * Writes a file for each kind into the folder.
 * @returns how many kinds there are.
 */
export function writeSchemas({ definitions }: OpenApi, folder: string): number {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
  };
  const strict = Object.entries(definitions).map(
    ([name, schema]) => [name, LOOSE[name] ?? strictly(schema)] as const,
  );
  write(DEFINITIONS, { definitions: Object.fromEntries(strict) });
  const kinds = new Map<string, string>();
  for (const [name, schema] of Object.entries(definitions)) {
    for (const { group, version, kind } of kindsOf(schema)) {
      const [label = ''] = group.split('.');
      const file = [kind, label, version].filter((part) => part !== '').join('-');
      kinds.set(`${file.toLowerCase()}.json`, name);
    }
  }
  for (const [file, name] of kinds) write(file, { $ref: referenceTo(name) });
  return kinds.size;
}

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Options of deletion and the like belong to all groups at once: none of them is written. */
function kindsOf(schema: Schema): readonly Kind[] {
  const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as readonly Kind[];
  return kinds.length === 1 ? kinds : [];
}

const referenceTo = (name: string) => `${DEFINITIONS}#/definitions/${name}`;

/** Without unknown fields, and such as a compiler of schemas takes: 1.28 names values of enums twice. */
function strictly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strictly);
  if (typeof value !== 'object' || value === null) return value;
  const schema = value as Schema;
  const entries = Object.entries(schema).map(([key, inner]) => {
    // Both are names of properties, too: of the schemas in a CustomResourceDefinition.
    if (key === '$ref' && typeof inner === 'string') {
      return [key, referenceTo(inner.replace('#/definitions/', ''))];
    }
    if (key === 'enum' && Array.isArray(inner)) return [key, [...new Set(inner)]];
    return [key, strictly(inner)];
  });
  const isOpen =
    typeof schema['properties'] !== 'object' ||
    schema['additionalProperties'] !== undefined ||
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...(Object.fromEntries(entries) as Schema),
    ...(!isOpen && { additionalProperties: false }),
  };
}
