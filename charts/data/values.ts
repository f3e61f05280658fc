import { z } from 'zod';
import { dnsName, imageSchema, quantity } from '../../synth';
import { resourcesSchema } from '../resources';

export const dataValues = z.strictObject({
  mongodb: z
    .strictObject({
      // docker-library/official-images, library/mongo, 2026-08-21.
      image: imageSchema({
        registry: 'docker.io',
        repository: 'library/mongo',
        tag: '8.0.29-noble',
      }),
      existingSecret: dnsName()
        .default('mongodb-root')
        .describe(
          'Secret with the keys username and password of the root user; read when the data folder is first made.',
        ),
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
      storage: quantity()
        .default('2Gi')
        .describe('Size of the data volume.')
        .meta({ immutable: 'a StatefulSet keeps its claim template; grow the claim itself.' }),
      resources: resourcesSchema({ cpu: '200m', memory: '512Mi', limit: '1Gi' }),
      terminationGracePeriodSeconds: z
        .int()
        .min(30)
        .max(600)
        .default(60)
        .describe('Seconds to stop in; stepping down and quiescing takes 15 of them.'),
      backup: z
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
        })
        .describe('Dumps by mongodump to a volume of their own, each checked by a dry restore.'),
    })
    .describe('MongoDB, one member.'),
});
