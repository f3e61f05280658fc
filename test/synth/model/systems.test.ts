import { ApiObject } from 'cdk8s';
import { ChartOnly, When, gt } from '../../../synth';
import { object } from '../checks/fixture';
import {
  container,
  labelled,
  listening,
  modelWith,
  registry,
  service,
  systemOf,
  workload,
} from './fixture';

/* What the model tells of each system by itself. */

const DEV = { environments: ['dev'] };

test('whatever makes pods is a system, of its kind; what makes none is not', () => {
  const { systems } = modelWith({
    a: workload('DaemonSet', 'agent'),
    b: workload('Deployment', 'web'),
    c: workload('Job', 'migrate'),
    d: object('v1', 'Pod', 'lonely', { spec: { containers: [container('lonely')] } }),
    e: object('serving.knative.dev/v1', 'Service', 'function', {
      spec: { template: { spec: { containers: [container('function')] } } },
    }),
    f: service('web', 80),
  });
  expect(systems.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'DaemonSet agent',
    'Deployment web',
    'Job migrate',
    'Pod lonely',
    'Service function',
  ]);
});

test('pods of helm test are no systems', () => {
  const { systems } = modelWith(
    { a: workload('Deployment', 'web') },
    {
      fill: (tier) => {
        const pod = object('v1', 'Pod', 'test', { spec: { containers: [container('test')] } });
        new ApiObject(new ChartOnly(tier, 'tests'), 'pod', pod);
      },
    },
  );
  expect(systems.map(({ name }) => name)).toEqual(['web']);
});

test('a system without ports, volumes and policies has empty lists', () => {
  expect(systemOf(modelWith({ a: workload('DaemonSet', 'agent') }), 'agent')).toEqual({
    ...{ tier: 'demo', name: 'agent', kind: 'DaemonSet', environments: ['dev'] },
    images: [{ container: 'agent', image: 'docker.io/library/agent:1.2.3', init: false, ...DEV }],
    peers: [
      { direction: 'in', kind: 'anyone', name: '', ports: [], ...DEV },
      { direction: 'out', kind: 'anyone', name: '', ports: [], ...DEV },
    ],
    ...{ scale: [], schedule: [], ports: [], scrapes: [], stores: [], routes: [] },
    ...{ connections: [], secrets: [], backsUp: [] },
  });
});

test('systems that share a label go by the names of their objects, then by their kinds', () => {
  const shop = (name: string, kind = 'Deployment') => ({
    ...workload(kind, name),
    metadata: { name, labels: labelled('shop') },
  });
  const objects = { a: shop('web'), b: shop('worker'), c: shop('worker', 'DaemonSet') };
  const { systems } = modelWith({ ...objects, d: workload('Deployment', 'db') });
  expect(systems.map(({ name }) => name)).toEqual([
    'web',
    'worker (Deployment)',
    'worker (DaemonSet)',
    'db',
  ]);
});

test('a system that is on nowhere is there with its defaults', () => {
  const model = modelWith(
    { a: workload('Deployment', 'web') },
    {
      environments: { dev: {}, prod: {} },
      fill: (tier) => {
        const off = new When(tier, 'off', gt(tier.values.replicas, 50));
        const json = workload('Deployment', 'huge', {}, { replicas: tier.values.replicas });
        new ApiObject(off, 'huge', json);
      },
    },
  );
  const nowhere = { environments: [] };
  expect(systemOf(model, 'huge')).toMatchObject({
    ...nowhere,
    // The default of the tier's value replicas.
    scale: [{ min: 2, max: 2, ...nowhere }],
    images: [{ image: 'docker.io/library/huge:1.2.3', ...nowhere }],
  });
  expect(systemOf(model, 'web').environments).toEqual(['dev', 'prod']);
});

test('what differs between environments is told once for each of them', () => {
  const model = modelWith(
    {},
    {
      environments: {
        dev: {},
        staging: { demo: { replicas: 3 } },
        prod: { demo: { replicas: 3 } },
      },
      fill: (tier) => {
        const json = workload('Deployment', 'web', {}, { replicas: tier.values.replicas });
        new ApiObject(tier, 'web', json);
      },
    },
  );
  expect(systemOf(model, 'web').scale).toEqual([
    { min: 2, max: 2, environments: ['dev'] },
    { min: 3, max: 3, environments: ['staging', 'prod'] },
  ]);
});

