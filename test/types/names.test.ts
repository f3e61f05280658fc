import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonName, QuantityKey } from '../../synth/deep';
import { CLUSTER_SCOPED } from '../../synth/kinds';

/* What the types say of the Kubernetes API, compared with the models and clients made from it. */

const PACKAGES = join(__dirname, '../../node_modules');
const CLIENT = join(PACKAGES, '@kubernetes/client-node/dist/gen');

interface Attribute {
  readonly model: string;
  /** In TypeScript. */
  readonly name: string;
  /** In JSON. */
  readonly baseName: string;
}

/** The models are ES modules only, and the package's index needs a newer Node than 20. */
function attributes(): Attribute[] {
  const program = `
    const models = await import(${JSON.stringify(join(CLIENT, 'models/all.js'))});
    const all = Object.entries(models).filter(([, model]) => model.getAttributeTypeMap);
    const attributes = all.flatMap(([name, model]) =>
      model.getAttributeTypeMap().map((attribute) => ({ model: name, ...attribute })));
    process.stdout.write(JSON.stringify(attributes));`;
  const args = ['--input-type=module', '--eval', program];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  return JSON.parse(output) as Attribute[];
}

/** JsonName at run time. */
function jsonName(name: string): string {
  if (name.startsWith('x_kubernetes_')) return name.replaceAll('_', '-');
  return name.replace(/^_/, '');
}

const TABLE = {
  _continue: 'continue',
  _default: 'default',
  _enum: 'enum',
  _from: 'from',
  _int: 'int',
  x_kubernetes_embedded_resource: 'x-kubernetes-embedded-resource',
  x_kubernetes_int_or_string: 'x-kubernetes-int-or-string',
  x_kubernetes_list_map_keys: 'x-kubernetes-list-map-keys',
  x_kubernetes_list_type: 'x-kubernetes-list-type',
  x_kubernetes_map_type: 'x-kubernetes-map-type',
  x_kubernetes_preserve_unknown_fields: 'x-kubernetes-preserve-unknown-fields',
  x_kubernetes_validations: 'x-kubernetes-validations',
} as const;
/** The compiler takes the table only where JsonName says the same. */
const RENAMED: { readonly [K in keyof typeof TABLE]: JsonName<K> } = TABLE;

/** `$ref` and `$schema`: other models have fields that are named ref and schema in JSON too. */
const NOT_RENAMED = ['V1JSONSchemaProps.ref', 'V1JSONSchemaProps.schema'];

const all = attributes();

test('the types name each field of each model as its JSON does', () => {
  expect(all.length).toBeGreaterThan(3000);
  const wrong = all
    .filter(({ name, baseName }) => jsonName(name) !== baseName)
    .map(({ model, name }) => `${model}.${name}`);
  expect(wrong).toEqual(NOT_RENAMED);
});

test('the rule of the types renames what the models name otherwise, and nothing else', () => {
  const names = all.map(({ name }) => name).filter((name) => jsonName(name) !== name);
  expect([...new Set(names)].sort()).toEqual(Object.keys(RENAMED).sort());
  for (const [name, json] of Object.entries(RENAMED)) expect(jsonName(name)).toBe(json);
});

test('fields that hold quantities take numbers too: those that cdk8s-plus knows as such', () => {
  const QUANTITIES: Record<QuantityKey, true> = {
    averageValue: true,
    capacity: true,
    default: true,
    defaultRequest: true,
    divisor: true,
    hard: true,
    limits: true,
    max: true,
    maxLimitRequestRatio: true,
    maximumVolumeSize: true,
    min: true,
    overhead: true,
    podFixed: true,
    requests: true,
    sizeLimit: true,
  };
  const source = readFileSync(join(PACKAGES, 'cdk8s-plus-28/lib/imports/k8s.d.ts'), 'utf8');
  const field = /readonly (\w+)\??: (?:\{\s*\[key: string\]: )?Quantity;/g;
  const names = [...source.matchAll(field)].map(([, name = '']) => name);
  // `value` is a quantity in MetricTarget, but text in EnvVar, where a number would be refused.
  expect([...new Set(names)].sort()).toEqual([...Object.keys(QUANTITIES), 'value'].sort());
});

test('a kind has no namespace when the API creates and deletes it without one', () => {
  const files = readdirSync(join(CLIENT, 'apis')).filter((name) => name.endsWith('.js'));
  const source = files.map((name) => readFileSync(join(CLIENT, 'apis', name), 'utf8')).join('');
  const kindsOf = (verb: string) => {
    const method = new RegExp(`^ {4}(?:async )?${verb}(?!Namespaced)([A-Z]\\w*)\\(`, 'gm');
    return [...source.matchAll(method)].map(([, kind = '']) => kind);
  };
  const deleted = new Set(kindsOf('delete'));
  const kinds = kindsOf('create').filter((kind) => deleted.has(kind));
  const real = kinds.filter((kind) => !/WithHttpInfo$|^ClusterCustomObject$/.test(kind));
  expect([...new Set(real)].sort()).toEqual([...CLUSTER_SCOPED].sort());
});
