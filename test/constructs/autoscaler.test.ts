import { listAt, mapAt } from '../../synth/checks/json';
import { Shop, web } from './fixture';

const shop = new Shop(({ app }) => {
  web(app);
});
const scaled = (autoscaling: object = {}) => ({
  app: { web: { replicas: 1, autoscaling: { enabled: true, ...autoscaling } } },
});

test('the defaults of an autoscaler', () => {
  expect(shop.yaml('app/web/autoscaler/', scaled())).toMatchSnapshot();
});

test('there is none by default', () => {
  expect(shop.find('HorizontalPodAutoscaler', 'web')).toBeUndefined();
});

test('the autoscaler owns the number of pods: the Deployment says none', () => {
  expect(shop.get('Deployment', 'web')['spec']).toHaveProperty('replicas');
  expect(shop.get('Deployment', 'web', scaled())['spec']).not.toHaveProperty('replicas');
});

test('pods that are scaled are spread, however many the values ask for otherwise', () => {
  const { spec } = shop.pod('Deployment', 'web', scaled());
  expect(listAt(spec, 'topologySpreadConstraints')).toHaveLength(2);
});

test('bounds and targets are values', () => {
  const bounds = { minReplicas: 3, maxReplicas: 12 };
  const targets = { targetCPU: 55, targetMemory: 65 };
  expect(spec({ ...bounds, ...targets })).toMatchObject({
    ...bounds,
    metrics: [
      { resource: { name: 'cpu', target: { averageUtilization: 55 } } },
      { resource: { name: 'memory', target: { averageUtilization: 65 } } },
    ],
  });
});

test('further metrics come after CPU and memory, as they are', () => {
  const requests = {
    type: 'Pods',
    pods: {
      metric: { name: 'http_requests_per_second' },
      target: { type: 'AverageValue', averageValue: '100' },
    },
  };
  const queue = {
    type: 'External',
    external: { metric: { name: 'queue_length' }, target: { type: 'Value', value: '30' } },
  };
  const [cpu, memory, ...further] = listAt(spec({ metrics: [requests, queue] }), 'metrics');
  expect([cpu, memory]).toEqual(spec()['metrics']);
  expect(further).toEqual([requests, queue]);
});

const spec = (autoscaling: object = {}) =>
  mapAt(shop.get('HorizontalPodAutoscaler', 'web', scaled(autoscaling)), 'spec');
