import type { Environment } from '../../../synth';
import type { ShopPlatform } from '../fixture';

/* An overlay holds any part of the values, and nothing else. */

type ShopEnvironment = Environment<ShopPlatform>;
const head = { name: 'dev', summary: 'small.', release: { name: 'shop', namespace: 'ops' } };

// TS2561: Object literal may only specify known properties, but 'shopp' does not exist in type
// 'OverlayOf<ShopPlatform>'. Did you mean to write 'shop'?
export const unknownTier: ShopEnvironment = { ...head, values: { shopp: {} } };

// TS2561: Object literal may only specify known properties, but 'replica' does not exist in type '{
// readonly name?: string; readonly replicas?: number; readonly ratio?: number; readonly enabled?:
// boolean; readonly strategy?: "Recreate" | "RollingUpdate"; readonly args?: string[]; readonly
// hosts?: { ...; }[]; ... 4 more ...; readonly image?: { ...; }; } & { ...; }'. Did you mean to
// write 'replicas'?
export const unknownKey: ShopEnvironment = { ...head, values: { shop: { replica: 1 } } };

// TS2353: Object literal may only specify known properties, and 'region' does not exist in type '{
// readonly domain?: string; readonly imageRegistry?: string; readonly namespaces?: { readonly
// shop?: string; }; }'.
export const unknownGlobal: ShopEnvironment = { ...head, values: { global: { region: 'eu' } } };

// TS2322: Type 'string' is not assignable to type 'number'.
export const wrongType: ShopEnvironment = { ...head, values: { shop: { replicas: '1' } } };

// TS2322: Type '"Rolling"' is not assignable to type '"Recreate" | "RollingUpdate" | undefined'.
export const wrongWord: ShopEnvironment = { ...head, values: { shop: { strategy: 'Rolling' } } };

export const partOfItem: ShopEnvironment = {
  ...head,
  // TS2741: Property 'ports' is missing in type '{ name: string; }' but required in type '{ name:
  // string; ports: number[]; }'.
  values: { shop: { hosts: [{ name: 'a.example' }] } },
};

// TS2322: Type 'null' is not assignable to type 'number | undefined'.
export const nothing: ShopEnvironment = { ...head, values: { shop: { replicas: null } } };

// TS2353: Object literal may only specify known properties, and 'enabled' does not exist in type '{
// readonly domain?: string; readonly imageRegistry?: string; readonly namespaces?: { readonly
// shop?: string; }; }'.
export const globalSwitch: ShopEnvironment = { ...head, values: { global: { enabled: false } } };

export const structural: ShopEnvironment = {
  ...head,
  // TS2561: Object literal may only specify known properties, but 'operater' does not exist in type
  // '{ readonly effect?: string; readonly key?: string; readonly operator?: string; readonly
  // tolerationSeconds?: number; readonly value?: string; }'. Did you mean to write 'operator'?
  values: { shop: { tolerations: [{ operater: 'Exists' }] } },
};

// TS2741: Property 'summary' is missing in type '{ name: string; release: { name: string;
// namespace: string; }; values: {}; }' but required in type 'Environment<ShopPlatform>'.
export const noSummary: ShopEnvironment = {
  name: 'dev',
  release: { name: 'shop', namespace: 'ops' },
  values: {},
};

// TS2741: Property 'namespace' is missing in type '{ name: string; }' but required in type '{
// readonly name: string; readonly namespace: string; }'.
export const noNamespace: ShopEnvironment = { ...head, release: { name: 'shop' }, values: {} };
