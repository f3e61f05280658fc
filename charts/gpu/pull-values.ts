import { z } from 'zod';
import { imageSchema, port } from '../../synth';

export const pullValues = z
  .strictObject({
    // docker-library/official-images, library/node, 2026-08-21.
    image: imageSchema({
      registry: 'docker.io',
      repository: 'library/node',
      tag: '24.19.0-trixie-slim',
    }),
    registry: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]*(:[0-9]+)?$/)
      .default('registry.ollama.ai')
      .describe('Registry of the models.'),
    insecure: z
      .boolean()
      .default(false)
      .describe('Whether the registry has HTTP instead of HTTPS.'),
    port: port().default(443).describe('Port that it may reach, at any address.'),
  })
  .describe('Job that pulls the models to the volume.');
