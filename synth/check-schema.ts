import { isCarried } from './check-expr';
import { complaintAboutPattern } from './check-pattern';
import { show, type Problems } from './problems';
import { isGroup, type Schema } from './schema';

const KEY = /^[a-z][A-Za-z0-9]*$/;
/** What JavaScript or cdk8s asks any object for. */
const TAKEN = ['constructor', 'prototype', 'resolve', 'then', 'toJSON'];
/** What the umbrella chart and Helm put among the values of a tier. */
const TAKEN_IN_TIER = ['enabled', 'global'];

/**
 * Finds what could not work, or not the same way, in Helm: shapes that have no place in a
 * template, values that a user could not know of or that would not always be there.
 * @param path the name of the tier, or global.
 */
export function checkSchema(schema: Schema, path: string, problems: Problems): void {
  const report = (at: string, message: string) => {
    problems.add('values', `Value ${at} ${message}.`);
  };
  if (!isGroup(schema)) {
    report(path, 'is no object with declared keys; declare it with z.strictObject()');
    return;
  }
  if (path !== 'global') {
    for (const key of TAKEN_IN_TIER.filter((one) => Object.hasOwn(schema.properties, one))) {
      report(`${path}.${key}`, 'has a name that the chart itself uses; use another');
    }
  }
  new SchemaChecker(report).value(schema, path);
}

class SchemaChecker {
  public constructor(private readonly report: (path: string, message: string) => void) {}

  public value(schema: Schema, path: string): void {
    if (isGroup(schema)) this.group(schema, path);
    else this.leaf(schema, path);
  }

  private group(schema: Schema & { properties: Record<string, Schema> }, path: string): void {
    if (schema.additionalProperties !== false) {
      this.report(path, 'lets unknown keys pass; declare it with z.strictObject()');
    }
    if (schema.default !== undefined) {
      this.report(path, 'is a group with a default of its own; give each of its keys a default');
    }
    for (const [key, property] of Object.entries(schema.properties)) {
      const at = `${path}.${key}`;
      if (!KEY.test(key)) {
        this.report(at, 'has a name that templates cannot reach; use camelCase letters and digits');
      } else if (TAKEN.includes(key)) {
        this.report(
          at,
          'has a name that JavaScript or cdk8s takes for something else; use another',
        );
      }
      if (schema.required?.includes(key) !== true) {
        this.report(at, 'is optional; give it a default instead, so that Helm always finds it');
      }
      this.value(property, at);
    }
  }

  private leaf(schema: Schema, path: string): void {
    if (this.isKnot(schema, path)) return;
    const value: unknown = schema.default;
    if (value === undefined || value === null) {
      this.report(
        path,
        'has no default; add .default(…), and let environments that need another override it',
      );
    }
    if (schema.description === undefined) {
      this.report(path, "has no description; add .describe('…') for whoever reads values.yaml");
    } else if (!isCarried(schema.description)) {
      this.report(
        path,
        `has the description ${show(schema.description)}, whose characters YAML does not carry; use plain text`,
      );
    }
    if (schema.type === 'object' && Object.keys(value ?? {}).length > 0) {
      this.report(
        path,
        'is a map with default keys, which Helm users cannot remove; make the default {} and set keys per environment',
      );
    }
    this.shape(schema, path);
  }

  /** What values, items of lists and entries of maps have in common. */
  private shape(schema: Schema, path: string): void {
    if (schema.structural === true || this.isKnot(schema, path)) return;
    if (typeof schema.type !== 'string' || schema.anyOf !== undefined) {
      this.report(
        path,
        'has no single type; use one type (with a pattern that allows empty text where it is optional), or structuralMap() and structuralList()',
      );
      return;
    }
    if (schema.format !== undefined) {
      this.report(
        path,
        `has the format ${schema.format}, which each Helm checks in its own way; use regex()`,
      );
    }
    this.patterns(schema, path);
    if (schema.type === 'array') this.items(schema.items, path);
    if (schema.type === 'object') this.entries(schema, path);
  }

  /** Zod refers back to a schema that holds itself; all others stand where they are used. */
  private isKnot(schema: Schema, path: string): boolean {
    if (schema.$ref === undefined) return false;
    this.report(path, 'can hold itself without end; declare its levels, or use structuralMap()');
    return true;
  }

  private patterns(schema: Schema, path: string): void {
    for (const { pattern } of [schema, ...(schema.allOf ?? [])]) {
      const complaint = pattern === undefined ? undefined : complaintAboutPattern(pattern);
      if (complaint !== undefined) {
        this.report(path, `has the pattern ${String(pattern)}, which ${complaint}`);
      }
    }
  }

  private items(items: Schema | undefined, path: string): void {
    if (items === undefined || Array.isArray(items)) {
      this.report(path, 'is a list whose items differ in type; use z.array() of one type');
      return;
    }
    this.part(items, `${path}[]`);
  }

  private entries(schema: Schema, path: string): void {
    if (typeof schema.additionalProperties !== 'object' || schema.required !== undefined) {
      this.report(path, 'is a map of fixed keys; declare it with z.strictObject()');
      return;
    }
    for (const names of schema.propertyNames?.allOf ?? []) this.patterns(names, `${path} (keys)`);
    this.part(schema.additionalProperties, `${path}.*`);
  }

  /** An item or entry: Helm fills in nothing below it. */
  private part(schema: Schema, path: string): void {
    if (!isGroup(schema)) {
      this.shape(schema, path);
      return;
    }
    if (schema.additionalProperties !== false) {
      this.report(path, 'lets unknown keys pass; declare it with z.strictObject()');
    }
    for (const [key, property] of Object.entries(schema.properties)) {
      const at = `${path}.${key}`;
      if (!KEY.test(key)) {
        this.report(at, 'has a name that templates cannot reach; use camelCase letters and digits');
      }
      if (property.default !== undefined || schema.required?.includes(key) !== true) {
        this.report(
          at,
          'is optional or has a default, which Helm does not fill in inside lists and maps; make it required',
        );
      }
      this.part(property, at);
    }
  }
}
