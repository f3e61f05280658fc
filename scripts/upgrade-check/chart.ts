import { basename } from 'node:path';
import { parse } from 'yaml';
import { isMap, merge, type JsonMap } from '../../synth/merge';
import type { Schema } from '../../synth/schema';
import { withoutDefinitions } from './definitions';

/** What a chart says of its values. */
export interface ChartValues {
  /** Of all tiers: each below its name, and the global values of all together. */
  readonly schema: Schema;
  /** The schemas that Helm checks with: that of the umbrella, and that of each tier by its name. */
  readonly umbrella: Schema;
  readonly tiers: ReadonlyMap<string, Schema>;
  readonly defaults: JsonMap;
  /** By file name: `values-prod.yaml`. */
  readonly overlays: ReadonlyMap<string, JsonMap>;
}

/** The files of a chart that it is read from. */
export const CHART_FILES = /\/values(-[^/]*)?\.yaml$|\/values\.schema\.json$/;

/**
 * Reads a chart as this engine writes it.
 * @param files contents by path, in which the umbrella chart's folder is `folder`.
 */
export function readChart(files: ReadonlyMap<string, string>, folder: string): ChartValues {
  const json = (path: string) => withoutDefinitions(JSON.parse(files.get(path) ?? '{}') as Schema);
  const yaml = (path: string) => (parse(files.get(path) ?? '') ?? {}) as JsonMap;
  const tierOf = (path: string) => /^\/charts\/([^/]+)\/values\.schema\.json$/.exec(path)?.[1];
  const names = [...files.keys()].flatMap((path) => tierOf(path.slice(folder.length)) ?? []);
  const tiers = new Map(
    names.map((name) => [name, json(`${folder}/charts/${name}/values.schema.json`)]),
  );
  const overlays = [...files.keys()].filter((path) => path.startsWith(`${folder}/values-`));
  const ofTiers = names.map((name): [string, JsonMap] => {
    const { global: _global, ...values } = yaml(`${folder}/charts/${name}/values.yaml`);
    return [name, values];
  });
  return {
    schema: joined(tiers),
    umbrella: json(`${folder}/values.schema.json`),
    tiers,
    defaults: merge(Object.fromEntries(ofTiers), yaml(`${folder}/values.yaml`)) as JsonMap,
    overlays: new Map(overlays.map((path) => [basename(path), yaml(path)])),
  };
}

/** Each tier declares what it reads of the global values, and lets all others be there. */
function joined(tiers: ReadonlyMap<string, Schema>): Schema {
  const globals = [...tiers.values()].map((schema) => schema.properties?.['global'] ?? {});
  const own = [...tiers].map(([name, { properties = {}, ...schema }]): [string, Schema] => {
    const { global: _global, ...rest } = properties;
    return [name, { ...schema, properties: rest }];
  });
  const global = globals.reduce(union, { type: 'object' });
  return {
    type: 'object',
    additionalProperties: false,
    properties: { ...Object.fromEntries(own), global },
  };
}

/** What either declares, told as declaring all: a global value that nobody reads is of no effect. */
function union(one: Schema, other: Schema): Schema {
  if (one.properties === undefined && other.properties === undefined) return { ...one, ...other };
  const keys = Object.keys({ ...one.properties, ...other.properties });
  const properties = keys.map((key) => [
    key,
    union(one.properties?.[key] ?? {}, other.properties?.[key] ?? {}),
  ]);
  return {
    ...one,
    ...other,
    additionalProperties: false,
    properties: Object.fromEntries(properties) as Record<string, Schema>,
  };
}

/** The values that Helm gives to each schema: of a tier its own and the global ones. */
export function checkedParts(
  { umbrella, tiers }: ChartValues,
  values: JsonMap,
): (readonly [name: string, schema: Schema, values: JsonMap])[] {
  const { global = {} } = values;
  const ofTiers = [...tiers].map(([name, schema]) => {
    const own = values[name];
    return [name, schema, { ...(isMap(own) ? own : {}), global }] as const;
  });
  return [['the chart', umbrella, values], ...ofTiers];
}
