import { deployment, findings, object } from './fixture';

const workload = (kind: string, name: string, selector: object, labels: object) =>
  object('apps/v1', kind, name, {
    spec: { selector, template: { metadata: { labels }, spec: { containers: [{ name: 'c' }] } } },
  });
const web = { matchLabels: { app: 'web' } };
const tierIn = (operator: string, ...values: string[]) => ({
  matchExpressions: [{ key: 'tier', operator, ...(values.length > 0 && { values }) }],
});

describe('selector-misses-own-pods:', () => {
  const of = (selector: object, labels: object, kind = 'Deployment') =>
    findings('selector-misses-own-pods', { web: workload(kind, 'web', selector, labels) });
  const found = (asked: string, has: string, kind = 'Deployment') => [
    `[demo/web in dev] ${kind}/web: /spec/selector ${asked}, but its own pods have ${has}; give both the same labels (selector-misses-own-pods).`,
  ];

  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])('a %s', (kind) => {
    expect(of(web, { app: 'web', other: 'x' }, kind)).toEqual([]);
    const finding = found('asks for app=web', 'app=api, tier=a', kind);
    expect(of(web, { app: 'api', tier: 'a' }, kind)).toEqual(finding);
  });

  test('an empty selector, and pods without labels', () => {
    expect(of({}, {})).toEqual(found('is empty', 'no labels'));
  });

  test.each<[object, object, string]>([
    [tierIn('In', 'a', 'b'), { tier: 'a' }, ''],
    [tierIn('In', 'a', 'b'), { tier: 'c' }, 'asks for tier In (a, b)'],
    [tierIn('NotIn', 'a'), { other: 'a' }, ''],
    [tierIn('NotIn', 'a'), { tier: 'a' }, 'asks for tier NotIn (a)'],
    [tierIn('Exists'), { tier: 'a' }, ''],
    [tierIn('Exists'), { other: 'a' }, 'asks for tier Exists'],
    [tierIn('DoesNotExist'), { other: 'a' }, ''],
    [tierIn('DoesNotExist'), { tier: 'a' }, 'asks for tier DoesNotExist'],
    [tierIn('Wrong'), { tier: 'a' }, 'asks for tier Wrong'],
    [{ ...web, ...tierIn('Exists') }, { tier: 'a' }, 'asks for app=web, tier Exists'],
  ])('the expression %j for pods with %j', (selector, labels, asked) => {
    const [[key, value] = []] = Object.entries(labels) as [string, string][];
    const expected = asked === '' ? [] : found(asked, `${String(key)}=${String(value)}`);
    expect(of(selector, labels)).toEqual(expected);
  });
});

