import { deployment, findings, object } from './fixture';

/* Numbers of pods: who sets them, and how many of them may go. */

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const hpa = (spec: object = {}) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: target, ...spec },
  });
const scaled = (spec: object = {}) =>
  object('keda.sh/v1alpha1', 'ScaledObject', 'web', {
    spec: { scaleTargetRef: { name: 'web' }, ...spec },
  });
const budget = (spec: object, labels: object = { app: 'web' }) =>
  object('policy/v1', 'PodDisruptionBudget', 'web', {
    spec: { selector: { matchLabels: labels }, ...spec },
  });
const web = (replicas?: number) => deployment({}, replicas === undefined ? {} : { replicas });

describe('replicas-beside-autoscaler:', () => {
  const found = (scaler: string) => [
    `[demo/web in dev] Deployment/web: /spec/replicas is 3, but ${scaler}/web sets the number of pods, and each apply would undo its work; leave replicas out where the autoscaler is on (replicas-beside-autoscaler).`,
  ];
  const of = (objects: Record<string, object>) => findings('replicas-beside-autoscaler', objects);

  test('one of both sets the number', () => {
    expect(of({ web: web(3) })).toEqual([]);
    expect(of({ web: web(), scaler: hpa() })).toEqual([]);
    expect(
      of({ web: web(3), scaler: hpa({ scaleTargetRef: { ...target, name: 'api' } }) }),
    ).toEqual([]);
  });

  test('both are found', () => {
    expect(of({ web: web(3), scaler: hpa() })).toEqual(found('HorizontalPodAutoscaler'));
    expect(of({ web: web(3), scaler: scaled() })).toEqual(found('ScaledObject'));
  });

  test('a StatefulSet is no exception', () => {
    const store = object('apps/v1', 'StatefulSet', 'db', { spec: { replicas: 3 } });
    const scaler = hpa({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' },
    });
    expect(of({ store })).toEqual([]);
    expect(of({ store, scaler })).toEqual([
      '[demo/store in dev] StatefulSet/db: /spec/replicas is 3, but HorizontalPodAutoscaler/web sets the number of pods, and each apply would undo its work; leave replicas out where the autoscaler is on (replicas-beside-autoscaler).',
    ]);
  });

  test('an autoscaler of another namespace is another', () => {
    const scaler = object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'web',
      { spec: { scaleTargetRef: target } },
      { namespace: 'elsewhere' },
    );
    expect(of({ web: web(3), scaler })).toEqual([]);
  });
});

