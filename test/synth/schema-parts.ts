import type { Schema } from '../../synth/schema';

/** What Zod's strictObject becomes. */
export const group = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

export const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
