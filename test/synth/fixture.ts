import { Construct } from 'constructs';
import { z } from 'zod';
import {
  dnsLabel,
  Manifest,
  Platform,
  ProblemsError,
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
  return new Platform({ chart: { ...info, kubeVersion: '>=1.28.0-0', ...chart }, environments });
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

/** A ConfigMap of any data: what is in it is up to the test, not to the compiler. */
export function configMap(scope: Construct, data: unknown, id = 'config'): Manifest {
  const metadata = { name: id };
  return new Manifest(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } as never);
}

/** The problems that the work ends in, as people read them. */
export function problemsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemsError) {
      return error.problems.map(({ where, message }) => `[${where}] ${message}`);
    }
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  }
  return [];
}
