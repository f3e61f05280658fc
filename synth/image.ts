import { z } from 'zod';
import { concat, eq, orElse, ternary } from './operators';
import type { Val, Value } from './value';

/** Values of an image; the names are those that Helm users know. */
export const imageSchema = (image: { registry: string; repository: string; tag: string }) =>
  z
    .strictObject({
      registry: z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]*(:[0-9]+)?$/)
        .default(image.registry)
        .describe('Registry of the image; global.imageRegistry overrides it.'),
      repository: z
        .string()
        .regex(/^[a-z0-9][a-z0-9._/-]*$/)
        .default(image.repository)
        .describe('Repository of the image.'),
      tag: z
        .string()
        .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/)
        .default(image.tag)
        .describe('Exact version of the image.'),
      digest: z
        .string()
        .regex(/^(sha256:[a-f0-9]{64})?$/)
        .default('')
        .describe('Digest that pins the image beyond its tag: sha256: and 64 hexadecimal digits.'),
    })
    .describe('Image that runs.');

export interface ImageValues {
  readonly registry: Value<string>;
  readonly repository: Value<string>;
  readonly tag: Value<string>;
  readonly digest: Value<string>;
}

/** The image reference: one global registry, where set, moves all images to a mirror. */
export function image(values: ImageValues, globalRegistry: Val<string>): string {
  const registry = orElse(globalRegistry, values.registry);
  const digest = ternary(eq(values.digest, ''), '', concat('@', values.digest));
  return `${registry}/${values.repository}:${values.tag}${digest}`;
}
