import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * Carries dependencies between constructs over to the objects in them, and those between contents
 * of two tiers to the tiers; says whether there were such. cdk8s does the same before it writes,
 * but keeps the function to itself.
 */
export function resolveDependencies(app: IConstruct): boolean {
  const pairs = app.node
    .findAll()
    .flatMap((source) => source.node.dependencies.map((target) => [source, target] as const));
  let crossing = false;
  for (const [source, target] of pairs) {
    const [from, to] = [Chart.of(source), Chart.of(target)];
    if (from !== to) {
      from.node.addDependency(to);
      crossing = true;
      continue;
    }
    for (const object of objectsIn(source, from)) {
      object.node.addDependency(...objectsIn(target, to).filter((other) => other !== object));
    }
  }
  return crossing;
}

const objectsIn = (construct: IConstruct, chart: Chart) =>
  construct.node.findAll().filter((one) => ApiObject.isApiObject(one) && Chart.of(one) === chart);
