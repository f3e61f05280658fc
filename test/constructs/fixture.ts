import { z } from 'zod';
import {
  StatefulStore,
  WebService,
  connectionValues,
  devSecretsValues,
  exporterValues,
  globals,
  gpuNodeValues,
  gpuValues,
  httpProbes,
  nodeAgentValues,
  optionalConnectionValues,
  podValues,
  storeValues,
  telemetryValues,
  webServiceValues,
  type BatchOptions,
  type StatefulStoreOptions,
  type WebServiceOptions,
} from '../../constructs';
import { Platform, image, imageSchema, tiersOf } from '../../synth';
import type { Blueprint } from '../../synth/blueprint';
import { at, listAt, mapAt, textAt } from '../../synth/checks/json';
import { identityOf, renderEnvironments } from '../../synth/dist';
import type { KnownSecret } from '../../synth/expected-secret';
import type { JsonMap } from '../../synth/merge';
import type { Json } from '../../synth/node';
import { printYaml } from '../../synth/print/plain-yaml';
import { Problems } from '../../synth/problems';
import {
  checkOverlay,
  distRelease,
  isEnabled,
  renderTier,
  sceneOf,
  valuesOf,
  type Rendered,
} from '../../synth/scene';
import { environment } from '../synth/fixture';

/*
 * A shop with two tiers: data with the stores db and cache, app with the services web and admin.
 * A test makes what it needs of them, and asks what comes out under some values.
 */

const declare = tiersOf(globals({ domain: 'shop.example', tiers: ['data', 'app'] }));

const node = { registry: 'docker.io', repository: 'library/node', tag: '24.1.0' };
const resources = { cpu: '50m', memory: '64Mi', limit: '128Mi' };

const storeOf = (name: string) =>
  z
    .strictObject(
      storeValues({
        image: { registry: 'docker.io', repository: `library/${name}`, tag: '8.0.1' },
        resources,
        storage: '1Gi',
        secret: { name, keys: 'the keys username and password' },
        grace: { seconds: 60, why: 'the data is written out in them' },
      }),
    )
    .describe('Store.');

const dataValues = z.strictObject({
  db: storeOf('db'),
  cache: storeOf('cache'),
  task: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether it runs.'),
      schedule: z.string().default('0 3 * * *').describe('When.'),
      image: imageSchema(node),
      level: z.enum(['low', 'high']).default('low').describe('Level.'),
      ...podValues(),
    })
    .describe('Task.'),
  secrets: devSecretsValues(node),
  members: z.int().min(1).max(9).default(1).describe('Members of the cache.'),
  dbExporter: exporterValues('mongodb'),
  cacheExporter: exporterValues('redis'),
  exporters: z
    .strictObject({
      postgres: exporterValues('postgres'),
      mysqld: exporterValues('mysqld'),
      memcached: exporterValues('memcached'),
    })
    .describe('Exporters of kinds that the reference platform has no store of.'),
  agent: z
    .strictObject({
      ...nodeAgentValues({ enabled: 'Whether it runs.', image: node, resources }),
      deep: z.boolean().default(false).describe('Whether it looks deeper.'),
      socket: z
        .string()
        .regex(/^[a-z/]+$/)
        .default('/run/agent')
        .describe('Socket.'),
    })
    .describe('Agent.'),
  gpuNodes: gpuNodeValues(),
});

const serviceOf = (consumer: string) =>
  z
    .strictObject({
      ...webServiceValues({
        image: { registry: 'registry.example', repository: `shop/${consumer}`, tag: '1.2.3' },
        resources,
        subdomain: consumer,
      }),
      level: z.enum(['low', 'high']).default('low').describe('Level.'),
      db: connectionValues({ consumer, endpoint: 'db', port: 5432 }),
      cache: connectionValues({ consumer, endpoint: 'cache', port: 6379 }),
      spare: optionalConnectionValues({ endpoint: 'cache', port: 6379 }),
      telemetry: telemetryValues(),
      gpu: gpuValues(),
    })
    .describe('Service.');

const appValues = z.strictObject({ web: serviceOf('web'), admin: serviceOf('admin') });

const DataBase = declare({ name: 'data', description: 'Stores.', values: dataValues });
const AppBase = declare({ name: 'app', description: 'Services.', values: appValues });
export class DataTier extends DataBase {}
export class AppTier extends AppBase {}

/** A service with nothing but what it needs. */
export const web = (
  app: AppTier,
  id: 'web' | 'admin' = 'web',
  more: Partial<WebServiceOptions> = {},
): WebService =>
  new WebService(app, id, {
    values: app.values[id],
    run: { user: 1000 },
    ports: { http: id === 'web' ? 3100 : 3101 },
    probes: httpProbes({ liveness: '/health', readiness: '/ready' }),
    ...more,
  });

