import type { Blueprint, TierPlan } from '../blueprint';
import type { NamedOverlay } from '../environment';
import { difference, isMap, type JsonMap } from '../merge';
import type { Json } from '../node';
import { printYaml } from '../print/plain-yaml';
import { isGroup, type Schema } from '../schema';
import { valuesOf } from '../scene';

const SCHEMA_LINE = '# yaml-language-server: $schema=values.schema.json';
const COLUMNS = 100;

/** values.yaml of a tier's chart: every value with its default and what it does. */
export function tierValuesYaml(blueprint: Blueprint, tier: TierPlan): string {
  const global = Object.fromEntries(
    tier.globals.map((key) => [key, blueprint.globalDefaults[key] ?? {}]),
  );
  const lines = [
    SCHEMA_LINE,
    ...comment(`Values of the tier ${tier.name}. ${tier.description}`, 0),
    '',
    ...(tier.globals.length === 0
      ? ['global: {}']
      : [
          '# Shared by all tiers; set once for the umbrella chart.',
          'global:',
          ...valueLines(global, blueprint.globalSchema, 2),
        ]),
    '',
    ...valueLines(tier.defaults, tier.schema, 0),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** values.yaml of the umbrella: the global values, and which tiers are there. */
export function umbrellaValuesYaml(blueprint: Blueprint): string {
  const { chart, tiers, globalDefaults, globalSchema } = blueprint;
  const lines = [
    SCHEMA_LINE,
    ...comment(
      `Values of the chart ${chart.name}. ${chart.description} Those of a tier go below its name; charts/<tier>/values.yaml explains them.`,
      0,
    ),
    '',
    '# Shared by all tiers.',
    'global:',
    ...valueLines(globalDefaults, globalSchema, 2),
    ...tiers.flatMap(({ name, description }) => [
      '',
      ...comment(description, 0),
      `${name}:`,
      `  # Whether the tier is installed. Its other values: charts/${name}/values.yaml.`,
      '  enabled: true',
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function valueLines(values: JsonMap, schema: Schema, indent: number): string[] {
  const blocks = Object.entries(values).map(([key, value]) => {
    const property = schema.properties?.[key] ?? {};
    const prose = comment(proseOf(property), indent);
    if (isGroup(property) && isMap(value) && property.default === undefined) {
      return [...prose, `${' '.repeat(indent)}${key}:`, ...valueLines(value, property, indent + 2)];
    }
    return [...prose, ...fieldLines(key, value, indent), ...exampleLines(property, key, indent)];
  });
  return blocks.flatMap((block, index) => (index > 0 && indent === 0 ? ['', ...block] : block));
}

const fieldLines = (key: string, value: Json, indent: number) =>
  printYaml({ [key]: value }, indent)
    .trimEnd()
    .split('\n');

/** What to know of a value: its effect, what it can be, what cannot be changed later. */
function proseOf(schema: Schema): string {
  const { description = '', immutable } = schema;
  const words = schema.enum === undefined ? '' : ` One of ${schema.enum.map(String).join(', ')}.`;
  const fixed = immutable === undefined ? '' : ` Immutable: ${immutable}`;
  return `${description}${words}${fixed}`;
}

/** The first example of a value that is empty by default, ready to be uncommented. */
function exampleLines(schema: Schema, key: string, indent: number): string[] {
  const example = schema.examples?.[0] as Json | undefined;
  if (example === undefined) return [];
  return ['Example:', ...fieldLines(key, example, 0)].map(
    (line) => `${' '.repeat(indent)}# ${line}`,
  );
}

function comment(text: string, indent: number): string[] {
  const lead = `${' '.repeat(indent)}#`;
  const lines: string[] = [];
  let line = lead;
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (line.length + 1 + word.length > COLUMNS && line !== lead) {
      lines.push(line);
      line = lead;
    }
    line += ` ${word}`;
  }
  return line === lead ? lines : [...lines, line];
}

/** values-<environment>.yaml of the umbrella: only what differs from the defaults. */
export function umbrellaOverlayYaml(blueprint: Blueprint, environment: NamedOverlay): string {
  const overlay = environment.values as JsonMap;
  if (liesOverOthers(blueprint, environment)) return overlayYaml(environment, overlay);
  const entries = ['global', ...blueprint.tiers.map((tier) => tier.name)].flatMap(
    (key): [string, Json][] => {
      const tier = blueprint.tiers.find((one) => one.name === key);
      const base = tier ? { ...tier.defaults, enabled: true } : blueprint.globalDefaults;
      const rest = difference(base, overlay[key] ?? {});
      return rest === undefined ? [] : [[key, rest]];
    },
  );
  return overlayYaml(environment, Object.fromEntries(entries));
}

/** values-<environment>.yaml of a tier's chart, for installing the tier alone. */
export function tierOverlayYaml(
  blueprint: Blueprint,
  tier: TierPlan,
  environment: NamedOverlay,
): string {
  if (liesOverOthers(blueprint, environment)) {
    const { [tier.name]: own = {}, global = {} } = environment.values as Record<string, JsonMap>;
    const used = Object.entries(global).filter(([key]) => tier.globals.includes(key));
    const { enabled: _, ...rest } = own;
    const shared = used.length === 0 ? {} : { global: Object.fromEntries(used) };
    return overlayYaml(environment, { ...rest, ...shared });
  }
  const values = valuesOf(blueprint, tier, environment.values);
  const global = values['global'] as JsonMap;
  const used = Object.fromEntries(tier.globals.map((key) => [key, global[key] ?? {}]));
  delete values['enabled'];
  const base = { global: blueprint.globalDefaults, ...tier.defaults };
  return overlayYaml(environment, (difference(base, { ...values, global: used }) ?? {}) as JsonMap);
}

/** What is put over an environment keeps also what the defaults say: the environment may say else. */
const liesOverOthers = ({ overlays }: Blueprint, overlay: NamedOverlay) =>
  overlays.some(({ name }) => name === overlay.name);

function overlayYaml(environment: NamedOverlay, overlay: JsonMap): string {
  const head = [...comment(`${environment.name}: ${environment.summary}`, 0), SCHEMA_LINE];
  return `${head.join('\n')}\n${printYaml(overlay) || '{}\n'}`;
}
