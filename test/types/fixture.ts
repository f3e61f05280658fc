import type { V1Affinity, V1Toleration } from '@kubernetes/client-node';
import { z } from 'zod';
import {
  dnsLabel,
  dnsName,
  imageSchema,
  structuralList,
  structuralMap,
  tiersOf,
} from '../../synth';

/* The tier whose values right and wrong programs use. */

export const globalValues = z.strictObject({
  domain: dnsName().default('shop.example').describe('Domain.'),
  imageRegistry: z.string().default('').describe('Registry of all images.'),
  namespaces: z.strictObject({ shop: dnsLabel().default('shop').describe('Namespace.') }),
});

export const shopValues = z.strictObject({
  name: dnsLabel().default('shop').describe('Name.'),
  replicas: z.int().min(0).max(9).default(2).describe('Pods.'),
  ratio: z.number().min(0).max(1).default(0.5).describe('Share.'),
  enabled: z.boolean().default(true).describe('Switch.'),
  strategy: z.enum(['Recreate', 'RollingUpdate']).default('Recreate').describe('Strategy.'),
  args: z.array(z.string()).default([]).describe('Arguments.'),
  hosts: z
    .array(z.strictObject({ name: dnsName(), ports: z.array(z.int()) }))
    .default([])
    .describe('Hosts.'),
  labels: z.record(z.string(), z.string()).default({}).describe('Labels.'),
  tolerations: structuralList<V1Toleration>().describe('Tolerations.'),
  affinity: structuralMap<V1Affinity>().describe('Affinity.'),
  resources: z
    .strictObject({
      requests: z
        .strictObject({ cpu: z.string().default('1').describe('CPU.') })
        .describe('What is set aside.'),
    })
    .describe('Resources.'),
  image: imageSchema({ registry: 'docker.io', repository: 'library/node', tag: '24.1.0' }),
});

const declare = tiersOf(globalValues);
export const ShopTierBase = declare({ name: 'shop', description: 'A shop.', values: shopValues });
export type ShopTier = InstanceType<typeof ShopTierBase>;

export interface ShopPlatform {
  readonly global: z.output<typeof globalValues>;
  readonly shop: z.output<typeof shopValues>;
}
