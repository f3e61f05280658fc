import { z } from 'zod';
import type { V1Affinity, V1Toleration } from '@kubernetes/client-node';
import { dnsName, imageSchema, optionalDnsName, structuralList, structuralMap } from '../../synth';
import { resourcesSchema } from '../resources';

const switchable = (what: string) => z.boolean().default(false).describe(what);

export const appValues = z.strictObject({
  nodeService: z
    .strictObject({
      // docker-library/official-images, library/node, 2026-08-21.
      image: imageSchema({
        registry: 'docker.io',
        repository: 'library/node',
        tag: '24.19.0-trixie-slim',
      }),
      replicas: z.int().min(0).max(1000).default(2).describe('Pods where autoscaling is off.'),
      logLevel: z
        .enum(['debug', 'info', 'warn', 'error'])
        .default('info')
        .describe('Least severity that is logged.'),
      mongodbSecret: dnsName()
        .default('node-service-mongodb')
        .describe(
          'Secret in the namespace of the app with the keys username and password for MongoDB.',
        ),
      resources: resourcesSchema({ cpu: '100m', memory: '128Mi', limit: '256Mi' }),
      gpu: z
        .strictObject({
          enabled: switchable('Whether each pod gets GPUs.'),
          count: z.int().min(1).max(16).default(1).describe('Whole GPUs of each pod.'),
        })
        .describe('NVIDIA GPUs as the extended resource nvidia.com/gpu.'),
      autoscaling: z
        .strictObject({
          enabled: switchable('Whether the autoscaler sets the number of pods.'),
          minReplicas: z.int().min(1).max(1000).default(2).describe('Fewest pods.'),
          maxReplicas: z.int().min(1).max(1000).default(6).describe('Most pods.'),
          targetCPU: z
            .int()
            .min(1)
            .max(100)
            .default(70)
            .describe('CPU in percent of the request to aim at.'),
          targetMemory: z
            .int()
            .min(1)
            .max(100)
            .default(80)
            .describe('Memory in percent of the request to aim at.'),
        })
        .describe('HorizontalPodAutoscaler.'),
      ingress: z
        .strictObject({
          enabled: switchable('Whether the service is reachable from outside the cluster.'),
          hosts: z
            .array(
              z.strictObject({ name: dnsName(), path: z.string().regex(/^\/[A-Za-z0-9._~/-]*$/) }),
            )
            .default([])
            .describe('Hosts and path prefixes; empty routes the host api below global.domain.')
            .meta({ examples: [[{ name: 'api.example.org', path: '/' }]] }),
          tlsSecret: optionalDnsName()
            .default('')
            .describe('Secret with the certificate of all hosts; empty serves plain HTTP.'),
          annotations: z
            .record(z.string(), z.string())
            .default({})
            .describe('Annotations for the ingress controller.')
            .meta({ examples: [{ 'nginx.ingress.kubernetes.io/limit-rps': '20' }] }),
        })
        .describe('Public route.'),
      podAnnotations: z
        .record(z.string(), z.string())
        .default({})
        .describe('Further annotations of the pods.'),
      nodeSelector: z
        .record(z.string(), z.string())
        .default({})
        .describe('Labels that a node must have.')
        .meta({ examples: [{ 'kubernetes.io/arch': 'amd64' }] }),
      tolerations: structuralList<V1Toleration>().describe('Taints that the pods tolerate.'),
      affinity: structuralMap<V1Affinity>().describe('Where pods like or must run.'),
    })
    .describe('Node microservice.'),
});
