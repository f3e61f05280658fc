import { eq, gt, image, notEmpty, omitEmpty, plus, sha256, ternary } from '../../../synth';
import type { ShopTier } from '../fixture';

/* A Value is known only when a twin is made: what would compute with it at once does not compile. */

declare const tier: ShopTier;
const { name, replicas, enabled, strategy, args, labels, resources } = tier.values;

// TS2365: Operator '+' cannot be applied to types 'Value<number>' and 'number'.
export const sum = replicas + 1;
// TS2362: The left-hand side of an arithmetic operation must be of type 'any', 'number', 'bigint'
// or an enum type.
export const product = replicas * 2;
// TS2365: Operator '>' cannot be applied to types 'Value<number>' and 'number'.
export const more = replicas > 1;
// TS2367: This comparison appears to be unintentional because the types 'Value<number>' and
// 'number' have no overlap.
export const same = replicas === 2;
// TS2367: This comparison appears to be unintentional because the types 'Value<boolean>' and
// 'boolean' have no overlap.
export const on = enabled === true;
// TS2367: This comparison appears to be unintentional because the types 'Value<"Recreate" |
// "RollingUpdate">' and 'string' have no overlap.
export const strategic = strategy === 'Recreate';
// TS2339: Property 'length' does not exist on type 'Value<string>'.
export const length = name.length;
// TS2339: Property 'toUpperCase' does not exist on type 'Value<string>'.
export const upper = name.toUpperCase();
// TS7053: Element implicitly has an 'any' type because expression of type '0' can't be used to
// index type 'ListValue<string>'.
// … Property '0' does not exist on type 'ListValue<string>'.
export const first = args[0];
// TS2339: Property 'map' does not exist on type 'ListValue<string>'.
// TS7006: Parameter 'arg' implicitly has an 'any' type.
export const mapped = args.map((arg) => arg);
// TS2339: Property 'app' does not exist on type 'MapValue<Record<string, string>>'.
export const label = labels.app;
// TS2551: Property 'replica' does not exist on type 'MapValue<{ name: string; replicas: number;
// ratio: number; enabled: boolean; strategy: "Recreate" | "RollingUpdate"; args: string[]; hosts: {
// name: string; ports: number[]; }[]; labels: Record<string, string>; tolerations: Structural<...>;
// affinity: Structural<...>; resources: { ...; }; image: { ...; }; }> & { ...; }'. Did you mean
// 'replicas'?
export const unknown = tier.values.replica;
// TS2339: Property 'memory' does not exist on type 'MapValue<{ cpu: string; }> & { readonly cpu:
// Value<string>; }'.
export const deeper = resources.requests.memory;
// TS2339: Property 'region' does not exist on type 'MapValue<{ domain: string; imageRegistry:
// string; namespaces: { shop: string; }; }> & { readonly domain: Value<string>; readonly
// imageRegistry: Value<string>; readonly namespaces: MapValue<...> & { ...; }; }'.
export const elsewhere = tier.global.region;

// TS2345: Argument of type 'Value<number>' is not assignable to parameter of type 'Val<string>'.
// … Type 'number' is not assignable to type 'string'.
export const notAText = sha256(replicas);
// TS2345: Argument of type 'Value<string>' is not assignable to parameter of type 'Val<number>'.
// … Type 'string' is not assignable to type 'number'.
export const notANumber = plus(name, 1);
// TS2345: Argument of type 'string' is not assignable to parameter of type 'Val<number>'.
export const compared = eq(replicas, '2');
// TS2345: Argument of type '"Rolling"' is not assignable to parameter of type 'Val<"Recreate" |
// "RollingUpdate">'.
export const noMember = eq(strategy, 'Rolling');
// TS2345: Argument of type 'Value<string>' is not assignable to parameter of type 'Val<number>'.
// … Type 'string' is not assignable to type 'number'.
export const greater = gt(name, 1);
// TS2345: Argument of type 'string' is not assignable to parameter of type 'Val<number>'.
export const mixed = ternary(enabled, replicas, 'none');
// TS2345: Argument of type 'Value<string>' is not assignable to parameter of type 'Val<boolean>'.
// … Type 'string' is not assignable to type 'boolean'.
export const unconditional = ternary(name, 1, 2);
// TS2345: Argument of type 'Value<number>' is not assignable to parameter of type 'Value<string |
// object>'.
// … Type 'number' is not assignable to type 'string | object'.
export const neverEmpty = notEmpty(replicas);
// TS2345: Argument of type 'Value<boolean>' is not assignable to parameter of type 'Value<string |
// object>'.
// … Type 'boolean' is not assignable to type 'string | object'.
export const alwaysThere = omitEmpty(enabled);
// TS2345: Argument of type 'MapValue<{ requests: { cpu: string; }; }> & { readonly requests:
// MapValue<{ cpu: string; }> & { readonly cpu: Value<string>; }; }' is not assignable to parameter
// of type 'Value<ImageValues>'.
// … Type '{ requests: { cpu: string; }; }' is missing the following properties from type
// 'ImageValues': registry, repository, tag, digest
export const noImage = image(resources, tier.global.imageRegistry);
