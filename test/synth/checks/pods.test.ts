import { ApiObject } from 'cdk8s';
import { ChartOnly } from '../../../synth';
import { deployment, deploymentOf, findings, object, type DemoTier } from './fixture';

/* What a pod is to have: probes that differ, network policies, a backup of what it keeps. */

describe('liveness-equals-readiness:', () => {
  const ports = [{ name: 'http', containerPort: 80 }];
  const of = (livenessProbe: object, readinessProbe: object | undefined) =>
    findings('liveness-equals-readiness', {
      web: deploymentOf({ ports, livenessProbe, readinessProbe }),
    });
  const found = [
    '[demo/web in dev] Deployment/web: /spec/template/spec/containers/0/livenessProbe asks what readinessProbe asks, so that container web is killed where it should only wait; let liveness ask whether the process works, and readiness whether it can serve (liveness-equals-readiness).',
  ];

  test.each<object>([
    { httpGet: { path: '/health', port: 'http' } },
    { tcpSocket: { port: 'http' } },
    { exec: { command: ['true'] } },
    { grpc: { port: 80 } },
  ])('the same question %j is found, however often it is asked', (handler) => {
    expect(of({ ...handler, periodSeconds: 5 }, { ...handler, failureThreshold: 9 })).toEqual(
      found,
    );
  });

  test('the same question in two spellings is found', () => {
    const [named, numbered] = [{ port: 'http' }, { path: '/', scheme: 'HTTP', port: 80 }];
    expect(of({ httpGet: named }, { httpGet: numbered })).toEqual(found);
  });

  test('questions that differ are not', () => {
    const get = (path: string) => ({ httpGet: { path, port: 'http' } });
    expect(of(get('/health'), get('/ready'))).toEqual([]);
    expect(of({ tcpSocket: { port: 80 } }, { grpc: { port: 80 } })).toEqual([]);
    expect(of({ tcpSocket: { port: 80 } }, { tcpSocket: { port: 81 } })).toEqual([]);
    expect(of({ tcpSocket: { port: 80 } }, undefined)).toEqual([]);
    expect(findings('liveness-equals-readiness', { web: deployment() })).toEqual([]);
  });
});

describe('pod-without-network-policy:', () => {
  const policy = (
    spec: object,
    podSelector: object = { matchLabels: { app: 'web' } },
    metadata?: object,
  ) =>
    object(
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'web',
      { spec: { podSelector, ...spec } },
      metadata,
    );
  const both = { policyTypes: ['Ingress', 'Egress'] };
  const of = (...policies: object[]) => {
    const named = policies.map((one, index) => [`policy-${String(index)}`, one] as const);
    const objects = { web: deployment(), ...Object.fromEntries(named) };
    return findings('pod-without-network-policy', objects);
  };
  const found = (directions: string) => [
    `[demo/web in dev] Deployment/web: no NetworkPolicy in its namespace selects its pods for ${directions}, so that all such traffic is let through; add one that lists what they talk to (pod-without-network-policy).`,
  ];

  test('a policy for both directions, or one for each', () => {
    expect(of(policy(both))).toEqual([]);
    expect(of(policy(both, {}))).toEqual([]);
    const [one, other] = [
      policy({ policyTypes: ['Ingress'] }),
      policy({ policyTypes: ['Egress'] }),
    ];
    expect(of(one, other)).toEqual([]);
    expect(of(policy({ ingress: [], egress: [] }))).toEqual([]);
  });

  test('a direction without a policy is found', () => {
    expect(of()).toEqual(found('Ingress and Egress'));
    expect(of(policy({}))).toEqual(found('Egress'));
    expect(of(policy({ policyTypes: ['Egress'], ingress: [] }))).toEqual(found('Ingress'));
  });

  test('a policy for other pods or another namespace does not help', () => {
    const elsewhere = policy(both, {}, { namespace: 'elsewhere' });
    const others = policy(both, { matchLabels: { app: 'api' } });
    expect(of(elsewhere, others)).toEqual(found('Ingress and Egress'));
  });

  test('pods in the network of the node and those of helm test need none', () => {
    const fill = (tier: DemoTier) => {
      const pod = object('v1', 'Pod', 'p', { spec: { containers: [] } });
      new ApiObject(new ChartOnly(tier, 'tests'), 'pod', pod);
    };
    const agent = deployment({ hostNetwork: true });
    expect(findings('pod-without-network-policy', { agent }, { fill })).toEqual([]);
  });
});

describe('store-without-backup:', () => {
  const claims = [{ metadata: { name: 'data' } }, { metadata: { name: 'log' } }];
  const store = object('apps/v1', 'StatefulSet', 'db', { spec: { volumeClaimTemplates: claims } });
  const annotations = { 'twinchart.dev/backs-up': 'db' };
  const job = (own: object, pods: object, spec: object = {}) =>
    object(
      'batch/v1',
      'CronJob',
      'dump',
      {
        spec: {
          ...spec,
          jobTemplate: { spec: { template: { metadata: pods, spec: { containers: [] } } } },
        },
      },
      own,
    );
  const of = (backup: object) => findings('store-without-backup', { store, backup });
  const found = [
    '[demo/store in dev] StatefulSet/db: /spec/volumeClaimTemplates keeps data, log, but no CronJob that runs has the annotation twinchart.dev/backs-up: db; annotate the one that backs it up, or waive this check and say why the data can be lost (store-without-backup).',
  ];

  test('a CronJob or its pods say what they back up', () => {
    expect(of(job({ annotations }, {}))).toEqual([]);
    expect(of(job({}, { annotations }))).toEqual([]);
    expect(of(job({ annotations: { 'twinchart.dev/backs-up': 'other, db' } }, {}))).toEqual([]);
  });

  test('a store that no CronJob names is found', () => {
    expect(of(job({}, {}))).toEqual(found);
    expect(of(job({ annotations: { 'twinchart.dev/backs-up': 'other' } }, {}))).toEqual(found);
    expect(of(job({ annotations, namespace: 'elsewhere' }, {}))).toEqual(found);
    expect(of(job({ annotations }, {}, { suspend: true }))).toEqual(found);
  });

  test('a StatefulSet without claims keeps nothing', () => {
    const stateless = object('apps/v1', 'StatefulSet', 'db', { spec: {} });
    expect(findings('store-without-backup', { stateless })).toEqual([]);
  });

  test('backup-of-nothing: the store that a CronJob names is there', () => {
    expect(findings('backup-of-nothing', { store, job: job({ annotations }, {}) })).toEqual([]);
    expect(findings('backup-of-nothing', { job: job({ annotations }, { annotations }) })).toEqual([
      '[demo/job in dev] CronJob/dump: the annotation twinchart.dev/backs-up names "db", but no StatefulSet of that name is made in its namespace; correct the name, or remove the annotation (backup-of-nothing).',
    ]);
  });
});
