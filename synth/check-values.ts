import type { ErrorObject, ValidateFunction } from 'ajv';
import { createRequire } from 'node:module';
import { isAccepted, type Accepted } from './accepts';
import type { JsonMap } from './merge';
import { show } from './problems';
import { NO_KEYS, NO_VALUE, VALUE_TEXT, type Schema } from './schema';

/** What was found right in values before: others have most of it, too. */
export class Sound {
  public readonly texts = new Set<object>();
  private readonly accepted = new Map<Schema, Accepted>();

  /** By a whole schema: its parts mean something only with its definitions. */
  public by(schema: Schema): Accepted {
    const accepted = this.accepted.get(schema) ?? new Map<Schema, Set<object>>();
    this.accepted.set(schema, accepted);
    return accepted;
  }
}

/** What Helm would refuse of the values, one sentence each. Checks with the schema that Helm reads. */
export function complaintsAboutValues(
  values: JsonMap,
  schema: Schema,
  name: string,
  sound = new Sound(),
): string[] {
  const odd = isText(values, sound.texts) ? [] : oddText(values, name);
  if (isAccepted(schema, values, sound.by(schema))) return odd;
  const errors = errorsIn(values, schema);
  return [...new Set([...odd, ...telling(errors).map((error) => sentence(error, name))])];
}

const compiled = new WeakMap<Schema, ValidateFunction>();

/** What Ajv says of the values; loaded only now, since it takes longer than all the checks. */
function errorsIn(values: JsonMap, schema: Schema): readonly ErrorObject[] {
  const validate = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validate);
  return validate(values) ? [] : (validate.errors ?? []);
}

function compile(schema: Schema): ValidateFunction {
  const { Ajv } = createRequire(__filename)('ajv') as typeof import('ajv');
  return new Ajv({ allErrors: true, strict: false, verbose: true, multipleOfPrecision: 9 }).compile(
    schema,
  );
}

/** What fails at the side of a choice between types: nothing of it says what the value should be. */
const OF_CHOICES = ['type', 'minimum', 'maximum'];

/** Without the errors that only repeat that others are there. */
function telling(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  // JSON that is refused where any JSON may stand fails once for each type that it is not.
  const isOtherType = ({ keyword, instancePath }: ErrorObject) =>
    OF_CHOICES.includes(keyword) && choices.some((choice) => choice.instancePath === instancePath);
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
  const keys = error.instancePath.split('/').slice(1);
  const path = [name, ...keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))]
    .join('.')
    .replace(/^[^.]+\.global\b/, 'global');
  const { keyword, propertyName, params } = error;
  const schema = error.parentSchema as Schema;
  if (keyword === 'additionalProperties') {
    return `Value ${path}.${String(params['additionalProperty'])} is not declared; remove it or correct its name (known: ${Object.keys(schema.properties ?? {}).join(', ')}).`;
  }
  if (keyword === 'required') {
    return `Value ${path}.${String(params['missingProperty'])} is missing; set it, and not to null.`;
  }
  if (propertyName !== undefined) {
    return `Value ${path} has the key ${show(propertyName)}, ${aboutKey(error, propertyName)}.`;
  }
  return `Value ${path} is ${show(error.data)}; it ${ruleOf(error)}.`;
}

function ruleOf({ keyword, params, message, data }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `must be of type ${String(params['type'])}`;
    case 'pattern':
      return `must ${readablePattern(String(params['pattern']))}`;
    case 'enum':
      return `must be one of ${show(params['allowedValues'])}`;
    case 'not':
      return `must not hold ${NO_VALUE}, which Helm removes from all that it renders`;
    case 'const':
      return `must be ${show(params['allowedValue'])}`;
    case 'anyOf':
      return typeof data === 'number'
        ? 'must be an integer within ±(2^53 - 1) or a number within ±10^15'
        : 'must be text, a number, a boolean, a list or a map';
    default:
      return String(message);
  }
}

function aboutKey({ keyword, params, message }: ErrorObject, key: string): string {
  if (keyword === 'pattern') {
    return `but keys must ${readablePattern(String(params['pattern']))}; use another`;
  }
  if (keyword !== 'not') return `but a key ${String(message)}; use another`;
  if (key.includes(NO_VALUE)) return `which holds ${NO_VALUE}, and Helm removes that; use another`;
  if (!NO_KEYS.includes(key)) return 'which the manifest sets itself; use another';
  return 'which YAML does not read as text; use another';
}

const readablePattern = (pattern: string) =>
  // The pattern of free text is full of characters that no terminal should get.
  pattern === VALUE_TEXT
    ? 'be text that Helm carries unchanged (no control characters, wide spaces or line separators)'
    : `match ${pattern}`;

const ODD_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Whether there is nothing that oddText() tells of. */
function isText(json: unknown, known: Set<object>): boolean {
  if (typeof json === 'string') return json.isWellFormed();
  if (typeof json !== 'object' || json === null || known.has(json)) return true;
  for (const [key, value] of Object.entries(json)) {
    if (ODD_KEYS.includes(key) || !key.isWellFormed() || !isText(value, known)) return false;
  }
  known.add(json);
  return true;
}

/** Lone surrogates pass regular expressions but are no text; prototype keys are no data. */
function oddText(json: unknown, path: string): string[] {
  if (typeof json === 'string') {
    return json.isWellFormed()
      ? []
      : [`Value ${path} holds half a character (a lone surrogate), which is no text; remove it.`];
  }
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    ODD_KEYS.includes(key)
      ? [`Value ${path} has the key ${key}, which no chart may use; remove it.`]
      : [...(key.isWellFormed() ? [] : oddText(key, path)), ...oddText(value, `${path}.${key}`)],
  );
}
