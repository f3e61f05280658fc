import { z } from 'zod';
import { constant, describe } from './expr';
import { complain } from './misuse';
import type { Schema } from './schema';
import { exprOf, makeValue, ownerOfExpr, type Value } from './value';

const REGISTRY = z.string().regex(/^[a-z0-9][a-z0-9.-]*(:[0-9]+)?$/);
const REPOSITORY = z.string().regex(/^[a-z0-9][a-z0-9._/-]*$/);
const TAG = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
const DIGEST = z
  .string()
  .regex(/^(sha256:[a-f0-9]{64})?$/)
  .default('')
  .describe('Digest that pins the image beyond its tag: sha256: and 64 hexadecimal digits.');

/** Values of an image; the names are those that Helm users know. */
export const imageSchema = (image: { registry: string; repository: string; tag: string }) =>
  z
    .strictObject({
      registry: REGISTRY.default(image.registry).describe(
        'Registry of the image; global.imageRegistry overrides it.',
      ),
      repository: REPOSITORY.default(image.repository).describe('Repository of the image.'),
      tag: TAG.default(image.tag).describe('Exact version of the image.'),
      digest: DIGEST,
    })
    .describe('Image that runs.');

/** What imageSchema declares. */
export interface ImageValues {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** The image reference: one global registry, where set, moves all images to a mirror. */
export function image(values: Value<ImageValues>, globalRegistry: Value<string>): Value<string> {
  const [group, registry] = [exprOf(values, 'image()'), exprOf(globalRegistry, 'image()')];
  if (group.op === 'ref' && group.scope.kind === 'tier' && isImageGroup(group.schema)) {
    return makeValue({ op: 'image', tier: group.scope.tier, values: group, registry });
  }
  complain(
    ownerOfExpr(group),
    `image() got ${describe(group)}; it takes a group of the tier's own values made with imageSchema(), as the helper that prints it belongs to the tier.`,
  );
  return makeValue(constant(''));
}

const KEYS = ['registry', 'repository', 'tag', 'digest'];
const isImageGroup = ({ properties = {} }: Schema) =>
  KEYS.every((key) => Object.hasOwn(properties, key));
