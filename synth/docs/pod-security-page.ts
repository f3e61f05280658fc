import type { Resource, TierPlan } from '../blueprint';
import { EXCEPTION, partsOf } from '../checks/pod-security/exceptions';
import { textAt, visitTexts } from '../checks/json';
import { worldsOf, type Item, type Told, type World } from '../checks/world';
import { compute, type Scene } from '../compute';
import { evaluate } from '../evaluate';
import type { Expr } from '../expr';
import { asText, type Field, type ListItem, type MapEntry, type Node } from '../node';
import { distRelease, sceneOf, valuesOf } from '../scene';
import { code, page, table } from './page';

const INTRODUCTION = `\
All pods obey the Pod Security standard "restricted", and all namespaces enforce it. What does not is
listed here, with the value that stands in the object and the reason. Each exception is an annotation of
its object, and the check \`pod-security\` lets nothing else pass. Those of no environment come with
values.`;

const HEAD = ['object', 'what', 'value', 'reason', 'environments'];

/** An exception that an object can declare. */
interface Declared {
  readonly resource: Resource;
  readonly key: string;
  readonly text: Expr;
}

/** Every exception from Pod Security "restricted", whatever values bring it. */
export function podSecurityPage(told: Told): string {
  const worlds = worldsOf(told);
  const sections = told.blueprint.tiers.flatMap((tier) => {
    const rows = tier.resources
      .flatMap((resource) => declaredIn(resource))
      .flatMap((declared) => rowsOf(declared, defaultsOf(told, tier), worlds));
    return rows.length === 0 ? [] : [`## ${tier.name}`, table(HEAD, rows)];
  });
  return page('the manifests of the platform', [
    '# Exceptions from Pod Security',
    INTRODUCTION,
    ...(sections.length === 0 ? ['There are none.'] : sections),
  ]);
}

/** The tier as its own defaults make it. */
function defaultsOf({ blueprint }: Told, tier: TierPlan): Scene {
  const [environment] = blueprint.environments;
  const release = environment && distRelease(blueprint, environment);
  return sceneOf(blueprint, tier, valuesOf(blueprint, tier, {}), {
    ...{ Name: '', Namespace: '', Service: '' },
    ...release,
  });
}

function rowsOf({ resource, key, text }: Declared, scene: Scene, worlds: readonly World[]) {
  const name = textAt(evaluate(resource.node, scene), 'metadata', 'name');
  const texts = new Map([[asText(compute(text, scene)), new Array<string>()]]);
  for (const { items, environment } of worlds) {
    for (const found of items.filter((item) => isOf(item, resource)).flatMap(textsAt(key))) {
      texts.set(found, [...(texts.get(found) ?? []), environment.name]);
    }
  }
  const used = [...texts].filter(([, environments]) => environments.length > 0);
  return (used.length === 0 ? [...texts] : used).map(([one, environments]) => {
    const [value, reason] = partsOf(one);
    const object = code(`${resource.kind}/${name}`);
    const where = environments.length === 0 ? 'by values' : environments.join(', ');
    return [object, code(key.slice(EXCEPTION.length)), code(value), reason, where];
  });
}

const isOf = ({ where, kind }: Item, resource: Resource) =>
  where === resource.where && kind === resource.kind;

const textsAt = (key: string) => (item: Item) => {
  const texts: string[] = [];
  visitTexts(item.json, (text, pathNow) => {
    if (pathNow().endsWith(`/annotations/${key}`)) texts.push(text);
  });
  return texts;
};

function declaredIn(resource: Resource): Declared[] {
  const declared: Declared[] = [];
  visitFields(resource.node, ({ key, node }) => {
    if (!key.startsWith(EXCEPTION) || node.kind !== 'value') return;
    declared.push({ resource, key, text: node.expr });
  });
  return declared;
}

/** Calls `visit` with all fields of a tree, at any depth and under any condition. */
function visitFields(node: Node, visit: (field: Field) => void): void {
  if (node.kind === 'map') for (const entry of node.entries) visitPart(entry, visit);
  if (node.kind === 'list') for (const item of node.items) visitPart(item, visit);
}

function visitPart(part: MapEntry | ListItem, visit: (field: Field) => void): void {
  switch (part.kind) {
    case 'field':
      visit(part);
      visitFields(part.node, visit);
      return;
    case 'item':
      visitFields(part.node, visit);
      return;
    case 'block':
      for (const one of part.then) visitPart(one, visit);
      for (const one of part.otherwise) visitPart(one, visit);
      return;
    default:
    // What values bring is nobody's declaration, and a helper has names and labels.
  }
}
