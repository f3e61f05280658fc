import { listAt, mapAt } from '../../synth/checks/json';
import { Shop, web } from './fixture';

const shop = new Shop(({ app }) => {
  web(app);
  web(app, 'admin', {
    component: 'frontend',
    run: {
      user: 101,
      command: ['serve'],
      args: ['--quiet'],
      scratch: ['/var/cache/pages'],
      gracePeriodSeconds: 90,
      gpu: app.values.admin.gpu,
    },
    ports: { http: 3101, metrics: 9464 },
  });
});

test('the defaults of a web service', () => {
  expect(shop.yaml('app/web/')).toMatchSnapshot();
});

test.each([0, 1, 2, 9])('replicas: %d are what the Deployment asks for', (replicas) => {
  const { spec } = shop.get('Deployment', 'web', { app: { web: { replicas } } });
  expect(spec).toMatchObject({ replicas });
});

test.each([0, 1])('%d replicas are not spread: there is nothing to keep apart', (replicas) => {
  const { spec } = shop.pod('Deployment', 'web', { app: { web: { replicas } } });
  expect(spec).not.toHaveProperty('topologySpreadConstraints');
});

test('from two replicas on, nodes and zones get equal shares, by the labels of the pods', () => {
  const pod = shop.pod('Deployment', 'web', { app: { web: { replicas: 2 } } });
  const matchLabels = mapAt(pod, 'metadata', 'labels');
  expect(listAt(pod, 'spec', 'topologySpreadConstraints')).toMatchObject([
    { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } },
    { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels } },
  ]);
});

test('command, arguments, user, component and grace are what the chart says', () => {
  const { metadata, spec } = shop.pod('Deployment', 'admin');
  expect(metadata).toMatchObject({ labels: { 'app.kubernetes.io/component': 'frontend' } });
  expect(spec).toMatchObject({
    securityContext: { runAsUser: 101, runAsGroup: 101, fsGroup: 101 },
    // Five of them pass before the signal: the container sleeps until nobody sends requests.
    terminationGracePeriodSeconds: 95,
    containers: [{ command: ['serve'], args: ['--quiet'] }],
  });
});

test('a folder that it writes to is an empty volume, beside /tmp', () => {
  const { spec } = shop.pod('Deployment', 'admin');
  const names = ['tmp', 'var-cache-pages'];
  expect(mapAt(spec, 'containers', '0')['volumeMounts']).toEqual([
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'var-cache-pages', mountPath: '/var/cache/pages' },
  ]);
  const emptyDir = { sizeLimit: '1Gi' };
  expect(mapAt(spec)['volumes']).toEqual(names.map((name) => ({ name, emptyDir })));
});

test('a GPU is a limit, and there only where it is switched on', () => {
  const limits = (gpu: { enabled: boolean; count?: number }) =>
    mapAt(shop.container('Deployment', 'admin', { app: { admin: { gpu } } }), 'resources')[
      'limits'
    ];
  expect(limits({ enabled: false, count: 2 })).toEqual({ memory: '128Mi' });
  expect(limits({ enabled: true })).toEqual({ memory: '128Mi', 'nvidia.com/gpu': 1 });
  expect(limits({ enabled: true, count: 2 })).toEqual({ memory: '128Mi', 'nvidia.com/gpu': 2 });
});

test('requests and limits are values; no CPU limit throttles a pod on an idle node', () => {
  const resources = { requests: { cpu: '2', memory: '1Gi' }, limits: { memory: '2Gi' } };
  const container = shop.container('Deployment', 'web', { app: { web: { resources } } });
  expect(container['resources']).toEqual(resources);
});

test('metrics have a port of their own, at the container and the Service', () => {
  expect(shop.container('Deployment', 'admin')['ports']).toEqual([
    { name: 'http', containerPort: 3101 },
    { name: 'metrics', containerPort: 9464 },
  ]);
  expect(mapAt(shop.get('Service', 'admin'), 'spec')['ports']).toEqual([
    { name: 'http', port: 3101, targetPort: 'http' },
    { name: 'metrics', port: 9464, targetPort: 'metrics' },
  ]);
});

test('monitoring reaches the port of the metrics, and only that', () => {
  const global = { network: { monitoringNamespace: 'monitoring' } };
  expect(ingress('admin', { global })).toEqual([
    { from: [namespace('monitoring')], ports: [{ port: 9464 }] },
  ]);
  expect(ingress('web', { global })).toBeUndefined();
  expect(ingress('admin')).toBeUndefined();
});

test('the ingress controller reaches a service that has a public route, and no other', () => {
  const global = { network: { ingressNamespace: 'edge' } };
  const overlay = { global, app: { web: { ingress: { enabled: true } } } };
  expect(ingress('web', overlay)).toEqual([{ from: [namespace('edge')], ports: [{ port: 3100 }] }]);
  expect(ingress('admin', overlay)).toBeUndefined();
});

test('so do load balancers that send to pods directly, from their addresses', () => {
  const network = { ingressNamespace: 'edge', ingressAddresses: ['10.0.0.0/16', '10.1.0.0/16'] };
  const overlay = { global: { network }, app: { web: { ingress: { enabled: true } } } };
  const blocks = network.ingressAddresses.map((cidr) => ({ ipBlock: { cidr } }));
  expect(ingress('web', overlay)).toEqual([
    { from: [namespace('edge'), ...blocks], ports: [{ port: 3100 }] },
  ]);
});

test('the ServiceAccount has the annotations of the cloud, and the logins of the registry', () => {
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/web' };
  const account = shop.get('ServiceAccount', 'web', {
    global: { imagePullSecrets: [{ name: 'registry-login' }] },
    app: { web: { serviceAccount: { annotations } } },
  });
  expect(account).toMatchObject({
    metadata: { annotations },
    imagePullSecrets: [{ name: 'registry-login' }],
    automountServiceAccountToken: false,
  });
});

const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

const ingress = (name: string, overlay = {}) =>
  mapAt(shop.get('NetworkPolicy', name, overlay), 'spec')['ingress'];
