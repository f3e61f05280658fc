import { z } from 'zod';
import { dnsName, imageSchema, quantity } from '../../synth';
import { podValues } from '../pod-values';
import { resourcesSchema, type ResourceDefaults } from '../resources';

export interface StoreDefaults {
  readonly image: { registry: string; repository: string; tag: string };
  readonly resources: ResourceDefaults;
  /** Size of the data volume. */
  readonly storage: string;
  readonly secret: { readonly name: string; readonly keys: string };
  /** Seconds to stop in, and what happens in them. */
  readonly grace: { readonly seconds: number; readonly why: string };
}

/** Values of a store; spread them into its group, beside those of its own. */
export const storeValues = (defaults: StoreDefaults) => ({
  image: imageSchema(defaults.image),
  existingSecret: dnsName()
    .default(defaults.secret.name)
    .describe(`Secret with ${defaults.secret.keys}.`),
  storage: quantity()
    .default(defaults.storage)
    .describe('Size of the data volume.')
    .meta({ immutable: 'a StatefulSet keeps its claim template; grow the claim itself.' }),
  resources: resourcesSchema(defaults.resources),
  terminationGracePeriodSeconds: z
    .int()
    .min(30)
    .max(600)
    .default(defaults.grace.seconds)
    .describe(`Seconds to stop in; ${defaults.grace.why}.`),
  ...podValues(),
});
export type StoreValues = z.output<z.ZodObject<ReturnType<typeof storeValues>>>;
