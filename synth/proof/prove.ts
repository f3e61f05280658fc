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
  readonly seed: number;
  /** Leaves out the charts of tiers alone. Default: false. */
  readonly umbrellaOnly?: boolean;
  /** Whether the smallest failing values are looked for. Default: true. */
  readonly shrink?: boolean;
  /** Called now and then with how many runs are done. */
  readonly progress?: (done: number, total: number) => void;
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
  readonly failure: (Failure & { readonly values: JsonMap; readonly run: string }) | undefined;
}

/** Renders the chart with Helm and compares with the evaluated manifests, until one differs. */
export async function prove(options: ProveOptions): Promise<Verdict> {
  const { blueprint, seed, runs } = options;
  const scratch = new Scratch();
  const start = performance.now();
  try {
    const chart = join(scratch.path, blueprint.chart.name);
    writeOutput([{ path: chart, files: chartFiles(blueprint) }]);
    const oracle = new Oracle(options.kubectl, scratch);
    const subjects = subjectsOf(blueprint).slice(0, options.umbrellaOnly === true ? 1 : undefined);
    const proof = new Proof({ ...options, chart, subjects, scratch, oracle });
    const arbitrary = overlayArbitrary(blueprint);
    const overlays = blueprint.environments.flatMap((environment) => [
      { run: `environment ${environment.name}`, values: environment.values as JsonMap },
      ...blueprint.overlays.map((overlay) => ({
        run: `environment ${environment.name} with overlay ${overlay.name}`,
        values: withOverlay(environment, overlay).values as JsonMap,
      })),
    ]);
    const random = fc
      .sample(arbitrary, { seed, numRuns: runs })
      .map((values, index) => ({ run: `random run ${String(index)}`, values }));
    let failure: Verdict['failure'];
    let done = 0;
    const queue = [...overlays, ...random];
    const worker = async () => {
      for (
        let next = queue.shift();
        next !== undefined && failure === undefined;
        next = queue.shift()
      ) {
        const found = await proof.failureOf(next.values);
        if (found !== undefined) failure ??= { ...found, ...next };
        done += 1;
        options.progress?.(done, overlays.length + random.length);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
    failure ??= await oracle.finish();
    if (options.shrink !== false && failure?.run.startsWith('random') === true)
      failure = await shrink(failure, arbitrary, proof, seed);
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

/** Overlays of the whole platform that Helm would accept. */
function overlayArbitrary(blueprint: Blueprint): fc.Arbitrary<JsonMap> {
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
  arbitrary: fc.Arbitrary<JsonMap>,
  proof: Proof,
  seed: number,
): Promise<NonNullable<Verdict['failure']>> {
  let smallest = failure;
  const property = fc.asyncProperty(arbitrary, async (values) => {
    const found = await proof.failureOf(values);
    if (found !== undefined) smallest = { ...found, values, run: failure.run };
    return found === undefined;
  });
  const path = failure.run.replace('random run ', '');
  await fc.check(property, { seed, path, interruptAfterTimeLimit: 60_000 });
  return smallest;
}
