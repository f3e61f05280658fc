import { z } from 'zod';
import { exporterValues, storeValues } from '../../constructs';

export const redisValues = z
  .strictObject({
    ...storeValues({
      // docker-library/official-images, library/redis, 2026-08-21.
      image: { registry: 'docker.io', repository: 'library/redis', tag: '8.10.1-trixie' },
      resources: { cpu: '50m', memory: '128Mi', limit: '256Mi' },
      storage: '1Gi',
      secret: { name: 'redis', keys: 'the key password of all clients; read at each start' },
      grace: { seconds: 60, why: 'the data is written out in them' },
    }),
    maxMemoryMB: z
      .int()
      .min(16)
      .max(999_999)
      .default(170)
      .describe('Data in MB, about 70 % of the memory limit: saving takes a copy of what changes.'),
    maxMemoryPolicy: z
      .enum(['noeviction', 'allkeys-lru', 'allkeys-lfu', 'volatile-lru', 'volatile-ttl'])
      .default('allkeys-lru')
      .describe('What is dropped when the data has that size.'),
    exporter: exporterValues('redis'),
  })
  .describe('Redis, one member, a cache that survives restarts.');
