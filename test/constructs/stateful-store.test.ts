import { at, mapAt } from '../../synth/checks/json';
import { Shop, store } from './fixture';

const shop = new Shop(({ data }) => {
  store(data);
  store(data, 'cache', {
    component: 'cache',
    replicas: data.values.members,
    run: {
      user: 998,
      command: ['serve'],
      args: ['--memory', `${data.values.cache.resources.limits.memory}`],
      scratch: ['/data/config'],
    },
  });
});

test('the defaults of a stateful store', () => {
  expect(shop.yaml('data/db/')).toMatchSnapshot();
});

test('command, arguments, user and component are what the chart says; arguments may hold values', () => {
  const { metadata, spec } = shop.pod('StatefulSet', 'cache', {
    data: { cache: { resources: { limits: { memory: '3Gi' } } } },
  });
  expect(metadata).toMatchObject({ labels: { 'app.kubernetes.io/component': 'cache' } });
  expect(spec).toMatchObject({
    securityContext: { runAsUser: 998, runAsGroup: 998, fsGroup: 998 },
    containers: [{ command: ['serve'], args: ['--memory', '3Gi'] }],
  });
});

test('size, resources and time to stop are values', () => {
  const values = {
    storage: '20Gi',
    resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { memory: '5Gi' } },
    terminationGracePeriodSeconds: 300,
  };
  const overlay = { data: { db: values } };
  const claim = mapAt(shop.get('StatefulSet', 'db', overlay), ...CLAIM);
  expect(claim['resources']).toEqual({ requests: { storage: '20Gi' } });
  expect(shop.container('StatefulSet', 'db', overlay)['resources']).toEqual(values.resources);
  expect(shop.pod('StatefulSet', 'db', overlay)['spec']).toMatchObject({
    terminationGracePeriodSeconds: 300,
  });
});

test('the volume is of the class of the platform, or of the default of the cluster', () => {
  const named = shop.get('StatefulSet', 'db', { global: { storageClass: 'fast' } });
  expect(at(named, ...CLAIM, 'storageClassName')).toBe('fast');
  expect(mapAt(shop.get('StatefulSet', 'db'), ...CLAIM)).not.toHaveProperty('storageClassName');
});

test('the ServiceAccount has the annotations of the cloud', () => {
  const annotations = { 'example.org/role': 'db' };
  const account = shop.get('ServiceAccount', 'db', {
    data: { db: { serviceAccount: { annotations } } },
  });
  expect(account['metadata']).toMatchObject({ annotations });
});

const CLAIM = ['spec', 'volumeClaimTemplates', '0', 'spec'];

test('several members are spread, and a drain takes one at a time; a single one has no budget', () => {
  const three = { data: { members: 3 } };
  expect(at(shop.get('StatefulSet', 'cache', three), 'spec', 'replicas')).toBe(3);
  expect(mapAt(shop.get('PodDisruptionBudget', 'cache', three), 'spec')).toMatchObject({
    maxUnavailable: 1,
  });
  const spread = (overlay = {}) =>
    at(shop.pod('StatefulSet', 'cache', overlay), 'spec', 'topologySpreadConstraints');
  expect(spread(three)).toHaveLength(2);
  expect(spread()).toBeUndefined();
  expect(shop.find('PodDisruptionBudget', 'cache')).toBeUndefined();
  expect(shop.find('PodDisruptionBudget', 'db', three)).toBeUndefined();
});
