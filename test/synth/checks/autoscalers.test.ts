import { deployment, findings, object } from './fixture';

/* What autoscalers may not do, alone and together. */

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const hpa = (spec: object, name = 'web', metadata = {}) =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    name,
    { spec: { scaleTargetRef: target, ...spec } },
    metadata,
  );
const scaled = (spec: object) =>
  object('keda.sh/v1alpha1', 'ScaledObject', 'keda', {
    spec: { scaleTargetRef: { name: 'web' }, ...spec },
  });

describe('autoscaler-range:', () => {
  const of = (scaler: object) => findings('autoscaler-range', { web: deployment(), scaler });
  const found = (what: string, fewest: number, most: number) => [
    `[demo/scaler in dev] ${what}: /spec has ${String(fewest)} pods at least and ${String(most)} at most, which the API server refuses; raise the maximum, or lower the minimum (autoscaler-range).`,
  ];

  test('a minimum above the maximum is found', () => {
    const what = 'HorizontalPodAutoscaler/web';
    expect(of(hpa({ minReplicas: 6, maxReplicas: 5 }))).toEqual(found(what, 6, 5));
    // One pod is the least where nothing is said.
    expect(of(hpa({ maxReplicas: 0 }))).toEqual(found(what, 1, 0));
    expect(of(scaled({ minReplicaCount: 101 }))).toEqual(found('ScaledObject/keda', 101, 100));
  });

  test('a minimum up to the maximum is not', () => {
    expect(of(hpa({ minReplicas: 5, maxReplicas: 5 }))).toEqual([]);
    expect(of(hpa({ maxReplicas: 1 }))).toEqual([]);
    expect(of(scaled({ maxReplicaCount: 0 }))).toEqual([]);
  });
});

describe('autoscaler-shared:', () => {
  const of = (...scalers: object[]) =>
    findings('autoscaler-shared', { web: deployment(), ...Object.fromEntries(scalers.entries()) });

  test('two autoscalers of one workload are found', () => {
    expect(of(hpa({}), hpa({}, 'other'))).toEqual([
      '[demo/1 in dev] HorizontalPodAutoscaler/other: /spec/scaleTargetRef names Deployment/web, which HorizontalPodAutoscaler/web (demo/0) scales already, so that the number of pods swings; put the metrics of both into one (autoscaler-shared).',
    ]);
    expect(of(hpa({}), scaled({}))).toHaveLength(1);
  });

  test('autoscalers of others, and of other namespaces, are not', () => {
    const scaleTargetRef = { ...target, name: 'api' };
    expect(of(hpa({}), hpa({ scaleTargetRef }, 'other'))).toEqual([]);
    expect(of(hpa({}), hpa({}, 'web', { namespace: 'elsewhere' }))).toEqual([]);
  });
});
