import { z } from 'zod';
import { gpuPoolValues, gpuRequestValues, podValues } from '../../constructs';
import { MODEL } from '../../platform/models';
import { imageSchema, quantity } from '../../synth';
import { pullValues } from './pull-values';

const amounts = (what: string, cpu: string, memory: string) =>
  z
    .strictObject({
      cpu: quantity().default(cpu).describe('CPU.'),
      memory: quantity().default(memory).describe('Memory.'),
    })
    .describe(what);

const ollama = z
  .strictObject({
    // Git tag of 2026-08-19.
    image: imageSchema({ registry: 'docker.io', repository: 'ollama/ollama', tag: '0.32.15' }),
    replicas: z.int().min(0).max(1).default(1).describe('Pods: 1, or 0 to free the GPU.'),
    moreModels: z
      .string()
      .regex(new RegExp(`^(${MODEL}( ${MODEL})*)?$`))
      .default('')
      .describe('Models beside those of global.models, with a space between each two.'),
    storage: quantity()
      .default('10Gi')
      .describe('Size of the volume for models.')
      .meta({ immutable: 'a claim grows only by editing the claim itself.' }),
    resources: z
      .strictObject({
        requests: amounts('What the scheduler sets aside.', '500m', '1Gi'),
        limits: amounts('What the container cannot exceed.', '2', '2Gi'),
      })
      .describe('CPU and memory.'),
    gpu: gpuRequestValues(),
    parallel: z
      .int()
      .min(1)
      .max(64)
      .default(1)
      .describe('Requests that a model answers at a time.'),
    queue: z.int().min(1).max(9999).default(512).describe('Requests that wait; others get a 503.'),
    loadedModels: z.int().min(1).max(16).default(1).describe('Models in memory at a time.'),
    contextLength: z
      .int()
      .min(512)
      .max(999_999)
      .default(4096)
      .describe('Tokens of a request and its answer; more need more memory.'),
    keepAlive: z
      .string()
      .regex(/^[0-9]+[smh]$/)
      .default('5m')
      .describe('How long a model stays in memory after its last request.'),
    safeToEvict: z
      .boolean()
      .default(true)
      .describe('Whether the cluster autoscaler may move the pod to remove its node.'),
    pull: pullValues,
    ...podValues(),
  })
  .describe('Ollama: models that answer, and models that make vectors of texts.');

export const gpuTierValues = z.strictObject({ pool: gpuPoolValues(), ollama });
