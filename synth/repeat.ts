import { Construct } from 'constructs';
import type { Blueprint, TierTree } from './blueprint';
import { fileTemplate, fragments, template } from './chart/templates';
import type { Platform } from './platform';
import { messageOf, type Problem, type Problems } from './problems';

/**
 * Composes the platform a second time: what then differs is no function of the code. Marks have
 * other ids in it, so a hash or code made of a text with a value shows up as well.
 */
export function checkRepeatable(
  blueprint: Blueprint,
  compose: () => Platform,
  problems: Problems,
): void {
  const first = new Map(blueprint.tiers.map((tier) => [tier.name, tier]));
  const found = new Map<string, readonly Problem[]>();
  try {
    for (const again of compose().trees()) {
      const tier = first.get(again.name);
      if (tier !== undefined) found.set(tier.name, differences(tier, again));
    }
  } catch (error) {
    problems.add('platform', `It cannot be composed twice in one process: ${messageOf(error)}`);
    return;
  }
  for (const tier of blueprint.tiers)
    problems.addAll(found.get(tier.name) ?? differences(tier, undefined));
}

/** What is not the same in a tier that was composed again. */
function differences(tier: TierTree, again: TierTree | undefined): Problem[] {
  const others = new Map(again && partsOf(again));
  // Trees share what is equal in them.
  const alike = new Map<object, object>();
  return partsOf(tier).flatMap(([name, part]) => {
    const line = differentLine(part, others.get(name), alike);
    if (line === undefined) return [];
    const message = `Line ${JSON.stringify(line.trim())} of ${name} is another each time the code runs; it holds a clock, chance, or the hash or code of a text with a value in it, so use a constant, or sha256() or b64() of this engine.`;
    return [{ where: part.where, message }];
  });
}

/** Something that a file of the chart is made of. */
interface Part {
  readonly where: string;
  readonly tree: unknown;
  readonly print: () => string;
}

/** What the files of a tier's chart are made of, by their paths. */
function partsOf(tier: TierTree): [path: string, Part][] {
  const { name, resources, files, helpers, schema } = tier;
  const at = `charts/${name}`;
  return [
    ...resources.map((resource): [string, Part] => [
      `${at}/templates/${resource.path}`,
      {
        where: resource.where,
        tree: [resource.cond, resource.node],
        print: () => template(resource),
      },
    ]),
    ...[...files.values()].map((file): [string, Part] => [
      `${at}/files/${file.path}`,
      { where: name, tree: file.text, print: () => fileTemplate(file) },
    ]),
    [
      `${at}/templates/_helpers.tpl`,
      { where: name, tree: [...helpers], print: () => fragments(tier).join('\n') },
    ],
    [
      `${at}/values.schema.json`,
      { where: name, tree: schema, print: () => JSON.stringify(schema, null, 2) },
    ],
  ];
}

/** Trees are compared first: most are alike, and need not be printed for it. */
function differentLine(
  part: Part,
  other: Part | undefined,
  alike: Map<object, object>,
): string | undefined {
  if (other !== undefined && isAlike(part.tree, other.tree, alike)) return undefined;
  const lines = part.print().split('\n');
  const others = other?.print().split('\n') ?? [];
  return lines.find((line, index) => line !== others[index]) ?? others[lines.length];
}

/** Whether trees are the same, but for the platform whose values they read. */
function isAlike(one: unknown, other: unknown, known: Map<object, object>): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (one instanceof Construct && other instanceof Construct) return true;
  if (known.get(one) === other) return true;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const key of keys) if (!isAlike(one[key], other[key], known)) return false;
  known.set(one, other);
  return true;
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null;
