import { z } from 'zod';
import {
  connectionValues,
  gpuValues,
  optionalConnectionValues,
  telemetryValues,
  webServiceValues,
} from '../../constructs';
import { ports } from '../../platform/ports';

const consumer = 'node-service';

const nodeService = z
  .strictObject({
    ...webServiceValues({
      // Built from services/node-example, whose package.json has the version.
      image: { registry: 'registry.example', repository: 'platform/node-example', tag: '0.1.0' },
      resources: { cpu: '100m', memory: '128Mi', limit: '256Mi' },
      subdomain: 'api',
    }),
    maxHeapMB: z
      .int()
      .min(64)
      .max(16_384)
      .default(150)
      .describe('Heap of JavaScript in MB; the process takes about 30 more.'),
    logLevel: z
      .enum(['debug', 'info', 'warn', 'error'])
      .default('info')
      .describe('Least severity that is logged.'),
    mongodb: connectionValues({ consumer, endpoint: 'mongodb', port: ports.mongodb }),
    redis: connectionValues({ consumer, endpoint: 'redis', port: ports.redis }),
    ai: optionalConnectionValues({ endpoint: 'ai', port: ports.ollama }),
    telemetry: telemetryValues(),
    testData: z
      .strictObject({
        enabled: z.boolean().default(false).describe('Whether there are any; not where users are.'),
        items: z.int().min(1).max(1000).default(100).describe('How many.'),
      })
      .describe('Items made up to try the platform out, which a Job adds.'),
    gpu: gpuValues(),
  })
  .describe('Node microservice.');

export const appValues = z.strictObject({ nodeService });
