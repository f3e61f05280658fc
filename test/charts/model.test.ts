import { compose } from '../../main';
import type { Pod } from '../../synth/checks/pod';
import { worldsOf } from '../../synth/checks/world';
import { renderEnvironments } from '../../synth/dist';
import { model } from '../../synth/model';
import { Traffic } from '../../synth/model/traffic';

const platform = compose();
const blueprint = platform.build();
const told = { blueprint, options: platform.options, tiers: renderEnvironments(blueprint) };
const { systems, secrets } = model(told);

test('the model knows the systems of the platform, and where they are on', () => {
  const lines = systems.map(({ tier, name, kind, environments }) =>
    [tier, name, kind, ...environments].join(' '),
  );
  const all = 'dev staging prod';
  expect(lines).toEqual([
    `data mongodb StatefulSet ${all}`,
    `data redis StatefulSet ${all}`,
    `data mongodb-exporter Deployment ${all}`,
    `data redis-exporter Deployment ${all}`,
    'data mongodb-backup CronJob staging prod',
    `data mongodb-accounts Job ${all}`,
    'data data-secrets Job dev',
    'gpu ollama Deployment staging prod',
    'gpu ollama-models Job staging prod',
    `app node-service Deployment ${all}`,
    'app test-data Job staging',
    `network nginx-backend Deployment ${all}`,
    `network gateway Deployment ${all}`,
    'cluster node-exporter DaemonSet prod',
    'cluster cadvisor DaemonSet prod',
    'cluster kube-state-metrics Deployment dev prod',
    'cluster dcgm-exporter DaemonSet prod',
    'cluster nvidia-device-plugin DaemonSet prod',
    'cluster nvidia-mps-daemon DaemonSet',
  ]);
});

test('the model knows who talks to whom, and who can do without', () => {
  const lines = systems.flatMap(({ name, connections }) =>
    connections.map(({ to, port, required }) => {
      const how = required === true ? 'needs' : required === false ? 'uses' : 'may reach';
      return `${name} ${how} ${to.name}:${String(port)}`;
    }),
  );
  expect(lines).toEqual([
    'mongodb-exporter uses mongodb:27017',
    'redis-exporter uses redis:6379',
    'mongodb-backup needs mongodb:27017',
    'mongodb-accounts needs mongodb:27017',
    'node-service needs mongodb:27017',
    'node-service uses redis:6379',
    'node-service uses ollama:11434',
    'test-data needs node-service:3100',
    'nginx-backend uses node-service:3100',
    'gateway needs nginx-backend:8082',
  ]);
});

// Policies are made from connections, but what they let through is read from the objects alone.
test('in each environment policies let exactly the connections through, between systems', () => {
  for (const world of worldsOf(told)) {
    const { name } = world.environment;
    const traffic = new Traffic(world);
    const nameOf = ({ owner }: Pod) => systemAt(owner.where) ?? owner.where;
    const letThrough = world.pods.flatMap((pod) =>
      traffic.from(pod).map(({ to, port }) => `${nameOf(pod)} ${nameOf(to)} ${String(port)}`),
    );
    const said = systems.flatMap((system) =>
      system.connections
        .filter(({ environments, external }) => environments.includes(name) && !external)
        .map(({ to, port }) => `${system.name} ${to.name} ${String(port)}`),
    );
    expect(letThrough.sort()).toEqual(said.sort());
  }
});

/** The last part of a construct's path that is a system's name. */
const systemAt = (where: string) =>
  where
    .split('/')
    .reverse()
    .find((part) => systems.some(({ name }) => name === part));

test('the model knows every Secret, and who makes it where', () => {
  const lines = secrets.flatMap(({ tier, name, makers }) =>
    makers.map(({ by, environments }) => [tier, name, by, ...environments].join(' ').trim()),
  );
  const made = ['data mongodb', 'data redis', 'data redis-redis-exporter'];
  const more = ['data mongodb-mongodb-exporter', 'data mongodb-node-service'];
  const copied = ['app node-service-mongodb', 'app node-service-redis'];
  expect(lines).toEqual([
    ...[...made, ...more, ...copied].flatMap((one) => [
      `${one} data/data-secrets dev`,
      `${one}  staging prod`,
    ]),
    'app api-tls  staging prod',
    'network www-tls  staging prod',
  ]);
});

test('volumes, hosts and numbers of pods are those of each environment', () => {
  const found = (name: string) => systems.find((system) => system.name === name);
  expect(found('mongodb')?.stores.map(({ size, environments }) => [size, ...environments])).toEqual(
    [
      ['1Gi', 'dev'],
      ['10Gi', 'staging'],
      ['100Gi', 'prod'],
    ],
  );
  expect(found('mongodb-backup')?.backsUp).toEqual([
    { store: 'mongodb', environments: ['staging', 'prod'] },
  ]);
  expect(found('node-service')?.scale).toEqual([
    { min: 1, max: 1, environments: ['dev'] },
    { min: 2, max: 4, environments: ['staging'] },
    { min: 3, max: 12, environments: ['prod'] },
  ]);
  expect(found('gateway')?.routes).toEqual([
    {
      ...{ via: 'Ingress', host: 'www.staging.platform.example', path: '/', port: 'http' },
      ...{ tls: 'www-tls', environments: ['staging'] },
    },
    {
      ...{ via: 'Ingress', host: 'www.platform.example', path: '/', port: 'http' },
      ...{ tls: 'www-tls', environments: ['prod'] },
    },
  ]);
});
