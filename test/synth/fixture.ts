import type { Construct } from 'constructs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  dnsLabel,
  Manifest,
  Platform,
  port,
  ProblemsError,
  structuralList,
  structuralMap,
  synth,
  tiersOf,
  type Environment,
  type Tier,
} from '../../synth';
import type { JsonMap } from '../../synth/merge';

/*
 * The smallest platform there is: one tier, demo, and where a test needs it a second one, other.
 * A test gives the values of a tier and a function that fills it.
 */

export const globalValues = z.strictObject({
  domain: z
    .string()
    .regex(/^[a-z.]*$/)
    .default('demo.example')
    .describe('Domain.'),
  namespaces: z.strictObject({
    demo: dnsLabel().default('demo').describe('Namespace of demo.'),
    other: dnsLabel().default('other').describe('Namespace of other.'),
  }),
});
const declare = tiersOf(globalValues);

type Global = z.output<typeof globalValues>;
export type DemoTier<S extends z.ZodRawShape> = Tier<z.output<z.ZodObject<S>>, Global>;

/** Adds a tier to the platform. */
export function addTier<S extends z.ZodRawShape>(
  platform: Platform,
  name: string,
  values: S,
  fill: (tier: DemoTier<S>) => void = () => undefined,
): DemoTier<S> {
  const schema = z.strictObject(values);
  class Added extends declare({ name, description: `Tier ${name}.`, values: schema }) {}
  const tier = new Added(platform);
  fill(tier);
  return tier;
}

/** A platform without tiers; the environments are overlays by name. */
export function emptyPlatform(
  overlays: Record<string, unknown> = { dev: {} },
  chart: Partial<Platform['options']['chart']> = {},
): Platform {
  const environments = Object.entries(overlays).map(([name, values]) =>
    environment({ name, values: values as JsonMap }),
  );
  return platformOf(environments, chart);
}

export function environment(changes: Partial<Environment> = {}): Environment {
  const release = { name: 'demo', namespace: 'default' };
  return { name: 'dev', summary: 'for tests.', release, values: {}, ...changes };
}

export function platformOf(
  environments: readonly Environment[],
  chart: Partial<Platform['options']['chart']> = {},
): Platform {
  const info = { name: 'demo', description: 'A demo.', version: '1.0.0', appVersion: '1.0.0' };
  // The checks have their own tests; objects of all others are as small as can be.
  const checks = [] as const;
  return new Platform({
    chart: { ...info, kubeVersion: '>=1.28.0-0', ...chart },
    environments,
    checks,
  });
}

/** A platform with the tier demo. */
export function demo<S extends z.ZodRawShape>(
  values: S,
  fill: (tier: DemoTier<S>) => void = () => undefined,
  overlay: unknown = {},
): Platform {
  const platform = emptyPlatform({ dev: overlay });
  addTier(platform, 'demo', values, fill);
  return platform;
}

/** One value of each type. */
export const sample = {
  text: z.string().default('a').describe('Text.'),
  name: dnsLabel().default('a').describe('Name.'),
  count: z.int().min(0).max(100).default(1).describe('Count.'),
  large: z.int().default(1).describe('Large.'),
  ratio: z.number().min(0).max(1).default(0.5).describe('Ratio.'),
  level: z.enum(['low', 'high']).default('low').describe('Level.'),
  active: z.boolean().default(false).describe('Active.'),
  words: z.array(z.string()).default([]).describe('Words.'),
  hosts: z
    .array(z.strictObject({ host: z.string(), port: port() }))
    .default([])
    .describe('Hosts.'),
  labels: z.record(z.string(), z.string()).default({}).describe('Labels.'),
  extra: structuralMap<Record<string, unknown>>().describe('Any map.'),
  extraList: structuralList<unknown>().describe('Any list.'),
  group: z.strictObject({ port: port().default(80).describe('Port.') }),
};
export type Sample = DemoTier<typeof sample>;
/** The values for code that took their types away: that is how most misuse gets past the compiler. */
export type Plain = z.output<z.ZodObject<typeof sample>>;

export const plain = (tier: Sample) => tier.values as unknown as Plain;

/** Writes the platform to a folder that is gone afterwards. */
export function synthApart(platform: Platform): void {
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-synth-'));
  try {
    Object.assign(platform, { outdir: join(folder, 'dist') });
    synth(platform, join(folder, 'helm'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A ConfigMap of any data: what is in it is up to the test, not to the compiler. */
export function configMap(scope: Construct, data: unknown, id = 'config'): Manifest {
  const metadata = { name: id };
  return new Manifest(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } as never);
}

/** The problems of a tier with the sample values, whose only object has this data. */
export function problemsOfData(data: (tier: Sample) => unknown): string[] {
  return problemsOf(() =>
    demo(sample, (tier) => {
      configMap(tier, data(tier));
    }).build(),
  );
}

/** The problems that the work ends in, as people read them; lines of test code become "here". */
export function problemsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ProblemsError)) return [String(error)];
    return error.problems.map(({ where, message }) => `[${inPlace(where)}] ${message}`);
  }
  return [];
}

const inPlace = (where: string) => where.replace(/, test\/synth\/[\w./-]+:\d+$/, ', here');
