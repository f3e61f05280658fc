import type { Blueprint } from '../blueprint';
import { merge } from '../merge';
import type { Json } from '../node';
import type { Schema } from '../schema';
import type { Need } from '../tier';
import { sharedSchema } from './shared-schema';

const pretty = (schema: Schema) => `${JSON.stringify(schema, null, 2)}\n`;

export const tierSchemaJson = (schema: Schema): string => pretty(sharedSchema(schema));

/** Which tiers there are and who needs whom; what is in a tier, its own chart's schema checks. */
export function umbrellaSchemaJson({ chart, tiers }: Blueprint): string {
  const tier = (description: string): Schema => ({
    type: 'object',
    description,
    properties: { enabled: { type: 'boolean', description: 'Whether the tier is installed.' } },
    required: ['enabled'],
  });
  const needs = new Map(
    tiers.flatMap(({ name, needs }) =>
      needs.map((one) => need(name, one)).map((schema) => [JSON.stringify(schema), schema]),
    ),
  );
  return pretty({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: chart.name,
    description: chart.description,
    type: 'object',
    properties: {
      global: {
        type: 'object',
        description: 'Shared by all tiers; each tier checks what it reads.',
      },
      ...Object.fromEntries(tiers.map(({ name, description }) => [name, tier(description)])),
    },
    required: ['global', ...tiers.map(({ name }) => name)],
    additionalProperties: false,
    ...(needs.size === 0 ? {} : { allOf: [...needs.values()] }),
  });
}

/** A tier that is on needs the tier whose endpoint it uses, unless its values say otherwise. */
function need(name: string, { endpoint, external, when }: Need): Schema {
  const isOn = (tier: string) => holds([tier, 'enabled'], true);
  const conditions = [
    isOn(name),
    ...(when ? [holds([name, ...when.path], true)] : []),
    ...(external ? [holds([name, ...external.path], '')] : []),
  ];
  return {
    $comment: `${name} connects to ${endpoint.tier}.`,
    if: conditions.reduce((all, one) => merge(all, one)) as Schema,
    then: isOn(endpoint.tier) as Schema,
  };
}

/** A schema that a value is this one. */
const holds = (path: readonly string[], value: string | boolean): Json =>
  path.reduceRight<Json>((schema, key) => ({ properties: { [key]: schema } }), { const: value });