test('an autoscaler sets the numbers, of HPA and of KEDA', () => {
  const scaler = (apiVersion: string, kind: string, name: string, spec: object) =>
    object(apiVersion, kind, name, {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, ...spec },
    });
  const model = modelWith({
    a: workload('Deployment', 'web'),
    b: scaler('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', { maxReplicas: 7 }),
    c: workload('Deployment', 'queue'),
    d: scaler('keda.sh/v1alpha1', 'ScaledObject', 'queue', {}),
    e: workload('Deployment', 'alone'),
  });
  expect(systemOf(model, 'web').scale).toEqual([{ min: 1, max: 7, ...DEV }]);
  // 0 and 100: the defaults of a ScaledObject.
  expect(systemOf(model, 'queue').scale).toEqual([{ min: 0, max: 100, ...DEV }]);
  expect(systemOf(model, 'alone').scale).toEqual([{ min: 1, max: 1, ...DEV }]);
});

test('a CronJob has its schedule, and the stores that it backs up', () => {
  const cron = object(
    'batch/v1',
    'CronJob',
    'dump',
    {
      spec: {
        schedule: '0 3 * * *',
        timeZone: 'Etc/UTC',
        suspend: true,
        jobTemplate: { spec: { template: { spec: { containers: [container('dump')] } } } },
      },
    },
    { annotations: { 'twinchart.dev/backs-up': 'db, cache' } },
  );
  expect(systemOf(modelWith({ a: cron }), 'dump')).toMatchObject({
    schedule: [{ cron: '0 3 * * *', timeZone: 'Etc/UTC', suspended: true, ...DEV }],
    backsUp: [
      { store: 'db', ...DEV },
      { store: 'cache', ...DEV },
    ],
  });
});

test('ports are those that containers declare, with Services and purposes, then others registered', () => {
  const pod = {
    initContainers: [container('prepare'), container('proxy', { restartPolicy: 'Always' })],
    containers: [
      listening('web', 8080),
      container('dns', { ports: [{ containerPort: 5353, protocol: 'UDP' }] }),
    ],
  };
  const { ports, images } = systemOf(
    modelWith(
      {
        a: workload('Deployment', 'web', pod),
        b: service('web', 80, {}, { targetPort: 'http' }),
        c: service('direct', 8080, { selector: labelled('web') }),
        d: service('api', 80, {}, { targetPort: 'http' }),
      },
      { ports: registry },
    ),
    'web',
  );
  expect(ports).toEqual([
    {
      ...{ port: 8080, protocol: 'TCP', name: 'http', container: 'web', purpose: 'Pages.' },
      services: ['web:80', 'direct:8080'],
      ...DEV,
    },
    { port: 5353, protocol: 'UDP', container: 'dns', services: [], ...DEV },
    { port: 8090, protocol: 'TCP', purpose: 'Status.', services: [], ...DEV },
  ]);
  expect(images.map((one) => `${one.container}${one.init ? ', first' : ''}`)).toEqual([
    // It stays beside the others.
    'proxy',
    'web',
    'dns',
    'prepare, first',
  ]);
});

test('volumes are claims, by template and by name, with size and folder', () => {
  const claim = (storage: string) => ({ spec: { resources: { requests: { storage } } } });
  const mounts = [
    { name: 'data', mountPath: '/data' },
    { name: 'shared', mountPath: '/shared' },
  ];
  const pod = {
    containers: [container('db', { volumeMounts: mounts })],
    volumes: [
      { name: 'shared', persistentVolumeClaim: { claimName: 'common' } },
      { name: 'gone', persistentVolumeClaim: { claimName: 'gone' } },
      { name: 'scratch', emptyDir: {} },
    ],
  };
  const volumeClaimTemplates = [{ metadata: { name: 'data' }, ...claim('1Gi') }];
  const { stores } = systemOf(
    modelWith({
      a: workload('StatefulSet', 'db', pod, { volumeClaimTemplates }),
      b: object('v1', 'PersistentVolumeClaim', 'common', claim('2Gi')),
    }),
    'db',
  );
  expect(stores).toEqual([
    { claim: 'data', perPod: true, mount: '/data', size: '1Gi', ...DEV },
    { claim: 'common', perPod: false, mount: '/shared', size: '2Gi', ...DEV },
    { claim: 'gone', perPod: false, ...DEV },
  ]);
});

test('metrics are where the annotations say, when they say so', () => {
  const scrapes = (annotations: object) => {
    const metadata = { labels: labelled('web'), annotations };
    const template = { metadata, spec: { containers: [container('web')] } };
    const json = workload('Deployment', 'web', {}, { template });
    return systemOf(modelWith({ a: json }), 'web').scrapes;
  };
  const on = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9100' };
  expect(scrapes(on)).toEqual([{ port: 9100, path: '/metrics', ...DEV }]);
  expect(scrapes({ ...on, 'prometheus.io/path': '/m' })).toEqual([
    { port: 9100, path: '/m', ...DEV },
  ]);
  expect(scrapes({ ...on, 'prometheus.io/scrape': 'false' })).toEqual([]);
  expect(scrapes({ 'prometheus.io/scrape': 'true' })).toEqual([]);
});