describe('selector-matches-nothing:', () => {
  const of = (object: object) =>
    findings('selector-matches-nothing', { web: deployment(), asker: object });
  const found = (what: string, message: string) => [
    `[demo/asker in dev] ${what}/x: ${message} (selector-matches-nothing).`,
  ];
  const nothing = (path: string, asked: string) =>
    `${path} asks for ${asked}, but no pod in its namespace has that; correct the selector, or the labels of the pods`;

  test('a Service', () => {
    const service = (selector: object | undefined) =>
      object('v1', 'Service', 'x', { spec: { selector } });
    expect(of(service({ app: 'web' }))).toEqual([]);
    expect(of(service(undefined))).toEqual([]);
    expect(of(service({ app: 'web', tier: 'a' }))).toEqual(
      found('Service', nothing('/spec/selector', 'app=web, tier=a')),
    );
  });

  test('a disruption budget', () => {
    const budget = (spec: object) => object('policy/v1', 'PodDisruptionBudget', 'x', { spec });
    expect(of(budget({ selector: web }))).toEqual([]);
    expect(of(budget({ selector: {} }))).toEqual([]);
    expect(of(budget({ selector: tierIn('Exists') }))).toEqual(
      found('PodDisruptionBudget', nothing('/spec/selector', 'tier Exists')),
    );
    expect(of(budget({ maxUnavailable: 1 }))).toEqual(
      found(
        'PodDisruptionBudget',
        '/spec/selector is missing, so that it picks no pod; add a selector',
      ),
    );
  });

  test('a network policy, unless it is for all pods', () => {
    const policy = (podSelector: object, metadata?: object) =>
      object('networking.k8s.io/v1', 'NetworkPolicy', 'x', { spec: { podSelector } }, metadata);
    expect(of(policy(web))).toEqual([]);
    expect(of(policy({}))).toEqual([]);
    const finding = found('NetworkPolicy', nothing('/spec/podSelector', 'app=api'));
    expect(of(policy({ matchLabels: { app: 'api' } }))).toEqual(finding);
    expect(of(policy(web, { namespace: 'elsewhere' }))).toEqual(
      found('NetworkPolicy', nothing('/spec/podSelector', 'app=web')),
    );
  });

  test('what asks for nothing is no finding where there are no pods', () => {
    const service = object('v1', 'Service', 'x', { spec: {} });
    const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'x', {
      spec: { podSelector: {} },
    });
    expect(findings('selector-matches-nothing', { service, policy })).toEqual([]);
    const budget = object('policy/v1', 'PodDisruptionBudget', 'x', { spec: { selector: {} } });
    expect(findings('selector-matches-nothing', { asker: budget })).toEqual(
      found('PodDisruptionBudget', nothing('/spec/selector', 'all pods')),
    );
  });

  test('pods of a Job, of a CronJob, and pods themselves are pods', () => {
    const labels = { app: 'web' };
    const pods = { metadata: { labels }, spec: { containers: [{ name: 'c' }] } };
    const service = object('v1', 'Service', 'x', { spec: { selector: labels } });
    for (const maker of [
      object('batch/v1', 'Job', 'j', { spec: { template: pods } }),
      object('batch/v1', 'CronJob', 'j', { spec: { jobTemplate: { spec: { template: pods } } } }),
      object('v1', 'Pod', 'j', { spec: pods.spec }, { labels }),
      object('v1', 'PodTemplate', 'j', { template: pods }),
      object('argoproj.io/v1alpha1', 'Rollout', 'j', { spec: { template: pods } }),
    ]) {
      expect(findings('selector-matches-nothing', { maker, service })).toEqual([]);
    }
  });
});

describe('selector-shared:', () => {
  const one = workload('Deployment', 'one', web, { app: 'web', name: 'one' });

  test('two controllers that pick the same pods are both found', () => {
    const two = workload('StatefulSet', 'two', web, { app: 'web' });
    const found = (id: string, what: string, other: string) =>
      `[demo/${id} in dev] ${what}/${id}: /spec/selector asks for app=web, which the pods of ${other} have too; add a label that only its own pods have, to the selector and to the pod template (selector-shared).`;
    expect(findings('selector-shared', { one, two })).toEqual([
      found('one', 'Deployment', 'StatefulSet/two (demo/two)'),
      found('two', 'StatefulSet', 'Deployment/one (demo/one)'),
    ]);
  });

  test('two kinds of one name are two controllers', () => {
    const other = workload(
      'DaemonSet',
      'one',
      { matchLabels: { name: 'x' } },
      { name: 'x', app: 'web' },
    );
    expect(findings('selector-shared', { one, other })).toHaveLength(1);
  });

  test('one that picks the pods of another is found', () => {
    const two = workload(
      'Deployment',
      'two',
      { matchLabels: { name: 'two' } },
      { app: 'web', name: 'two' },
    );
    expect(findings('selector-shared', { one, two })).toEqual([
      '[demo/one in dev] Deployment/one: /spec/selector asks for app=web, which the pods of Deployment/two (demo/two) have too; add a label that only its own pods have, to the selector and to the pod template (selector-shared).',
    ]);
  });

  test('an empty selector and a second object of the same name are told by other checks', () => {
    const empty = workload('Deployment', 'empty', {}, { app: 'web' });
    expect(findings('selector-shared', { empty, other: deployment({}, {}, 'api') })).toEqual([
      '[demo/other in dev] Deployment/api: /spec/selector asks for app=web, which the pods of Deployment/empty (demo/empty) have too; add a label that only its own pods have, to the selector and to the pod template (selector-shared).',
    ]);
    expect(findings('selector-shared', { one, again: one })).toEqual([]);
  });

  test('pods of Jobs, of other namespaces and with other labels are not shared', () => {
    const pods = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c' }] } };
    const job = object('batch/v1', 'Job', 'j', { spec: { template: pods } });
    const other = workload('Deployment', 'other', { matchLabels: { app: 'api' } }, { app: 'api' });
    const elsewhere = object(
      'apps/v1',
      'Deployment',
      'two',
      { spec: { selector: web, template: pods } },
      { namespace: 'x' },
    );
    expect(findings('selector-shared', { one, job, other, elsewhere })).toEqual([]);
  });
});
