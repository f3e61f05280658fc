import { z } from 'zod';
import { dnsLabel, dnsName, optionalDnsName, tiersOf } from '../synth';

const namespace = (tier: string) =>
  dnsLabel()
    .default(`platform-${tier}`)
    .describe(`Namespace of the tier ${tier}.`)
    .meta({ immutable: 'objects do not move; another name is another installation.' });

/** What all tiers share; everything else is a tier's own. */
export const globalValues = z.strictObject({
  domain: dnsName().default('platform.example').describe('Domain below which public hosts live.'),
  clusterDomain: dnsName()
    .default('cluster.local')
    .describe('DNS domain of the cluster, for the names of Services.'),
  imageRegistry: z
    .string()
    .regex(/^([a-z0-9][a-z0-9.-]*(:[0-9]+)?(\/[a-z0-9][a-z0-9._-]*)*)?$/)
    .default('')
    .describe(
      'Registry, with path where it has one, that all images come from instead of their own.',
    ),
  imagePullSecrets: z
    .array(z.strictObject({ name: dnsName() }))
    .default([])
    .describe('Secrets with registry logins, of the same name in each namespace.')
    .meta({ examples: [[{ name: 'registry-login' }]] }),
  ingressClass: optionalDnsName()
    .default('')
    .describe('IngressClass of public routes; empty takes the default of the cluster.'),
  storageClass: optionalDnsName()
    .default('')
    .describe('StorageClass of volume claims; empty takes the default of the cluster.')
    .meta({ immutable: 'claims keep the class they were made with.' }),
  namespaces: z.strictObject({
    create: z
      .boolean()
      .default(true)
      .describe(
        'Whether the charts make the namespaces; set false where tiers share one or it exists.',
      ),
    data: namespace('data'),
    app: namespace('app'),
  }),
});

/** Declares a tier of this platform. */
export const tier = tiersOf(globalValues);
