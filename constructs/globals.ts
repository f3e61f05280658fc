import { z } from 'zod';
import { dnsLabel, dnsName, optionalDnsName, type AnyTier, type Values } from '../synth';

const namespace = (tier: string) =>
  dnsLabel()
    .default(`platform-${tier}`)
    .describe(`Namespace of the tier ${tier}.`)
    .meta({ immutable: 'objects do not move; another name is another installation.' });

const namespaces = <T extends string>(tiers: readonly T[]) =>
  Object.fromEntries(tiers.map((tier) => [tier, namespace(tier)])) as Record<
    T,
    ReturnType<typeof namespace>
  >;

const network = z
  .strictObject({
    dnsNamespace: dnsLabel().default('kube-system').describe('Namespace of the DNS servers.'),
    nodeLocalDns: z
      .string()
      .regex(/^([0-9a-f.:]+\/[0-9]+)?$/)
      .default('')
      .describe('Address block of a node-local DNS cache, such as 169.254.20.10/32; empty: none.'),
    ingressNamespace: dnsLabel()
      .default('ingress-nginx')
      .describe('Namespace of the ingress controller, which may reach public routes.'),
    ingressAddresses: z
      .array(z.string().regex(/^[0-9a-f.:]+\/[0-9]+$/))
      .default([])
      .describe('Address blocks of load balancers that reach the pods of public routes directly.')
      .meta({ examples: [['10.0.0.0/16']] }),
    monitoringNamespace: optionalDnsName()
      .default('')
      .describe('Namespace whose pods may read metrics; empty: none.'),
    apiServers: z
      .array(z.string().regex(/^[0-9a-f.:]+\/[0-9]+$/))
      .min(1)
      .default(['0.0.0.0/0'])
      .describe('Address blocks of the API server, for the few pods that talk to it.'),
  })
  .describe('Who is where, for the network policies.');

const secrets = z
  .strictObject({
    generate: z
      .boolean()
      .default(false)
      .describe('Whether a Job makes the Secrets that are missing; for development only.'),
    external: z
      .strictObject({
        enabled: z
          .boolean()
          .default(false)
          .describe('Whether the External Secrets Operator fills the Secrets.'),
        store: dnsName().default('platform').describe('ClusterSecretStore to read from.'),
        refreshInterval: z
          .string()
          .regex(/^[0-9]+[smh]$/)
          .default('1h')
          .describe('How often the store is read.'),
      })
      .describe('Secrets from a store outside the cluster.'),
  })
  .describe('Where Secrets come from; without either they are made by hand before the tiers.');

/** What all tiers share, and what the constructs of this folder read. */
export const globals = <T extends string>(options: {
  /** Domain below which public hosts live. */
  readonly domain: string;
  /** Names of all tiers; each has a namespace. */
  readonly tiers: readonly T[];
}) =>
  z.strictObject({
    domain: dnsName().default(options.domain).describe('Domain below which public hosts live.'),
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
      ...namespaces(options.tiers),
    }),
    network,
    secrets,
  });

export type Globals = z.output<ReturnType<typeof globals<never>>>;

/** A tier that constructs can be in: its global values are at least those of `globals`. */
export type PlatformTier = AnyTier & { readonly global: Values<Globals> };
