import { compose } from '../../main';
import { renderEnvironments } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';
import { yaml } from '../synth/print-fixture';

/*
 * The reference platform: what each environment has, and in what the environments differ. The tier
 * cluster, which is there once for several of them, has a file of its own.
 */

const blueprint = compose().build();
const objects = (environment: string): JsonMap[] =>
  renderEnvironments(blueprint)
    .filter((tier) => tier.environment === environment && tier.tier !== 'cluster')
    .flatMap((tier) => tier.objects.map(({ json }) => json));

test('dev has one small pod of everything but models and agents, two of the backends and no public route', () => {
  expect(list('dev')).toBe(yaml`
    Namespace platform-dev-data
    NetworkPolicy platform-dev-data/data-default-deny
    ConfigMap platform-dev-data/mongodb-config
    ServiceAccount platform-dev-data/mongodb
    NetworkPolicy platform-dev-data/mongodb
    Service platform-dev-data/mongodb
    StatefulSet platform-dev-data/mongodb
    ConfigMap platform-dev-data/redis-config
    ConfigMap platform-dev-data/redis-scripts
    ConfigMap platform-dev-data/redis-accounts
    ServiceAccount platform-dev-data/redis
    NetworkPolicy platform-dev-data/redis
    Service platform-dev-data/redis
    StatefulSet platform-dev-data/redis
    ServiceAccount platform-dev-data/mongodb-exporter
    NetworkPolicy platform-dev-data/mongodb-exporter
    Deployment platform-dev-data/mongodb-exporter
    ServiceAccount platform-dev-data/redis-exporter
    NetworkPolicy platform-dev-data/redis-exporter
    Deployment platform-dev-data/redis-exporter
    ConfigMap platform-dev-data/mongodb-accounts-list
    ConfigMap platform-dev-data/mongodb-accounts-script
    ServiceAccount platform-dev-data/mongodb-accounts
    NetworkPolicy platform-dev-data/mongodb-accounts
    Job platform-dev-data/mongodb-accounts-*
    ConfigMap platform-dev-data/data-secrets-list
    ConfigMap platform-dev-data/data-secrets-script
    ServiceAccount platform-dev-data/data-secrets
    NetworkPolicy platform-dev-data/data-secrets
    Job platform-dev-data/data-secrets-*
    Role platform-dev-data/data-secrets-for-data
    RoleBinding platform-dev-data/data-secrets-for-data
    Namespace platform-dev-app
    NetworkPolicy platform-dev-app/app-default-deny
    ServiceAccount platform-dev-app/node-service
    NetworkPolicy platform-dev-app/node-service
    Service platform-dev-app/node-service
    Deployment platform-dev-app/node-service
    Role platform-dev-app/data-secrets-for-app
    RoleBinding platform-dev-app/data-secrets-for-app
    Namespace platform-dev-network
    NetworkPolicy platform-dev-network/network-default-deny
    ConfigMap platform-dev-network/nginx-backend-config
    ConfigMap platform-dev-network/nginx-backend-files
    ServiceAccount platform-dev-network/nginx-backend
    NetworkPolicy platform-dev-network/nginx-backend
    Service platform-dev-network/nginx-backend
    Deployment platform-dev-network/nginx-backend
    PodDisruptionBudget platform-dev-network/nginx-backend
    ConfigMap platform-dev-network/gateway-config
    ServiceAccount platform-dev-network/gateway
    NetworkPolicy platform-dev-network/gateway
    Service platform-dev-network/gateway
    Deployment platform-dev-network/gateway
  `);
});

