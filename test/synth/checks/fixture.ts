import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { z } from 'zod';
import {
  dnsLabel,
  imageSchema,
  Platform,
  quantity,
  structuralMap,
  tiersOf,
  type CheckId,
  type PlatformOptions,
} from '../../../synth';
import { checks } from '../../../synth/checks';
import { runChecks } from '../../../synth/checks/run';
import { worldsOf } from '../../../synth/checks/world';
import { renderEnvironments } from '../../../synth/dist';
import type { JsonMap } from '../../../synth/merge';
import { Problems } from '../../../synth/problems';
import { environment } from '../fixture';

/*
 * A platform with one tier, demo. A test gives its objects by construct id and asks what a check
 * says of them.
 */

const DemoBase = tiersOf(
  z.strictObject({
    imageRegistry: z
      .string()
      .regex(/^[a-z0-9.-]*$/)
      .default('')
      .describe('Registry of all images.'),
    namespaces: z.strictObject({ demo: dnsLabel().default('demo').describe('Namespace.') }),
  }),
)({
  name: 'demo',
  description: 'A demo.',
  values: z.strictObject({
    name: dnsLabel().default('web').describe('Name.'),
    replicas: z.int().min(0).max(100).default(2).describe('Pods.'),
    memory: quantity().default('1Gi').describe('Memory.'),
    podSpec: structuralMap<Record<string, unknown>>().describe('More of the pod.'),
    image: imageSchema({ registry: 'docker.io', repository: 'library/node', tag: '24.1.0' }),
  }),
});

export class DemoTier extends DemoBase {
  public constructor(scope: Construct, fill: (tier: DemoTier) => void) {
    super(scope);
    fill(this);
  }
}

export type Objects = Readonly<Record<string, object>>;
export interface Setting extends Pick<PlatformOptions, 'checks' | 'ports' | 'waivers'> {
  /** Overlays by environment. Default: dev, without changes. */
  readonly environments?: Readonly<Record<string, JsonMap>>;
  readonly fill?: (tier: DemoTier) => void;
}

export const checkIds: readonly CheckId[] = checks.map(({ id }) => id);

/** The platform with these objects. */
export function platformWith(objects: Objects, setting: Setting = {}): Platform {
  const { environments = { dev: {} }, fill, ...options } = setting;
  const chart = { name: 'demo', description: 'A demo.', version: '1.0.0', appVersion: '1' };
  const platform = new Platform({
    chart: { ...chart, kubeVersion: '>=1.28.0-0' },
    environments: Object.entries(environments).map(([name, values]) =>
      environment({ name, values }),
    ),
    ...options,
  });
  new DemoTier(platform, (tier) => {
    for (const [id, json] of Object.entries(objects)) new ApiObject(tier, id, json as never);
    fill?.(tier);
  });
  return platform;
}

/** What this check says of the objects, as people read it. */
export const findings = (check: CheckId, objects: Objects, setting: Setting = {}): string[] =>
  problemsOf(platformWith(objects, { checks: [check], ...setting }));

/** What the checks say of the platform. */
export function problemsOf(platform: Platform): string[] {
  const problems = new Problems();
  const blueprint = platform.build();
  const { options } = platform;
  const tiers = renderEnvironments(blueprint);
  runChecks(worldsOf({ blueprint, options, tiers }), options, problems);
  return problems.all.map(({ where, message }) => `[${where}] ${message}`);
}

/** An object of any kind. */
export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  content: object = {},
  metadata: object = {},
) => ({ apiVersion, kind, metadata: { name, ...metadata }, ...content });

export const configMap = (name: string, data: object = {}) =>
  object('v1', 'ConfigMap', name, { data });

const labels = { app: 'web' };
const container = { name: 'web', image: 'docker.io/library/node:24.1.0' };

/** A Deployment of pods with the label app: web. */
export const deployment = (pod: object = {}, spec: object = {}, name = 'web') =>
  object('apps/v1', 'Deployment', name, {
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], ...pod } },
      ...spec,
    },
  });

/** The Deployment with these fields of its container. */
export const deploymentOf = (fields: object, spec: object = {}) =>
  deployment({ containers: [{ ...container, ...fields }] }, spec);
