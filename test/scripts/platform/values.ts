import { z } from 'zod';
import { dnsLabel, dnsName, imageSchema, quantity, structuralMap, tiersOf } from '../../../synth';

export const tier = tiersOf(
  z.strictObject({
    domain: dnsName().default('example.org').describe('Domain of the platform.'),
    imageRegistry: z
      .string()
      .regex(/^[a-z0-9.]*$/)
      .default('')
      .describe('Registry of all images.'),
    namespaces: z
      .strictObject({ web: dnsLabel().default('web').describe('Namespace of the tier web.') })
      .describe('Namespaces.'),
  }),
);

export const webValues = z.strictObject({
  replicas: z.int().min(0).max(50).default(1).describe('Pods.'),
  greeting: z
    .string()
    .regex(/^[A-Za-z ]*$/)
    .default('Hello')
    .describe('First words.'),
  image: imageSchema({ registry: 'docker.io', repository: 'library/nginx', tag: '1.0.0' }),
  hosts: z
    .array(z.strictObject({ name: dnsName() }))
    .default([])
    .describe('Public names.'),
  nodeSelector: structuralMap<Record<string, string>>().describe('Labels of the nodes.'),
  resources: z
    .strictObject({
      requests: z
        .strictObject({
          cpu: quantity().default('100m').describe('CPU that is set aside.'),
          memory: quantity().default('64Mi').describe('Memory that is set aside.'),
        })
        .describe('What is set aside.'),
    })
    .describe('CPU and memory.'),
  storage: quantity()
    .default('1Gi')
    .meta({ immutable: 'a claim keeps its size.' })
    .describe('Size of the store.'),
});