test('staging has what prod has, and test data', () => {
  expect(list('staging')).toBe(yaml`
    Namespace platform-staging-data
    NetworkPolicy platform-staging-data/data-default-deny
    ConfigMap platform-staging-data/mongodb-config
    ServiceAccount platform-staging-data/mongodb
    NetworkPolicy platform-staging-data/mongodb
    Service platform-staging-data/mongodb
    StatefulSet platform-staging-data/mongodb
    ConfigMap platform-staging-data/redis-config
    ConfigMap platform-staging-data/redis-scripts
    ConfigMap platform-staging-data/redis-accounts
    ServiceAccount platform-staging-data/redis
    NetworkPolicy platform-staging-data/redis
    Service platform-staging-data/redis
    StatefulSet platform-staging-data/redis
    ServiceAccount platform-staging-data/mongodb-exporter
    NetworkPolicy platform-staging-data/mongodb-exporter
    Deployment platform-staging-data/mongodb-exporter
    ServiceAccount platform-staging-data/redis-exporter
    NetworkPolicy platform-staging-data/redis-exporter
    Deployment platform-staging-data/redis-exporter
    ConfigMap platform-staging-data/mongodb-backup-script
    PersistentVolumeClaim platform-staging-data/mongodb-backup
    ServiceAccount platform-staging-data/mongodb-backup
    NetworkPolicy platform-staging-data/mongodb-backup
    CronJob platform-staging-data/mongodb-backup
    ConfigMap platform-staging-data/mongodb-accounts-list
    ConfigMap platform-staging-data/mongodb-accounts-script
    ServiceAccount platform-staging-data/mongodb-accounts
    NetworkPolicy platform-staging-data/mongodb-accounts
    Job platform-staging-data/mongodb-accounts-*
    Namespace platform-staging-gpu
    NetworkPolicy platform-staging-gpu/gpu-default-deny
    ResourceQuota platform-staging-gpu/gpu-gpus
    ConfigMap platform-staging-gpu/ollama-scripts
    ServiceAccount platform-staging-gpu/ollama
    NetworkPolicy platform-staging-gpu/ollama
    PersistentVolumeClaim platform-staging-gpu/ollama-models
    Service platform-staging-gpu/ollama
    Deployment platform-staging-gpu/ollama
    ConfigMap platform-staging-gpu/ollama-models-list
    ConfigMap platform-staging-gpu/ollama-models-script
    ServiceAccount platform-staging-gpu/ollama-models
    NetworkPolicy platform-staging-gpu/ollama-models
    Job platform-staging-gpu/ollama-models-*
    Namespace platform-staging-app
    NetworkPolicy platform-staging-app/app-default-deny
    ServiceAccount platform-staging-app/node-service
    NetworkPolicy platform-staging-app/node-service
    Service platform-staging-app/node-service
    Deployment platform-staging-app/node-service
    Ingress platform-staging-app/node-service
    HorizontalPodAutoscaler platform-staging-app/node-service
    PodDisruptionBudget platform-staging-app/node-service
    ConfigMap platform-staging-app/test-data-list
    ConfigMap platform-staging-app/test-data-script
    ServiceAccount platform-staging-app/test-data
    NetworkPolicy platform-staging-app/test-data
    Job platform-staging-app/test-data-*
    Namespace platform-staging-network
    NetworkPolicy platform-staging-network/network-default-deny
    ConfigMap platform-staging-network/nginx-backend-config
    ConfigMap platform-staging-network/nginx-backend-files
    ServiceAccount platform-staging-network/nginx-backend
    NetworkPolicy platform-staging-network/nginx-backend
    Service platform-staging-network/nginx-backend
    Deployment platform-staging-network/nginx-backend
    PodDisruptionBudget platform-staging-network/nginx-backend
    ConfigMap platform-staging-network/gateway-config
    ServiceAccount platform-staging-network/gateway
    NetworkPolicy platform-staging-network/gateway
    Service platform-staging-network/gateway
    Deployment platform-staging-network/gateway
    PodDisruptionBudget platform-staging-network/gateway
    Ingress platform-staging-network/gateway
  `);
});

test('prod is autoscaled, public and dumped daily', () => {
  const staging = list('staging').replace(/^.*\/test-data.*\n/gm, '');
  expect(list('prod')).toBe(staging.replaceAll('platform-staging-', 'platform-'));
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
    logLevel: variables(environment)['LOG_LEVEL'],
  }));
  expect(differences).toEqual([
    {
      environment: 'dev',
      replicas: 1,
      autoscaler: [undefined, undefined],
      memory: '256Mi',
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
  ['dev', 'platform-dev-data'],
  ['staging', 'platform-staging-data'],
  ['prod', 'platform-data'],
])('the variables of the service name its stores: %s', (environment, namespace) => {
  expect(variables(environment)).toMatchObject({
    PORT: '3100',
    METRICS_PORT: '9464',
    MONGODB_HOST: `mongodb.${namespace}.svc.cluster.local`,
    MONGODB_PORT: '27017',
    MONGODB_SECRET: '/run/secrets/mongodb',
    REDIS_HOST: `redis.${namespace}.svc.cluster.local`,
    REDIS_PORT: '6379',
    REDIS_SECRET: '/run/secrets/redis',
  });
});

/** One object a line: kind, namespace and name, the hashes in the names of Jobs left out. */
function list(environment: string): string {
  const lines = objects(environment).map(({ kind, metadata }) => {
    const { namespace, name } = metadata as { namespace?: string; name: string };
    return `${kind as string} ${namespace === undefined ? '' : `${namespace}/`}${kind === 'Job' ? name.replace(/[0-9a-f]{5}-[0-9a-f]{10}$/, '*') : name}\n`;
  });
  return lines.join('');
}

/** What stands at a path in the first object of a kind; of Deployments, in that of the service. */
function at(environment: string, kind: string, path: string): unknown {
  const object: unknown = objects(environment).find(
    (one) =>
      one['kind'] === kind &&
      (kind !== 'Deployment' || (one['metadata'] as JsonMap)['name'] === 'node-service'),
  );
  return path
    .split('.')
    .reduce((json, key) => (json as Record<string, unknown> | undefined)?.[key], object);
}

/** The constant environment variables of the service. */
function variables(environment: string): Record<string, unknown> {
  const env = at(environment, 'Deployment', 'spec.template.spec.containers.0.env');
  const entries = (env as { name: string; value?: unknown }[]).map(({ name, value }) => [
    name,
    value,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
