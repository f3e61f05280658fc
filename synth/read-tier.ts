import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import type { Resource, TierPlan, TierTree } from './blueprint';
import { chartSchema } from './chart-schema';
import { complaintsAboutJob } from './check-jobs';
import { ChartOnly, When } from './constructs';
import { defaultsOf } from './defaults';
import { visitExpr, type Expr } from './expr';
import { FILE_NAMES, isClusterScoped } from './kinds';
import { noticeMarks } from './marks';
import type { JsonMap } from './merge';
import { whileReading } from './misuse';
import type { Field } from './node';
import { visitExprs } from './node-exprs';
import type { Problems } from './problems';
import { TreeReader, type ReadContext } from './read-tree';
import { Sharing } from './share';
import type { Tier } from './tier';

/** A tier's trees, and which keys their map values must not bring. */
export interface ReadTree extends TierTree {
  readonly reserved: ReadContext['reserved'];
}

/** Reads a tier's constructs into trees. Each object is rendered once, for all environments. */
export function readTree(tier: Tier, owner: object, problems: Problems): ReadTree {
  const helpers = new Map<string, readonly Field[]>();
  const reserved = new Map<string, Set<string>>();
  const { name } = tier.options;
  const sharing = new Sharing();
  const paths = new Set<string>();
  const resources = apiObjectsOf(tier, problems).flatMap((object) => {
    const where = object.node.path;
    const context = { where, tier: name, owner, problems, helpers, reserved, sharing };
    const found: Resource[] = [];
    let path = '';
    problems.catch(where, () => {
      path = templatePath(tier, object, paths);
    });
    // Read in any case, so that what is wrong inside is told as well.
    problems.catch(where, () => {
      found.push(whileReading(where, () => readResource(object, path, context)));
    });
    return found;
  });
  return { name, resources, helpers, files: tier.files, schema: tier.schema, reserved };
}

/** Reads a tier. */
export function readTier(tier: Tier, owner: object, problems: Problems): TierPlan {
  const { reserved, ...tree } = readTree(tier, owner, problems);
  const { name, schema } = tree;
  const { description } = tier.options;
  const { files, globals, usesImages } = usesOf(tree.resources);
  for (const file of [...tier.files.values()].filter((one) => !files.has(one))) {
    problems.add(
      tier.node.path,
      `File ${file.path} reaches no manifest; put it into a ConfigMap, or remove it.`,
    );
  }
  return {
    ...tree,
    description,
    usesImages,
    chartSchema: chartSchema({
      name,
      description,
      schema,
      reserved,
      globals,
      globalSchema: tier.globalSchema,
    }),
    defaults: defaultsOf(schema) as JsonMap,
    globals,
    needs: tier.needs,
    secrets: tier.secrets,
    links: tier.links,
  };
}

/** The tier's objects, what others depend on first. */
function apiObjectsOf(tier: Tier, problems: Problems): ApiObject[] {
  const found: ApiObject[] = [];
  problems.catch(tier.node.path, () => {
    const objects = new DependencyGraph(tier.node)
      .topology()
      .filter((construct) => ApiObject.isApiObject(construct));
    found.push(...objects.filter((object) => Chart.of(object) === tier));
  });
  return found;
}

function readResource(object: ApiObject, path: string, context: ReadContext): Resource {
  const { apiVersion, kind, metadata, ...rest } = object.toJson() as Record<string, unknown>;
  const reader = new TreeReader(context);
  const json = {
    apiVersion,
    kind,
    metadata: orderMetadata(metadata as object, isClusterScoped(String(apiVersion), String(kind))),
    ...rest,
  };
  const conditions = object.node.scopes.filter((scope) => scope instanceof When);
  const node = reader.readRoot(json);
  if (kind === 'Job') {
    for (const complaint of complaintsAboutJob(node))
      context.problems.add(context.where, complaint);
  }
  return {
    where: object.node.path,
    kind: String(kind),
    path,
    node,
    cond: allOf(conditions.map((scope) => reader.checked(scope.condition, ''))),
    chartOnly: object.node.scopes.some((scope) => scope instanceof ChartOnly),
  };
}

/** The order people write; without the namespace that cdk8s gives to kinds that have none. */
function orderMetadata(metadata: object, hasNone: boolean): object {
  const { name, namespace, labels, annotations, ...rest } = metadata as Record<string, unknown>;
  return {
    name,
    namespace: hasNone ? undefined : namespace,
    labels,
    annotations,
    ...rest,
  };
}

function allOf([first, ...more]: Expr[]): Expr | undefined {
  if (first === undefined) return undefined;
  return more.length === 0 ? first : { op: 'call', name: 'and', args: [first, ...more] };
}

/** `<system>/<kind>.yaml`: the folders are the constructs around the object. */
function templatePath(tier: Tier, object: ApiObject, taken: Set<string>): string {
  const scopes = object.node.scopes.slice(object.node.scopes.indexOf(tier) + 1, -1);
  const folders = scopes.filter((scope) => !(scope instanceof When)).map((scope) => scope.node.id);
  for (const folder of [...folders, object.node.id]) {
    if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(folder)) {
      noticeMarks(folder);
      throw new Error(
        `Construct id ${JSON.stringify(folder)} cannot be part of a file name, and could leave the output folder; use letters, digits, "." and "-".`,
      );
    }
  }
  if (!/^[A-Za-z0-9]+$/.test(object.kind)) {
    throw new Error(
      `Kind ${JSON.stringify(object.kind)} cannot be part of a file name; kinds are letters and digits.`,
    );
  }
  const stem = [...folders, FILE_NAMES[object.kind] ?? object.kind.toLowerCase()].join('/');
  const path = taken.has(stem) ? `${stem}-${object.node.id}` : stem;
  if (taken.has(path))
    throw new Error(`Template ${path}.yaml is made twice; give one of the constructs another id.`);
  taken.add(path);
  return `${path}.yaml`;
}

/** What the objects of a tier use of it and of the platform. */
function usesOf(resources: readonly Resource[]) {
  const files = new Set<Expr>();
  const globals = new Set<string>();
  let usesImages = false;
  const note = (part: Expr): void => {
    if (part.op === 'file') files.add(part);
    else if (part.op === 'image') usesImages = true;
    else if (part.op === 'ref' && part.scope.kind === 'global') {
      for (const key of part.path.slice(0, 1)) globals.add(key);
    }
  };
  for (const { cond, node } of resources) {
    if (cond !== undefined) visitExpr(cond, note);
    visitExprs(node, (expr) => {
      visitExpr(expr, note);
    });
  }
  return { files, globals: [...globals].sort(), usesImages };
}
