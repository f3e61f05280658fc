import { z } from 'zod';
import { exporterValues, podValues, storeValues } from '../../constructs';
import { quantity } from '../../synth';

const backup = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Whether dumps are made on a schedule.'),
    schedule: z
      .string()
      .regex(/^[0-9*,/-]+( [0-9*,/-]+){4}$/)
      .default('15 2 * * *')
      .describe('When, as five cron fields in UTC.'),
    keep: z.int().min(1).max(365).default(7).describe('How many dumps stay.'),
    storage: quantity()
      .default('4Gi')
      .describe('Size of the volume for dumps.')
      .meta({ immutable: 'a claim grows only by editing the claim itself.' }),
    ...podValues(),
  })
  .describe('Dumps by mongodump to a volume of their own, each checked by a dry restore.');

export const mongodbValues = z
  .strictObject({
    ...storeValues({
      // docker-library/official-images, library/mongo, 2026-08-21.
      image: { registry: 'docker.io', repository: 'library/mongo', tag: '8.0.29-noble' },
      resources: { cpu: '200m', memory: '512Mi', limit: '1Gi' },
      storage: '2Gi',
      secret: {
        name: 'mongodb',
        keys: 'the keys username and password of the root user; read when the data folder is first made',
      },
      grace: { seconds: 60, why: 'stepping down and quiescing takes 15 of them' },
    }),
    cacheSizeGB: z
      .number()
      .min(0.25)
      .max(1024)
      .default(0.25)
      .describe('WiredTiger cache in GB; about 45 % of the memory limit.'),
    slowOpThresholdMs: z
      .int()
      .min(1)
      .max(60000)
      .default(100)
      .describe('Operations that take longer, in milliseconds, are logged.'),
    backup,
    exporter: exporterValues('mongodb'),
  })
  .describe('MongoDB, one member.');
