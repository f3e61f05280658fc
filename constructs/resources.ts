import { z } from 'zod';
import { quantity } from '../synth';

/** What a container sets aside, and the memory above which it is killed. */
export interface ResourceDefaults {
  readonly cpu: string;
  readonly memory: string;
  readonly limit: string;
}

/** Values of a container's resources. No CPU limit: it throttles where nobody else needs the CPU. */
export const resourcesSchema = (defaults: ResourceDefaults) =>
  z
    .strictObject({
      requests: z
        .strictObject({
          cpu: quantity().default(defaults.cpu).describe('CPU that is set aside.'),
          memory: quantity().default(defaults.memory).describe('Memory that is set aside.'),
        })
        .describe('What the scheduler sets aside.'),
      limits: z
        .strictObject({
          memory: quantity()
            .default(defaults.limit)
            .describe('Memory above which the container is killed.'),
        })
        .describe('What the container cannot exceed.'),
    })
    .describe('CPU and memory.');
