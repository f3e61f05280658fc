import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Program } from './programs';
import type { Blueprint } from '../blueprint';
import { chartFiles } from '../chart';
import { withOverlay } from '../environment';
import type { JsonMap } from '../merge';
import { writeOutput } from '../output';
import { arbitraryOf } from './arbitrary';
import { Scratch } from './helm';
import type { HelmProcesses } from './helm-process';
import { Oracle } from './oracle';
import { Proof, type Failure } from './render';
import { checkOverlay, valuesOf } from '../scene';
import { Problems } from '../problems';
import { identityOf } from '../dist';
import { objectsOf, subjectsOf } from './subjects';

export interface ProveOptions {
  readonly blueprint: Blueprint;
  readonly helms: readonly Program[];
  readonly kubectl: Program;
  /** How many random values are tried beside the overlays. */
  readonly runs: number;
  /** Of the first 500 random values; each 500 more have the seed that follows. */
  readonly seed: number;
  /** Renders random values in one way each, all ways in turn. Default: in all ways. */
  readonly inTurn?: boolean;
  /** Helm's packages, which render and read random values that are proven in turn. Default: none. */
  readonly processes?: HelmProcesses | undefined;
  /** Leaves out the charts of tiers alone. Default: false. */
  readonly umbrellaOnly?: boolean;
  /** Whether the smallest failing values are looked for. Default: true. */
  readonly shrink?: boolean;
  /** Called now and then with how many runs are done. */
  readonly progress?: (done: number, total: number) => void;
}

/** Values to prove, and where they come from. */
interface ValueSet {
  readonly run: string;
  readonly values: JsonMap;
  /** What makes random values again. */
  readonly random?: { readonly seed: number; readonly index: number };
}

export interface Verdict {
  readonly runs: number;
  readonly renderings: number;
  readonly objects: number;
  /** Distinct texts that kubectl's parser read. */
  readonly oracle: number;
  /** Objects that are in the chart only. */
  readonly chartOnly: readonly string[];
  readonly milliseconds: number;
  readonly failure: (Failure & ValueSet) | undefined;
}

/** Renders the chart with Helm and compares with the evaluated manifests, until one differs. */
export async function prove(options: ProveOptions): Promise<Verdict> {
  const { blueprint, runs } = options;
  const scratch = new Scratch();
  const start = performance.now();
  try {
    const chart = join(scratch.path, blueprint.chart.name);
    writeOutput([{ path: chart, files: chartFiles(blueprint) }]);
    const oracle = new Oracle(options.kubectl, scratch);
    const subjects = subjectsOf(blueprint).slice(0, options.umbrellaOnly === true ? 1 : undefined);
    const proof = new Proof({ ...options, chart, subjects, scratch, oracle });
    const arbitrary = overlayArbitrary(blueprint);
    const sets = valueSets(options, arbitrary);
    const total = blueprint.environments.length * (1 + blueprint.overlays.length) + runs;
    let failure: Verdict['failure'];
    let done = 0;
    const worker = async () => {
      for (const next of sets) {
        const turn = options.inTurn === true ? next.random?.index : undefined;
        const found = await proof.failureOf(next.values, turn);
        if (found !== undefined) failure ??= { ...found, ...next };
        done += 1;
        options.progress?.(done, total);
        if (failure !== undefined) break;
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    failure ??= await oracle.finish();
    if (options.shrink !== false && failure?.random !== undefined)
      failure = await shrink(failure, failure.random, arbitrary, proof);
    return {
      runs: done,
      renderings: proof.renderings,
      objects: proof.objects,
      oracle: oracle.texts,
      chartOnly: [...proof.chartOnly].sort(),
      milliseconds: performance.now() - start,
      failure,
    };
  } finally {
    scratch.remove();
  }
}

/** So many values come from one seed: what fails is then soon there again. */
const BATCH = 500;

/** Made as they are needed, since many of them are large. */
export function* valueSets(
  { blueprint, runs, seed: first }: Pick<ProveOptions, 'blueprint' | 'runs' | 'seed'>,
  arbitrary: fc.Arbitrary<JsonMap>,
): Generator<ValueSet> {
  for (const environment of blueprint.environments) {
    const run = `environment ${environment.name}`;
    yield { run, values: environment.values };
    for (const overlay of blueprint.overlays) {
      const values = withOverlay(environment, overlay).values as JsonMap;
      yield { run: `${run} with overlay ${overlay.name}`, values };
    }
  }
  for (let start = 0; start < runs; start += BATCH) {
    const seed = first + start / BATCH;
    const batch = fc.sample(arbitrary, { seed, numRuns: Math.min(BATCH, runs - start) });
    for (const [index, values] of batch.entries())
      yield {
        run: `random run ${String(index)} of seed ${String(seed)}`,
        values,
        random: { seed, index },
      };
  }
}

/** Overlays of the whole platform that Helm would accept. */
export function overlayArbitrary(blueprint: Blueprint): fc.Arbitrary<JsonMap> {
  const properties = Object.fromEntries(
    blueprint.tiers.map((tier) => {
      const { global: _, ...own } = tier.chartSchema.properties ?? {};
      return [tier.name, { type: 'object' as const, properties: own }];
    }),
  );
  return arbitraryOf({
    type: 'object',
    properties: { ...properties, global: blueprint.globalSchema },
  })
    .map((overlay) => overlay as JsonMap)
    .filter((overlay) => isInstallable(blueprint, overlay));
}

function isInstallable(blueprint: Blueprint, overlay: JsonMap): boolean {
  const problems = new Problems();
  checkOverlay(blueprint, 'random', overlay, problems);
  if (problems.count > 0) return false;
  // Two tiers that make one namespace would be refused at install, and by synth.
  const release = { Name: 'release', Namespace: 'release', Service: 'Helm' };
  const identities = blueprint.tiers
    .flatMap((tier) => objectsOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release))
    .map(({ json }) => identityOf(json));
  return new Set(identities).size === identities.length;
}

/** Finds the smallest values that still fail. */
async function shrink(
  failure: NonNullable<Verdict['failure']>,
  { seed, index }: { readonly seed: number; readonly index: number },
  arbitrary: fc.Arbitrary<JsonMap>,
  proof: Proof,
): Promise<NonNullable<Verdict['failure']>> {
  let smallest = failure;
  const property = fc.asyncProperty(arbitrary, async (values) => {
    const found = await proof.failureOf(values);
    if (found !== undefined) smallest = { ...failure, ...found, values };
    return found === undefined;
  });
  await fc.check(property, { seed, path: String(index), interruptAfterTimeLimit: 60_000 });
  return smallest;
}
