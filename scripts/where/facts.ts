import type { Blueprint, Resource, TierPlan } from '../../synth/blueprint';
import type { Scene } from '../../synth/compute';
import { evaluate } from '../../synth/evaluate';
import type { Expr } from '../../synth/expr';
import { isMap, type JsonMap } from '../../synth/merge';
import { asText, type Json, type Node } from '../../synth/node';
import { exprsOfNode } from '../../synth/node-exprs';
import { distRelease, sceneOf, valuesOf } from '../../synth/scene';
import { fromHere, type Project } from '../project';
import { shownPath, spotOf, type Path } from './line';
import type { Question } from './question';
import { fieldInTemplate } from './template';
import { partsOfLine, trace } from './trace';
import { namedIn } from './values';
import type { TextLine } from './texts';

/** What there is to say of one line. */
export interface Facts {
  readonly tier: TierPlan;
  readonly resource: Resource;
  /** The object as the environment has it; for a chart, as the defaults make it. */
  readonly json: JsonMap;
  /** As far as the code writes it: what is below comes of a value, or of an item of a list. */
  readonly path: Path;
  /** The whole path for people. */
  readonly shown: string;
  readonly text: TextLine | undefined;
  /** What makes the field, where one expression does. */
  readonly origin: Expr | undefined;
  /** What the line itself depends on. */
  readonly exprs: readonly Expr[];
  /** What decides whether it is there. */
  readonly conditions: readonly Expr[];
  readonly environment: string | undefined;
  readonly scene: Scene | undefined;
}

/** @throws Error when the line is of no object. */
export function factsOfDist(
  { file, line }: Question,
  lines: readonly string[],
  { blueprint, platform, tiers }: Project,
): Facts {
  const at = tiers.find(
    (one) => fromHere(`${platform.outdir}/${one.environment}/${one.file}`) === file,
  );
  const environment = blueprint.environments.find(({ name }) => name === at?.environment);
  if (at === undefined || environment === undefined) {
    throw new Error(`${file} is made of all objects; give a file of an environment.`);
  }
  if (line === undefined) {
    throw new Error(`${file} has many objects; say which line of it, as in ${file}:12.`);
  }
  const spot = spotOf(lines.join('\n'), line);
  const object = at.objects[spot?.document ?? -1];
  if (spot === undefined || object === undefined) {
    throw new Error(
      `Line ${String(line)} of ${file} stands between two objects; give a line of one of them.`,
    );
  }
  const { resource, json } = object;
  const tier = tierOf(resource, blueprint);
  const values = valuesOf(blueprint, tier, environment.values);
  const scene = sceneOf(blueprint, tier, values, distRelease(blueprint, environment));
  const { path, textLine } = spot;
  const { expr, depth, conditions } = trace(resource.node, path, scene);
  const exprs = expr === undefined ? [] : [expr];
  return {
    tier,
    resource,
    json,
    path: path.slice(0, depth),
    shown: shownPath(path),
    text: textLine === undefined ? undefined : lineOf(json, path, textLine),
    origin: expr,
    exprs:
      textLine === undefined ? exprs : exprs.flatMap((one) => partsOfLine(one, textLine, scene)),
    conditions: [...conditionsOf(resource), ...conditions],
    environment: environment.name,
    scene,
  };
}

/** The same of each object that a template or a file of a chart is for. */
export function factsOfChart(
  question: Question,
  lines: readonly string[],
  { blueprint }: Project,
): Facts[] {
  const found = blueprint.tiers.flatMap((tier) => {
    const folder = `helm/${blueprint.chart.name}/charts/${tier.name}`;
    return tier.resources.flatMap((resource) => {
      if (question.file === `${folder}/templates/${resource.path}`)
        return [ofTemplate(resource, tier, question, lines, blueprint)];
      const file = [...tier.files.values()].find(
        (one) => question.file === `${folder}/files/${one.path}`,
      );
      const isUsed = file !== undefined && exprsOfNode(resource.node).includes(file);
      return isUsed ? [ofFile(resource, file, tier, question, lines, blueprint)] : [];
    });
  });
  if (found.length > 0) return found;
  throw new Error(
    `${question.file} is made of no single object; give a file of templates/ or files/ of a tier.`,
  );
}

function ofTemplate(
  resource: Resource,
  tier: TierPlan,
  { line }: Question,
  lines: readonly string[],
  blueprint: Blueprint,
): Facts {
  const field = line === undefined ? undefined : fieldInTemplate(lines, line);
  return {
    ...ofWhole(resource, tier, blueprint),
    path: field?.path ?? [],
    shown: field?.shown ?? '',
    exprs: line === undefined ? [] : namedIn(lines[line - 1] ?? '', tier, blueprint),
  };
}

function ofFile(
  resource: Resource,
  file: Expr,
  tier: TierPlan,
  { line }: Question,
  lines: readonly string[],
  blueprint: Blueprint,
): Facts {
  const facts = ofWhole(resource, tier, blueprint);
  const path = pathTo(file, resource.node) ?? [];
  const text = line === undefined ? undefined : lineOf(facts.json, path, line - 1);
  const exprs = line === undefined ? [] : namedIn(lines[line - 1] ?? '', tier, blueprint);
  return { ...facts, path, shown: shownPath(path), text, exprs };
}

/** An object of a chart: its values are open, so it is shown with the defaults. */
function ofWhole(resource: Resource, tier: TierPlan, blueprint: Blueprint): Facts {
  const release = { Name: 'RELEASE', Namespace: 'NAMESPACE', Service: 'Helm' };
  const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, {}), release);
  const json = evaluate(resource.node, scene);
  return {
    tier,
    resource,
    json: isMap(json) ? json : {},
    path: [],
    shown: '',
    text: undefined,
    origin: undefined,
    exprs: [],
    conditions: conditionsOf(resource),
    environment: undefined,
    scene: undefined,
  };
}

const conditionsOf = ({ cond }: Resource) => (cond === undefined ? [] : [cond]);

function tierOf(resource: Resource, { tiers }: Blueprint): TierPlan {
  const tier = tiers.find(({ resources }) => resources.includes(resource));
  if (tier === undefined) throw new Error(`${resource.where} is in no tier.`);
  return tier;
}

/** The field that is this expression and nothing else. */
function pathTo(expr: Expr, node: Node): Path | undefined {
  if (node.kind === 'value') return node.expr === expr ? [] : undefined;
  if (node.kind === 'list') return undefined;
  for (const entry of node.entries) {
    const below = entry.kind === 'field' ? pathTo(expr, entry.node) : undefined;
    if (entry.kind === 'field' && below !== undefined) return [entry.key, ...below];
  }
  return undefined;
}

function lineOf(json: JsonMap, path: Path, index: number): TextLine {
  const text = path.reduce<Json | undefined>(
    (part, key) => (part as Record<string, Json> | undefined)?.[key],
    json,
  );
  return { index, lines: asText(text).split('\n') };
}
