import { DEFINITIONS, type Schema } from '../../synth/schema';

const PREFIX = '#/definitions/';

/**
 * A schema as if it had no definitions but the engine's, some of which hold themselves. What stands
 * beside a reference, such as a description, is of that use.
 */
export function withoutDefinitions(schema: Schema): Schema {
  const { definitions = {} } = schema;
  return followed(schema);

  function followed({ $ref = '', ...own }: Schema): Schema {
    const name = $ref.slice(PREFIX.length);
    const definition = Object.hasOwn(DEFINITIONS, name) ? undefined : definitions[name];
    if (definition !== undefined) return followed({ ...definition, ...own });
    const { properties, items, additionalProperties } = own;
    return {
      ...own,
      ...($ref !== '' && { $ref }),
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([key, property]) => [key, followed(property)]),
        ),
      }),
      ...(items && { items: followed(items) }),
      ...(typeof additionalProperties === 'object' && {
        additionalProperties: followed(additionalProperties),
      }),
    };
  }
}
