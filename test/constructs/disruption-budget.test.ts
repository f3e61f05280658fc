import { mapAt } from '../../synth/checks/json';
import { Shop, store, web } from './fixture';

const shop = new Shop(({ data, app }) => {
  web(app);
  store(data);
});

test('the defaults of a disruption budget', () => {
  expect(shop.yaml('app/web/disruption-budget/')).toMatchSnapshot();
});

test('it counts the pods of the Deployment, and those alone', () => {
  const { matchLabels } = mapAt(shop.get('Deployment', 'web'), 'spec', 'selector');
  const budget = shop.get('PodDisruptionBudget', 'web');
  expect(budget['spec']).toMatchObject({ selector: { matchLabels } });
});

// A budget for the only pod would block the drain of its node, or say nothing.
test.each([
  ['none', { replicas: 0 }, false],
  ['one', { replicas: 1 }, false],
  ['two', { replicas: 2 }, true],
  ['one, and an autoscaler', { replicas: 1, autoscaling: { enabled: true } }, true],
])('pods: %s', (_, values, expected) => {
  const budget = shop.find('PodDisruptionBudget', 'web', { app: { web: values } });
  expect(budget !== undefined).toBe(expected);
});

test('a store, which has one pod, has no budget', () => {
  expect(shop.find('PodDisruptionBudget', 'db')).toBeUndefined();
});
