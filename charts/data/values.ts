import { z } from 'zod';
import { devSecretsValues } from '../../constructs';
import { mongodbValues } from './mongodb-values';
import { redisValues } from './redis-values';

export const dataValues = z.strictObject({
  mongodb: mongodbValues,
  redis: redisValues,
  // docker-library/official-images, library/node, 2026-08-21.
  secrets: devSecretsValues({
    registry: 'docker.io',
    repository: 'library/node',
    tag: '24.19.0-trixie-slim',
  }),
});