describe('budget-blocks-eviction:', () => {
  const of = (spec: object, objects: Record<string, object>) =>
    findings('budget-blocks-eviction', { ...objects, budget: budget(spec) });
  const told = (message: string) => [
    `[demo/budget in dev] PodDisruptionBudget/web: ${message} (budget-blocks-eviction).`,
  ];
  const few = (value: string, pods: number) =>
    told(
      `/spec/minAvailable is ${value}, but there are as few as ${String(pods)} of the pods that it selects, so that none may be evicted then; use maxUnavailable: 1, raise the number of pods, or leave the budget out`,
    );

  test.each([0, '0', '0%'])('maxUnavailable of %j lets no pod go', (maxUnavailable) => {
    expect(of({ maxUnavailable }, { web: web(3) })).toEqual(
      told(
        `/spec/maxUnavailable is ${JSON.stringify(maxUnavailable)}, so that no pod may ever be evicted; use 1 or more`,
      ),
    );
  });

  test.each([1, '1%'])('maxUnavailable of %j lets a pod go', (maxUnavailable) => {
    expect(of({ maxUnavailable }, { web: web(1) })).toEqual([]);
  });

  test('minAvailable of all pods lets none go, however many there are', () => {
    const daemons = object('apps/v1', 'DaemonSet', 'web', {
      spec: { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{}] } } },
    });
    const message = told(
      '/spec/minAvailable is "100%", so that no pod may ever be evicted; use maxUnavailable: 1',
    );
    expect(of({ minAvailable: '100%' }, { daemons })).toEqual(message);
    expect(of({ minAvailable: '50%' }, { daemons })).toEqual([]);
    expect(of({ minAvailable: 5 }, { daemons })).toEqual([]);
  });

  test('minAvailable is less than there are pods', () => {
    expect(of({ minAvailable: 1 }, { web: web(2) })).toEqual([]);
    expect(of({ minAvailable: 2 }, { web: web(2) })).toEqual(few('2', 2));
    expect(of({ minAvailable: 1 }, { web: web() })).toEqual(few('1', 1));
    expect(of({ minAvailable: 1 }, { web: web(0) })).toEqual([]);
  });

  test('pods of a StatefulSet count as those of a Deployment', () => {
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{}] } };
    const store = object('apps/v1', 'StatefulSet', 'db', { spec: { replicas: 2, template } });
    expect(of({ minAvailable: 1 }, { store })).toEqual([]);
    expect(of({ minAvailable: 2 }, { store })).toEqual(few('2', 2));
  });

  test('percent of minAvailable are rounded up, as Kubernetes does', () => {
    expect(of({ minAvailable: '50%' }, { web: web(2) })).toEqual([]);
    expect(of({ minAvailable: '51%' }, { web: web(2) })).toEqual(few('"51%"', 2));
  });

  test('an autoscaler can go down to its minimum', () => {
    expect(of({ minAvailable: 2 }, { web: web(), scaler: hpa({ minReplicas: 3 }) })).toEqual([]);
    expect(of({ minAvailable: 2 }, { web: web(5), scaler: hpa({ minReplicas: 2 }) })).toEqual(
      few('2', 2),
    );
    expect(of({ minAvailable: 1 }, { web: web(), scaler: hpa() })).toEqual(few('1', 1));
    expect(of({ minAvailable: 1 }, { web: web(), scaler: scaled({ minReplicaCount: 1 }) })).toEqual(
      few('1', 1),
    );
    expect(of({ minAvailable: 1 }, { web: web(), scaler: scaled() })).toEqual([]);
  });

  test('the pods of all workloads that it selects count together', () => {
    const pod = object(
      'v1',
      'Pod',
      'x',
      { spec: { containers: [{}] } },
      { labels: { app: 'web' } },
    );
    expect(of({ minAvailable: 2 }, { web: web(2), pod })).toEqual([]);
    expect(of({ minAvailable: 3 }, { web: web(2), pod })).toEqual(few('3', 3));
  });

  test('where the number of some pods is unknown, that of all is', () => {
    const daemons = object('apps/v1', 'DaemonSet', 'all', {
      spec: { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{}] } } },
    });
    expect(of({ minAvailable: 2 }, { web: web(2), daemons })).toEqual([]);
  });

  test('a budget without pods is told by another check', () => {
    expect(of({ minAvailable: 1 }, {})).toEqual([]);
    const selectorless = object('policy/v1', 'PodDisruptionBudget', 'web', {
      spec: { minAvailable: 1 },
    });
    expect(findings('budget-blocks-eviction', { web: web(1), selectorless })).toEqual([]);
  });
});

describe('budget-shared:', () => {
  const two = (labels: object) => ({
    web: web(2),
    one: budget({ maxUnavailable: 1 }),
    two: object('policy/v1', 'PodDisruptionBudget', 'two', {
      spec: { selector: { matchLabels: labels } },
    }),
  });

  test('two budgets that select the same pods are found', () => {
    expect(findings('budget-shared', two({ app: 'web' }))).toEqual([
      '[demo/two in dev] PodDisruptionBudget/two: /spec/selector picks the pods of Deployment/web, as PodDisruptionBudget/web (demo/one) does, and no pod in two budgets can be evicted; select other pods, or remove one (budget-shared).',
    ]);
  });

  test('budgets for other pods are not', () => {
    expect(findings('budget-shared', two({ app: 'api' }))).toEqual([]);
  });
});
