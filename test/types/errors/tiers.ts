import type { Construct } from 'constructs';
import { z } from 'zod';
import { Manifest, Platform, tiersOf, When } from '../../../synth';
import { globalValues, ShopTierBase } from '../fixture';

/* Tiers, endpoints and what is composed of them. */

const declare = tiersOf(globalValues);

// TS2345: Argument of type '{ name: string; values: z.ZodObject<{}, z.core.$strict>; }' is not
// assignable to parameter of type 'TierOptions<ZodObject<{}, $strict>>'.
// … Property 'description' is missing in type '{ name: string; values: z.ZodObject<{},
// z.core.$strict>; }' but required in type 'TierOptions<ZodObject<{}, $strict>>'.
export const undescribed = declare({ name: 'x', values: z.strictObject({}) });

export class ShopTier extends ShopTierBase {
  public constructor(scope: Construct) {
    super(scope);
    const database = this.endpoint('database', () => ({ host: 'db', port: 5432 }));
    // TS2339: Property 'user' does not exist on type '{ host: string; port: number; }'.
    this.connectsTo(database).user;
    // TS2353: Object literal may only specify known properties, and 'host' does not exist in type
    // 'Endpoint<object>'.
    this.connectsTo({ host: 'db' });
    // TS2322: Type 'Value<number>' is not assignable to type 'Val<string>'.
    // … Type 'number' is not assignable to type 'string'.
    this.define('labels', { replicas: this.values.replicas });
    // TS2345: Argument of type '{ text: string; }' is not assignable to parameter of type 'string'.
    this.file('a.conf', { text: 'a' });
    // TS2345: Argument of type 'Value<string>' is not assignable to parameter of type
    // 'Val<boolean>'.
    // … Type 'string' is not assignable to type 'boolean'.
    new When(this, 'when', this.values.name);
    // TS2345: Argument of type '{ apiVersion: "v1"; kind: "Secret"; stringData: {}; }' is not
    // assignable to parameter of type 'ManifestLiteral'.
    // … Property 'metadata' is missing in type '{ apiVersion: "v1"; kind: "Secret"; stringData: {};
    // }' but required in type '{ readonly apiVersion: "v1"; readonly kind: "Secret"; readonly
    // metadata: Omit<DeepObject<V1ObjectMeta>, "name"> & { readonly name: Val<string>; }; }'.
    new Manifest(this, 'secret', { apiVersion: 'v1', kind: 'Secret', stringData: {} });
  }
}

// TS2511: Cannot create an instance of an abstract class.
// TS2739: Type '{}' is missing the following properties from type 'ChartInfo': name, description,
// version, appVersion, kubeVersion
export const abstractTier = new ShopTierBase(new Platform({ chart: {}, environments: [] }));
