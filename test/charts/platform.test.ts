import { compose } from '../../main';
import { imagesOf, renderEnvironments } from '../../synth/dist';
import { isMap, merge, type JsonMap } from '../../synth/merge';
import { distRelease, renderTier, sceneOf, valuesOf } from '../../synth/scene';
import { yaml } from '../synth/print-fixture';

/* The reference platform: what each environment has, and in what the environments differ. */

const blueprint = compose().build();
const objects = (environment: string): JsonMap[] =>
  renderEnvironments(blueprint)
    .filter((tier) => tier.environment === environment)
    .flatMap((tier) => tier.objects.map(({ json }) => json));

test('dev has one small pod of everything and no public route', () => {
  expect(list('dev')).toBe(yaml`
    Namespace platform-dev-data
    ServiceAccount platform-dev-data/mongodb
    ConfigMap platform-dev-data/mongodb
    Service platform-dev-data/mongodb
    StatefulSet platform-dev-data/mongodb
    Namespace platform-dev-app
    ServiceAccount platform-dev-app/node-service
    ConfigMap platform-dev-app/node-service
    Deployment platform-dev-app/node-service
    Service platform-dev-app/node-service
  `);
});

test('staging has what prod has', () => {
  expect(list('staging')).toBe(yaml`
    Namespace platform-staging-data
    ServiceAccount platform-staging-data/mongodb
    ConfigMap platform-staging-data/mongodb
    Service platform-staging-data/mongodb
    StatefulSet platform-staging-data/mongodb
    ConfigMap platform-staging-data/mongodb-backup
    PersistentVolumeClaim platform-staging-data/mongodb-backup
    CronJob platform-staging-data/mongodb-backup
    Namespace platform-staging-app
    ServiceAccount platform-staging-app/node-service
    ConfigMap platform-staging-app/node-service
    Deployment platform-staging-app/node-service
    Service platform-staging-app/node-service
    Ingress platform-staging-app/node-service
    HorizontalPodAutoscaler platform-staging-app/node-service
    PodDisruptionBudget platform-staging-app/node-service
  `);
});

test('prod is autoscaled, public and dumped daily', () => {
  expect(list('prod')).toBe(list('staging').replaceAll('platform-staging-', 'platform-'));
});

test('the environments differ in size, logging, route and dumps', () => {
  const differences = ['dev', 'staging', 'prod'].map((environment) => ({
    environment,
    replicas: at(environment, 'Deployment', 'spec.replicas'),
    autoscaler: [
      at(environment, 'HorizontalPodAutoscaler', 'spec.minReplicas'),
      at(environment, 'HorizontalPodAutoscaler', 'spec.maxReplicas'),
    ],
    memory: at(
      environment,
      'Deployment',
      'spec.template.spec.containers.0.resources.limits.memory',
    ),
    data: at(
      environment,
      'StatefulSet',
      'spec.volumeClaimTemplates.0.spec.resources.requests.storage',
    ),
    dumps: at(environment, 'PersistentVolumeClaim', 'spec.resources.requests.storage'),
    host: at(environment, 'Ingress', 'spec.rules.0.host'),
    logLevel: serviceJson(environment)['logLevel'],
  }));
  expect(differences).toEqual([
    {
      environment: 'dev',
      replicas: 1,
      autoscaler: [undefined, undefined],
      memory: '192Mi',
      data: '1Gi',
      dumps: undefined,
      host: undefined,
      logLevel: 'debug',
    },
    {
      environment: 'staging',
      replicas: undefined,
      autoscaler: [2, 4],
      memory: '256Mi',
      data: '10Gi',
      dumps: '4Gi',
      host: 'api.staging.platform.example',
      logLevel: 'info',
    },
    {
      environment: 'prod',
      replicas: undefined,
      autoscaler: [3, 12],
      memory: '512Mi',
      data: '100Gi',
      dumps: '200Gi',
      host: 'api.platform.example',
      logLevel: 'warn',
    },
  ]);
});

test.each([
  ['dev', 'mongodb.platform-dev-data.svc.cluster.local'],
  ['staging', 'mongodb.platform-staging-data.svc.cluster.local'],
  ['prod', 'mongodb.platform-data.svc.cluster.local'],
])('the configuration of the service is JSON that names the store: %s', (environment, host) => {
  const { port, mongodb } = serviceJson(environment);
  expect({ port, mongodb }).toEqual({ port: 3100, mongodb: { host, port: 27017 } });
});

test('one value moves every image to a mirror, that of the test pod too', () => {
  const registry = 'mirror.example/hub';
  const images = blueprint.environments.flatMap((environment) => {
    const overlay = merge(environment.values, { global: { imageRegistry: registry } });
    const release = distRelease(blueprint, environment);
    return blueprint.tiers.flatMap((tier) => {
      const values = valuesOf(blueprint, tier, overlay as JsonMap);
      const rendered = renderTier(tier, sceneOf(blueprint, tier, values, release));
      return rendered.flatMap(({ json }) => imagesOf(json).map((image) => `${tier.name} ${image}`));
    });
  });
  const expected = [
    'app mirror.example/hub/library/node:',
    'data mirror.example/hub/library/mongo:',
  ];
  const names = images.map((image) => image.replace(/:.*/, ':'));
  // dev: service, its test, store. staging and prod: the dumps as well.
  expect(names).toHaveLength(3 + 4 + 4);
  expect([...new Set(names)].sort()).toEqual(expected);
});

/** One object a line: kind, namespace and name. */
function list(environment: string): string {
  const lines = objects(environment).map(({ kind, metadata }) => {
    const { namespace, name } = metadata as { namespace?: string; name: string };
    return `${kind as string} ${namespace === undefined ? '' : `${namespace}/`}${name}\n`;
  });
  return lines.join('');
}

/** What stands at a path in the only object of a kind, or in the first where there are several. */
function at(environment: string, kind: string, path: string): unknown {
  const object: unknown = objects(environment).find((one) => one['kind'] === kind);
  return path
    .split('.')
    .reduce((json, key) => (json as Record<string, unknown> | undefined)?.[key], object);
}

function serviceJson(environment: string): JsonMap {
  const configs = objects(environment).filter(({ kind }) => kind === 'ConfigMap');
  const texts = configs.flatMap(({ data }) => (isMap(data) ? (data['service.json'] ?? []) : []));
  expect(texts).toHaveLength(1);
  return JSON.parse(texts[0] as string) as JsonMap;
}
