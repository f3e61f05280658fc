import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { JsonMap } from './merge';
import type { Schema } from './schema';
import { show } from './problems';

const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
const compiled = new WeakMap<Schema, ValidateFunction>();

/** What Helm would refuse of the values, one sentence each. Checks with the schema that Helm reads. */
export function complaintsAboutValues(values: JsonMap, schema: Schema, name: string): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  const odd = oddText(values, name);
  if (validate(values)) return odd;
  return [
    ...new Set([...odd, ...telling(validate.errors ?? []).map((error) => sentence(error, name))]),
  ];
}

/** Without the errors that only repeat that others are there. */
function telling(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  // JSON that is refused where any JSON may stand fails once for each type that it is not.
  const isOtherType = ({ keyword, instancePath }: ErrorObject) =>
    keyword === 'type' && choices.some((choice) => choice.instancePath === instancePath);
  const rest = errors.filter(
    (error) => !['anyOf', 'if', 'propertyNames'].includes(error.keyword) && !isOtherType(error),
  );
  const unexplained = choices.filter(
    ({ instancePath }) =>
      !rest.some((error) => error.instancePath === instancePath) &&
      !errors.some((error) => error.instancePath.startsWith(`${instancePath}/`)),
  );
  return [...rest, ...unexplained];
}

function sentence(error: ErrorObject, name: string): string {
  const path = [name, ...error.instancePath.split('/').slice(1)]
    .join('.')
    .replace(/^[^.]+\.global\b/, 'global');
  const value = show(error.data);
  const schema = error.parentSchema as Schema;
  switch (error.keyword) {
    case 'additionalProperties':
      return `Value ${path}.${String(error.params['additionalProperty'])} is not declared; remove it or correct its name (known: ${Object.keys(schema.properties ?? {}).join(', ')}).`;
    case 'required':
      return `Value ${path}.${String(error.params['missingProperty'])} is missing; do not remove it with null.`;
    case 'type':
      return `Value ${path} is ${value}; it must be of type ${String(error.params['type'])}.`;
    case 'pattern':
      return error.propertyName === undefined
        ? `Value ${path} is ${value}; it must match ${readablePattern(String(error.params['pattern']))}.`
        : `Value ${path} has the key ${show(error.propertyName)}; keys must match ${readablePattern(String(error.params['pattern']))}.`;
    case 'not':
      return `Value ${path} has the key ${show(error.propertyName ?? error.data)}, which YAML reads as a boolean or which is taken here; use another.`;
    case 'enum':
      return `Value ${path} is ${value}; it must be one of ${show(error.params['allowedValues'])}.`;
    case 'anyOf':
      return `Value ${path} is ${value}; it must be text, a number, a boolean, a list or a map.`;
    default:
      return `Value ${path} is ${value}; it ${String(error.message)}.`;
  }
}

const readablePattern = (pattern: string) =>
  // The pattern of free text is full of control characters, which no terminal should get.
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f]/.test(pattern)
    ? 'text that Helm carries unchanged (no control characters, U+2028 or U+FEFF)'
    : pattern;

/** Lone surrogates pass regular expressions but are no text; prototype keys are no data. */
function oddText(json: unknown, path: string): string[] {
  if (typeof json === 'string') {
    return json.isWellFormed()
      ? []
      : [`Value ${path} is text with half a character (a lone surrogate); remove it.`];
  }
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    ['__proto__', 'constructor', 'prototype'].includes(key)
      ? [`Value ${path} has the key ${key}, which no chart may use; remove it.`]
      : oddText(value, `${path}.${key}`),
  );
}
