import type { Json } from './node';
import type { Problems } from './problems';
import { isGroup, type Schema } from './schema';

const KEY = /^[a-z][A-Za-z0-9]*$/;
/** What Go's regular expressions, which check the chart's schema, do not know. */
const NOT_RE2 = /\(\?(?:[=!]|<[=!])|\\u|\\[1-9]|\(\?<[A-Za-z]/;

/** The defaults that a schema declares; what is missing or cannot work in Helm is a problem. */
export function defaultsOf(schema: Schema, path: string, problems: Problems): Json {
  if (isGroup(schema) && schema.default === undefined) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([key, property]) => {
        if (!KEY.test(key))
          problems.add(
            'values',
            `Value ${path}.${key} has a name that templates cannot reach; use camelCase letters and digits.`,
          );
        if (schema.required?.includes(key) !== true)
          problems.add(
            'values',
            `Value ${path}.${key} is optional; give it a default instead, so that Helm always finds it.`,
          );
        return [key, defaultsOf(property, `${path}.${key}`, problems)];
      }),
    );
  }
  if (schema.default === undefined) {
    problems.add(
      'values',
      `Value ${path} has no default; add .default(…), and let environments that need another override it.`,
    );
  }
  if (schema.description === undefined) {
    problems.add(
      'values',
      `Value ${path} has no description; add .describe('…') for whoever reads values.yaml.`,
    );
  }
  if (schema.type === undefined && schema.enum === undefined) {
    problems.add(
      'values',
      `Value ${path} has no single type; use one type (with a pattern that allows empty text where it is optional), or structuralMap() and structuralList().`,
    );
  }
  if (schema.type === 'object' && Object.keys(schema.default ?? {}).length > 0) {
    problems.add(
      'values',
      `Value ${path} is a map with default keys, which Helm users cannot remove; make the default {} and set keys per environment.`,
    );
  }
  checkPatterns(schema, path, problems);
  return (schema.default ?? '') as Json;
}

function checkPatterns(schema: Schema, path: string, problems: Problems): void {
  if (schema.pattern !== undefined && NOT_RE2.test(schema.pattern)) {
    problems.add(
      'values',
      `Value ${path} has the pattern ${schema.pattern}, which Helm's regular expressions (RE2) cannot read; use no look-around, back-reference or \\u.`,
    );
  }
  if (schema.items !== undefined) checkItem(schema.items, `${path}[]`, problems);
}

function checkItem(schema: Schema, path: string, problems: Problems): void {
  checkPatterns(schema, path, problems);
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (property.default !== undefined || schema.required?.includes(key) !== true) {
      problems.add(
        'values',
        `Value ${path}.${key} is optional or has a default, which Helm does not fill in inside lists; make it required.`,
      );
    }
    checkItem(property, `${path}.${key}`, problems);
  }
}
