import { App, Chart } from 'cdk8s';
import { isDeepStrictEqual } from 'node:util';
import type { Blueprint, ChartInfo } from './blueprint';
import { defaultsOf } from './defaults';
import { resolveDependencies } from './dependencies';
import type { Environment } from './environment';
import { takeLostMarks } from './marks';
import type { JsonMap } from './merge';
import { takeNotes } from './misuse';
import { Problems } from './problems';
import { readTier } from './read-tier';
import { isTier } from './tier';
import { belongsTo } from './value';

export interface PlatformOptions {
  readonly chart: ChartInfo;
  /** Each becomes a folder of dist/ and an overlay of the chart. */
  readonly environments: readonly Environment[];
}

/** The app of cdk8s, with tiers as its charts. */
export class Platform extends App {
  public constructor(public readonly options: PlatformOptions) {
    super();
  }

  /**
   * Reads all tiers into trees, once.
   * @throws ProblemsError with everything that is wrong.
   */
  public build(): Blueprint {
    const problems = new Problems();
    const blueprint = withoutSorting(() => this.read(problems));
    problems.throwIfAny();
    return blueprint;
  }

  private read(problems: Problems): Blueprint {
    for (const construct of this.node.findAll()) {
      for (const error of construct.node.validate()) problems.add(construct.node.path, error);
    }
    let charts = this.node.findAll().filter((construct) => construct instanceof Chart);
    problems.catch('dependencies', () => {
      if (resolveDependencies(this)) charts = this.charts;
    });
    for (const chart of charts.filter((one) => !isTier(one))) {
      problems.add(
        chart.node.path,
        'is a plain cdk8s Chart; extend a class made by tiersOf() instead, so that it becomes a subchart.',
      );
    }
    const tiers = charts.filter(isTier);
    const plans = tiers.map((tier) => readTier(tier, this, problems));
    const [first, ...others] = tiers;
    for (const tier of others) {
      if (isDeepStrictEqual(tier.globalSchema, first?.globalSchema)) continue;
      problems.add(
        tier.node.path,
        'has other global values than the first tier; make all tiers with one tiersOf(global).',
      );
    }
    for (const { where, message } of takeNotes(this)) problems.add(where, message);
    for (const { name, where } of takeLostMarks((expr) => belongsTo(expr, this))) {
      problems.add(
        where,
        `A text with value ${name} reached no manifest; if it was cut, hashed or encoded, use sha256() or b64() of this engine, and remove it if it is not needed.`,
      );
    }
    const globalSchema = first?.globalSchema ?? {};
    const globalDefaults = defaultsOf(globalSchema, 'global', problems) as JsonMap;
    checkEnvironmentNames(this.options.environments, problems);
    const { chart, environments } = this.options;
    return { chart, tiers: plans, globalSchema, globalDefaults, environments };
  }
}

function checkEnvironmentNames(environments: readonly Environment[], problems: Problems): void {
  if (environments.length === 0) {
    problems.add(
      'environments',
      'There is no environment; declare at least one, as dist/ has a folder for each.',
    );
  }
  const names = environments.map((environment) => environment.name);
  for (const name of names) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      problems.add(
        'environments',
        `Environment name ${JSON.stringify(name)} cannot be a folder of dist/; use lower-case letters, digits and "-".`,
      );
    }
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      problems.add('environments', `Environment ${name} is declared twice; remove one.`);
    }
  }
}

/** cdk8s sorts the keys of every object unless told otherwise; people write them in an order. */
function withoutSorting<T>(work: () => T): T {
  const before = process.env['CDK8S_DISABLE_SORT'];
  process.env['CDK8S_DISABLE_SORT'] = '1';
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['CDK8S_DISABLE_SORT'];
    else process.env['CDK8S_DISABLE_SORT'] = before;
  }
}
