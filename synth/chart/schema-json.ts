import type { Blueprint } from '../blueprint';
import type { Schema } from '../schema';

const pretty = (schema: Schema) => `${JSON.stringify(schema, null, 2)}\n`;

export const tierSchemaJson = (schema: Schema): string => pretty(schema);

/** Which tiers there are and who needs whom; what is in a tier, its own chart's schema checks. */
export function umbrellaSchemaJson({ chart, tiers }: Blueprint): string {
  const tier = (description: string): Schema => ({
    type: 'object',
    description,
    properties: { enabled: { type: 'boolean', description: 'Whether the tier is installed.' } },
    required: ['enabled'],
  });
  const needs = tiers.flatMap(({ name, needs }) =>
    [...new Set(needs.map((endpoint) => endpoint.tier))].map((provider) => ({ name, provider })),
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
    ...(needs.length === 0 ? {} : { allOf: needs.map(need) }),
  });
}

/** A tier that is on needs the tier whose endpoint it uses. */
function need({ name, provider }: { name: string; provider: string }): Schema {
  const isOn = (tier: string): Schema => ({
    properties: { [tier]: { properties: { enabled: { const: true } } } },
  });
  return { $comment: `${name} connects to ${provider}.`, if: isOn(name), then: isOn(provider) };
}
