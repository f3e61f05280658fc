import { each, when, whenItems, type ManifestLiteral } from '../../../synth';
import type { ShopTier } from '../fixture';

/* What stands under a condition, or once for each item, has no members: nobody knows it yet. */

declare const tier: ShopTier;
const { name, replicas, enabled, args, hosts, labels, tolerations } = tier.values;
const metadata = { name: 'shop' };

// TS2339: Property 'host' does not exist on type 'Conditional<{ host: string; }>'.
export const member = when(enabled, { host: 'a' }).host;
// TS2339: Property 'name' does not exist on type 'Each<{ name: Value<string>; }>'.
export const item = each(hosts, (host) => ({ name: host.name })).name;
// TS2551: Property 'port' does not exist on type 'MapValue<{ name: string; ports: number[]; }> & {
// readonly name: Value<string>; readonly ports: ListValue<number>; }'. Did you mean 'ports'?
export const unknownItem = each(hosts, (host) => host.port);
// TS2345: Argument of type 'MapValue<Record<string, string>>' is not assignable to parameter of
// type 'ListValue<string>'.
// … Property '[Symbol.iterator]' is missing in type 'MapValue<Record<string, string>>' but required
// in type 'ListValue<string>'.
export const notAList = each(labels, (label) => label);
// TS2345: Argument of type 'Value<number>' is not assignable to parameter of type 'Val<boolean>'.
// … Type 'number' is not assignable to type 'boolean'.
export const notACondition = when(replicas, 1);
// TS2345: Argument of type 'string' is not assignable to parameter of type 'readonly unknown[]'.
export const notItems = whenItems(enabled, 'a');
// TS2488: Type 'MapValue<Record<string, string>>' must have a '[Symbol.iterator]()' method that
// returns an iterator.
export const spread = [...labels];
// TS2488: Type 'Value<string>' must have a '[Symbol.iterator]()' method that returns an iterator.
export const spreadText = [...name];
// TS2322: Type 'Each<Value<string>>' is not assignable to type 'string'.
export const text: string = each(args, (arg) => arg);

export const inItem: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  // TS2322: Type 'Conditional<DeepObject<V1ServicePort> | Value<V1ServicePort> | { name: string;
  // number: number; }>' is not assignable to type 'DeepObject<V1ServicePort> | Value<V1ServicePort>
  // | Conditional<DeepObject<V1ServicePort> | Value<V1ServicePort>> | Each<...> | Each<...>'.
  // … Property 'port' is missing in type '{ name: string; number: number; }' but required in type
  // 'DeepFields<V1ServicePort>'.
  spec: { ports: [when(enabled, { name: 'http', number: 80 })] },
};

export const wrongBranch: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  // TS2322: Type 'Conditional<{ port: number; } | { port: string; }>' is not assignable to type
  // 'DeepObject<V1ServicePort> | Value<V1ServicePort> | Conditional<DeepObject<V1ServicePort> |
  // Value<V1ServicePort>> | Each<...> | Each<...>'.
  // … Type 'string' is not assignable to type 'Val<number> | Conditional<Val<number>>'.
  spec: { ports: [when(enabled, { port: 80 }, { port: 'http' })] },
};

export const wrongTypeInWhen: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  // TS2322: Type 'Conditional<string | Value<string> | Value<number>>' is not assignable to type
  // 'Val<string> | Conditional<Val<string>> | undefined'.
  // … Type 'number' is not assignable to type 'string'.
  spec: { type: when(enabled, replicas) },
};

export const itemOutsideList: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  // TS2322: Type 'Each<{ port: number; }>' is not assignable to type 'readonly
  // (DeepObject<V1ServicePort> | Value<V1ServicePort> | Conditional<DeepObject<V1ServicePort> |
  // Value<V1ServicePort>> | Each<...> | Each<...>)[] | Value<...> | Conditional<...> | undefined'.
  spec: { ports: each(hosts, () => ({ port: 80 })) },
};

export const wrongItem: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  // TS2322: Type 'Each<string>[]' is not assignable to type 'readonly (DeepObject<V1Toleration> |
  // Value<V1Toleration> | Conditional<DeepObject<V1Toleration> | Value<V1Toleration>> | Each<...> |
  // Each<...>)[] | Value<...> | Conditional<...> | undefined'.
  // … Type 'string' is not assignable to type 'DeepObject<V1Toleration> | Value<V1Toleration>'.
  spec: { containers: [], tolerations: [...args] },
};

export const wrongList: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  // TS2322: Type 'Each<V1Toleration>[]' is not assignable to type 'readonly
  // (DeepObject<V1Container> | Value<V1Container> | Conditional<DeepObject<V1Container> |
  // Value<V1Container>> | Each<...> | Each<...>)[] | Value<...> | Conditional<...>'.
  // … Type 'V1Toleration' is not assignable to type 'DeepObject<V1Container> | Value<V1Container>'.
  spec: { containers: [...tolerations] },
};

export const misspelledSpread: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  // TS2322: Type '{ [conditionalBrand]: DeepObject<V1ServiceSpec> | Value<V1ServiceSpec> | {
  // clusterIp: string; }; [spreadBrand]: NoInfer<DeepObject<...> | ... 1 more ... | { clusterIp:
  // string; }>; }' is not assignable to type 'DeepObject<V1ServiceSpec> | Value<V1ServiceSpec> |
  // Conditional<DeepObject<V1ServiceSpec> | Value<V1ServiceSpec>> | undefined'.
  // … Type '{ clusterIp: string; }' is not assignable to type 'DeepObject<V1ServiceSpec> |
  // Value<V1ServiceSpec>'.
  spec: { ...when(enabled, { clusterIp: 'None' }) },
};

export const wrongTypeInSpread: ManifestLiteral = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  // TS2322: Type '{ [conditionalBrand]: DeepObject<V1ServiceSpec> | Value<V1ServiceSpec> | {
  // clusterIP: Value<number>; }; [spreadBrand]: NoInfer<DeepObject<...> | ... 1 more ... | {
  // clusterIP: Value<number>; }>; }' is not assignable to type 'DeepObject<V1ServiceSpec> |
  // Value<V1ServiceSpec> | Conditional<DeepObject<V1ServiceSpec> | Value<V1ServiceSpec>> |
  // undefined'.
  // … Type 'number' is not assignable to type 'string'.
  spec: { ...when(enabled, { clusterIP: replicas }) },
};
