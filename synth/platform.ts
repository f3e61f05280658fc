import { App, Chart } from 'cdk8s';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Blueprint, ChartInfo, TierTree } from './blueprint';
import { checkEnvironments, checkOverlays } from './check-environments';
import { checkChart } from './check-names';
import { checkRegistry } from './check-ports';
import { checkSchema } from './check-schema';
import type { CheckId } from './checks';
import type { Waiver } from './checks/waivers';
import { Late } from './constructs';
import { defaultsOf } from './defaults';
import { resolveDependencies } from './dependencies';
import type { Environment, NamedOverlay } from './environment';
import { takeLostMarks } from './marks';
import type { JsonMap } from './merge';
import { takeNotes } from './misuse';
import type { PortRegistry } from './ports';
import { Problems, ProblemsError } from './problems';
import { readTier, readTree } from './read-tier';
import { checkEnvironmentValues } from './scene';
import { emitSchema } from './schema';
import { isTier, type Tier } from './tier';
import { belongsTo } from './value';

export interface PlatformOptions {
  readonly chart: ChartInfo;
  /** Each becomes a folder of dist/ and an overlay of the chart. */
  readonly environments: readonly Environment[];
  /** Each becomes an overlay of the chart, to be put over that of an environment. @default none */
  readonly overlays?: readonly NamedOverlay[];
  /** Every port that may be used. @default no port has to be registered */
  readonly ports?: PortRegistry;
  /** The checks that run at synth. @default all of them */
  readonly checks?: readonly CheckId[];
  /** Findings of the checks that are known and accepted. @default none */
  readonly waivers?: readonly Waiver[];
  /**
   * Folder for the generated pages, such as architecture.md and services.md; what else is in it stays.
   * @default no page is written
   */
  readonly docs?: string;
}

/** So often may what waits for the whole platform make more of its kind. */
const ROUNDS = 100;
const ENDLESS = `Is a construct that waits for the whole platform, made by one that waited, ${String(ROUNDS)} times in a row; end the recursion, or make it before.`;

/** The app of cdk8s, with tiers as its charts. */
export class Platform extends App {
  public constructor(public readonly options: PlatformOptions) {
    super();
  }

  /**
   * Reads all tiers into trees, once, and checks the environments.
   * @throws ProblemsError with everything that is wrong.
   */
  public build(): Blueprint {
    const problems = new Problems();
    const blueprint = this.read(problems, { keep: true });
    problems.throwIfAny();
    return blueprint;
  }

  /**
   * As build; what is wrong goes to `problems`, and then nothing can be made of the result.
   * @param keep whether the platform keeps its tiers, which take as much memory as the trees.
   */
  public read(problems: Problems, { keep } = { keep: false }): Blueprint {
    this.completeLate(problems);
    this.validate(problems);
    const { chart, ports } = this.options;
    checkChart(chart, problems);
    if (ports !== undefined) checkRegistry(ports, problems);
    const environments = checkEnvironments(this.options.environments, problems);
    const overlays = checkOverlays(this.options.overlays ?? [], environments, problems);
    const tiers = this.tiers(problems);
    const globalSchema = tiers[0]?.globalSchema ?? emitSchema(z.strictObject({}));
    const schemaProblems = new Problems();
    checkSchema(globalSchema, 'global', schemaProblems);
    for (const { schema, options } of tiers) checkSchema(schema, options.name, schemaProblems);
    problems.addAll(schemaProblems.all);
    const plans = [...readInTurn(tiers, (tier) => readTier(tier, this, problems), keep)];
    problems.addAll(takeNotes(this));
    this.reportLostMarks(problems);
    const globalDefaults = defaultsOf(globalSchema) as JsonMap;
    const described = { chart, tiers: plans, globalSchema, globalDefaults };
    const blueprint = { ...described, environments, overlays };
    // With a schema that is wrong itself nothing can be said of values.
    if (schemaProblems.count === 0) checkEnvironmentValues(blueprint, problems);
    return blueprint;
  }

  /** @throws ProblemsError always: cdk8s alone would write values before they are known. */
  public override synth(): never {
    return refuseStockSynth('synth()');
  }

  /** @throws ProblemsError always, as synth. */
  public override synthYaml(): never {
    return refuseStockSynth('synthYaml()');
  }

  /** The trees alone, unchecked. The platform does not keep its tiers. */
  public *trees(): Generator<TierTree> {
    const unheard = new Problems();
    this.completeLate(unheard);
    yield* readInTurn(this.tiers(unheard), (tier) => readTree(tier, this, unheard));
    takeNotes(this);
    this.reportLostMarks(unheard);
  }

  /** On its own: a list of all constructs would keep them for as long as the method that has it runs. */
  private validate(problems: Problems): void {
    for (const { node } of this.node.findAll()) {
      problems.catch(node.path, () => {
        for (const error of node.validate()) problems.add(node.path, error);
      });
    }
  }

  /** What waits for the whole platform may make more of its kind. */
  private completeLate(problems: Problems): void {
    const done = new Set<Late>();
    const waiting = () =>
      this.node.findAll().filter((one): one is Late => one instanceof Late && !done.has(one));
    let round = 0;
    for (let late = waiting(); late.length > 0; late = waiting()) {
      round += 1;
      if (round > ROUNDS) {
        for (const { node } of late) problems.add(node.path, ENDLESS);
        return;
      }
      for (const construct of late) {
        done.add(construct);
        problems.catch(construct.node.path, () => {
          construct.complete();
        });
      }
    }
  }

  private tiers(problems: Problems): Tier[] {
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
    const [first, ...others] = tiers;
    if (first === undefined) {
      problems.add('platform', 'There is no tier; make one with a class from tiersOf().');
    }
    for (const tier of others) {
      if (isDeepStrictEqual(tier.globalSchema, first?.globalSchema)) continue;
      problems.add(
        tier.node.path,
        'has other global values than the first tier; make all tiers with one tiersOf(global).',
      );
    }
    return tiers;
  }

  private reportLostMarks(problems: Problems): void {
    for (const { name, where } of takeLostMarks((expr) => belongsTo(expr, this))) {
      problems.add(
        where,
        `A text with value ${name} reached no manifest; if it was cut, hashed or encoded, use sha256() or b64() of this engine, and remove it if it is not needed.`,
      );
    }
  }
}

function refuseStockSynth(method: string): never {
  const message = `Method ${method} of cdk8s writes values before they are known; call run(compose) of this engine instead.`;
  throw new ProblemsError([{ where: 'platform', message }]);
}

/** Reads tier after tier; what is read is not asked again, so each is let go of unless kept. */
function* readInTurn<T>(tiers: Tier[], read: (tier: Tier) => T, keep = false): Generator<T> {
  for (let tier = tiers.shift(); tier !== undefined; tier = tiers.shift()) {
    const { node } = tier;
    const tree = withoutSorting(() => read(tier));
    if (!keep) node.scope?.node.tryRemoveChild(node.id);
    yield tree;
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