/** A store with nothing but what it needs. */
export const store = (
  data: DataTier,
  id: 'db' | 'cache' = 'db',
  more: Partial<StatefulStoreOptions> = {},
): StatefulStore => {
  const listens = { tcpSocket: { port: id } };
  return new StatefulStore(data, id, {
    values: data.values[id],
    run: { user: 999 },
    port: id === 'db' ? 5432 : 6379,
    data: '/data',
    probes: {
      startup: listens,
      liveness: { ...listens, periodSeconds: 20 },
      readiness: { exec: { command: ['ping'] } },
    },
    clientKeys: ['username', 'password'],
    ...more,
  });
};

/** What Jobs and CronJobs run. */
export const taskRun = ({ values: { task }, global }: DataTier): BatchOptions['run'] => ({
  image: image(task.image, global.imageRegistry),
  user: 1000,
  command: ['node', '/opt/task/task.js'],
  resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  deadlineSeconds: 600,
});

export interface Tiers {
  readonly data: DataTier;
  readonly app: AppTier;
}

/** The platform with what `fill` makes, and its objects under any values. */
export class Shop {
  private readonly blueprint: Blueprint;

  public constructor(fill: (tiers: Tiers) => void) {
    this.blueprint = shopOf(fill).build();
  }

  /** All objects under these values. */
  public objects(overlay: JsonMap = {}): JsonMap[] {
    return this.rendered(overlay).map(({ json }) => json);
  }

  /** What dist/ holds of the constructs with this part in their path; for a snapshot. */
  public yaml(part: string, overlay: JsonMap = {}): Yaml {
    const found = this.rendered(overlay).filter(({ resource }) => resource.where.includes(part));
    return new Yaml(found.map(({ json }) => json));
  }

  /** The object under these values; undefined where there is none. */
  public find(kind: string, name: string, overlay: JsonMap = {}): JsonMap | undefined {
    const found = this.objects(overlay).filter(
      (json) => json['kind'] === kind && textAt(json, 'metadata', 'name') === name,
    );
    if (found.length > 1) throw new Error(`There are several ${kind} ${name}.`);
    return found[0];
  }

  /** The object under these values. */
  public get(kind: string, name: string, overlay: JsonMap = {}): JsonMap {
    const found = this.find(kind, name, overlay);
    if (found === undefined) throw new Error(`There is no ${kind} ${name}.`);
    return found;
  }

  /** The template of a workload's pods. */
  public pod(kind: string, name: string, overlay: JsonMap = {}): JsonMap {
    const path = kind === 'CronJob' ? ['spec', 'jobTemplate'] : [];
    return mapAt(this.get(kind, name, overlay), ...path, 'spec', 'template');
  }

  /** The container of a workload. */
  public container(kind: string, name: string, overlay: JsonMap = {}): JsonMap {
    return mapAt(this.pod(kind, name, overlay), 'spec', 'containers', '0');
  }

  /** The environment variables of a workload, by name. */
  public env(kind: string, name: string, overlay: JsonMap = {}): Record<string, Json | undefined> {
    const env = listAt(this.container(kind, name, overlay), 'env');
    return Object.fromEntries(env.map((one) => [textAt(one, 'name'), at(one, 'value')]));
  }

  /** Kind, namespace and name of each object. */
  public names(overlay: JsonMap = {}): string[] {
    return this.objects(overlay).map(identityOf);
  }

  /** The Secrets that the tiers expect under these values. */
  public expected(values: JsonMap = {}): readonly KnownSecret[] {
    const { blueprint } = this;
    const environments = [environmentOf(values)];
    return renderEnvironments({ ...blueprint, environments }).flatMap(({ secrets }) => secrets);
  }

  private rendered(overlay: JsonMap): Rendered[] {
    const { blueprint } = this;
    const problems = new Problems();
    checkOverlay(blueprint, 'test', overlay, problems);
    problems.throwIfAny();
    const tiers = blueprint.tiers.filter((tier) => isEnabled(tier, overlay));
    return tiers.flatMap((tier) => {
      const values = valuesOf(blueprint, tier, overlay);
      return renderTier(
        tier,
        sceneOf(blueprint, tier, values, distRelease(blueprint, environmentOf({}))),
      );
    });
  }
}

const environmentOf = (values: JsonMap) =>
  environment({ name: 'test', values, release: { name: 'shop', namespace: 'shop-release' } });

export function shopOf(fill: (tiers: Tiers) => void, overlay: JsonMap = {}): Platform {
  const [version, kubeVersion] = ['1.0.0', '>=1.28.0-0'];
  const platform = new Platform({
    chart: { name: 'shop', description: 'A shop.', version, appVersion: version, kubeVersion },
    environments: [environmentOf(overlay)],
  });
  fill({ data: new DataTier(platform), app: new AppTier(platform) });
  return platform;
}

/** Objects that a snapshot shows as dist/ has them. */
export class Yaml {
  public constructor(public readonly objects: readonly JsonMap[]) {}
}

expect.addSnapshotSerializer({
  test: (value: unknown) => value instanceof Yaml,
  serialize: ({ objects }: Yaml) =>
    objects
      .map((json) => printYaml(json))
      .join('---\n')
      .trimEnd(),
});
