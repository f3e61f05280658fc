import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testUnless } from '../configs/programs';
import { good } from './good';
import { validatorPrograms } from './go-programs';
import { denied } from './programs/conftest';

/* Each policy denies an object that is bad in its way only. */

const program = validatorPrograms.find('conftest');
const testIt = testUnless(program === undefined ? 'no conftest' : undefined);
const folder = mkdtempSync(join(tmpdir(), 'twinchart-policies-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What is changed in the good objects: the value at a path, or nothing there. */
type Change = readonly [path: string, value?: unknown];

const POD = 'Deployment.spec.template.spec';
const CONTAINER = `${POD}.containers.0`;
const NOTE = 'Deployment.spec.template.metadata.annotations';
const JOB = 'CronJob.spec.jobTemplate.spec';

const BAD: readonly (readonly [rule: string, change: Change])[] = [
  ['run-as-non-root', [`${POD}.securityContext.runAsNonRoot`]],
  ['run-as-non-root', [`${CONTAINER}.securityContext.runAsNonRoot`, false]],
  ['run-as-user', [`${POD}.securityContext.runAsUser`]],
  ['run-as-user', [`${POD}.securityContext.runAsUser`, 0]],
  ['privileged', [`${CONTAINER}.securityContext.privileged`, true]],
  ['privilege-escalation', [`${CONTAINER}.securityContext.allowPrivilegeEscalation`]],
  ['read-only-root', [`${CONTAINER}.securityContext.readOnlyRootFilesystem`, false]],
  ['capabilities-drop', [`${CONTAINER}.securityContext.capabilities.drop`, ['NET_RAW']]],
  ['capabilities-drop', [`${CONTAINER}.securityContext.capabilities`]],
  ['capabilities-add', [`${CONTAINER}.securityContext.capabilities.add`, ['SYS_ADMIN']]],
  ['seccomp', [`${POD}.securityContext.seccompProfile`]],
  ['seccomp', [`${POD}.securityContext.seccompProfile`, { type: 'Unconfined' }]],
  ['host-namespaces', [`${POD}.hostPID`, true]],
  ['host-path', [`${POD}.volumes.0`, { name: 'etc', hostPath: { path: '/etc' } }]],
  ['host-ports', [`${CONTAINER}.ports.0.hostPort`, 80]],
  ['empty-dir-size', [`${POD}.volumes.0.emptyDir`, {}]],
  ['image-tag', [`${CONTAINER}.image`, 'registry.example/web:latest']],
  ['image-tag', [`${CONTAINER}.image`, 'registry.example:5000/web']],
  ['image-registry', [`${CONTAINER}.image`, 'web:1.2.3']],
  ['resources', [`${CONTAINER}.resources.limits`]],
  ['resources', [`${CONTAINER}.resources.requests.cpu`]],
  ['secret-in-env', [`${CONTAINER}.env.0`, { name: 'DB_PASSWORD', value: 'hunter2' }]],
  ['liveness-probe', [`${CONTAINER}.livenessProbe`]],
  ['readiness-probe', [`${CONTAINER}.readinessProbe`]],
  ['same-probes', [`${CONTAINER}.livenessProbe`, { httpGet: { port: 80, path: '/' } }]],
  ['spread', [`${POD}.topologySpreadConstraints.0.topologyKey`, 'topology.kubernetes.io/zone']],
  ['disruption-budget', ['PodDisruptionBudget.spec.maxUnavailable', 0]],
  ['disruption-budget', ['PodDisruptionBudget.spec.unhealthyPodEvictionPolicy']],
  ['job-ends', [`${JOB}.activeDeadlineSeconds`]],
  ['cron-job', ['CronJob.spec.concurrencyPolicy']],
  ['cron-job', ['CronJob.spec.startingDeadlineSeconds']],
  ['labels', ['Service.metadata.labels', { app: 'web' }]],
  ['labels', ['Service.metadata.labels']],
  ['namespace', ['Service.metadata.namespace']],
  ['namespace', ['Service.metadata.namespace', 'default']],
  ['no-secret', ['Service.kind', 'Secret']],
  [
    'namespace-pod-security',
    ['Namespace.metadata.labels.pod-security\u0000kubernetes\u0000io/enforce', 'baseline'],
  ],
  ['token', [`${POD}.automountServiceAccountToken`, true]],
  ['rbac-wildcard', ['ClusterRole.rules.0.verbs', ['*']]],
  ['rbac-escalation', ['ClusterRole.rules.0.verbs', ['escalate']]],
  ['rbac-secrets', ['ClusterRole.rules.0.resources', ['secrets']]],
  ['rbac-admin', ['RoleBinding.roleRef.name', 'cluster-admin']],
  ['service-type', ['Service.spec.type', 'NodePort']],
  ['external-ips', ['Service.spec.externalIPs', ['192.0.2.1']]],
  ['ingress-host', ['Ingress.spec.rules.0', { host: '*' }]],
  ['ingress-tls', ['Ingress.spec.tls']],
  ['default-deny', ['NetworkPolicy.spec.podSelector.matchLabels', { other: 'pods' }]],
  ['open-to-all', ['NetworkPolicy.spec.egress.0', {}]],
];

testIt('nothing is denied of objects that are good', () => {
  expect(rulesAfter()).toEqual([]);
});

describe.each(BAD)('%s', (rule, change) => {
  testIt(`denies ${change[0].replaceAll('\u0000', '.')} = ${JSON.stringify(change[1])}`, () => {
    // A host that is a wildcard has no certificate either.
    const expected = rule === 'ingress-host' ? [rule, 'ingress-tls'] : [rule];
    expect(rulesAfter(change)).toEqual(expected);
  });
});

testIt('a shared account with a token is denied', () => {
  const changes: Change[] = [
    [`${POD}.serviceAccountName`, 'default'],
    [`${POD}.automountServiceAccountToken`, true],
  ];
  expect(rulesAfter(...changes)).toEqual(['service-account', 'token']);
});

testIt('a policy that lets everybody in denies nothing any more, too', () => {
  expect(rulesAfter(['NetworkPolicy.spec.ingress', [{}]])).toEqual(['default-deny', 'open-to-all']);
});

describe('what the platform declares', () => {
  const note = (name: string, text: string): Change => [
    `${NOTE}.twinchart\u0000dev/${name.replaceAll('.', '\u0000')}`,
    text,
  ];

  testIt('is an exception with its value and a reason', () => {
    const root: Change = [`${POD}.securityContext.runAsUser`, 0];
    const why = note('pod-security.runAsUser', '0: The kubelet answers root alone.');
    expect(rulesAfter(root, why)).toEqual([]);
    expect(rulesAfter(root, note('pod-security.runAsUser', '0: so'))).toEqual(['run-as-user']);
    expect(rulesAfter(root, note('pod-security.runAsUser', '1: The kubelet answers it.'))).toEqual([
      'run-as-user',
    ]);
  });

  testIt('is a token for an account that has a role, with a reason', () => {
    const token: Change = [`${POD}.automountServiceAccountToken`, true];
    const why = note('service-account-token', 'It lists the pods of its namespace.');
    expect(rulesAfter(token, why)).toEqual([]);
    expect(rulesAfter(token, why, ['RoleBinding.subjects.0.name', 'other'])).toEqual(['token']);
  });
});

test('no policy is without a bad object', () => {
  const policies = join(__dirname, 'policies');
  const text = readdirSync(policies).map((name) => readFileSync(join(policies, name), 'utf8'));
  const rules = [...text.join('\n').matchAll(/finding\("([a-z-]+)"/g)].map(([, rule]) => rule);
  const tested = [...BAD.map(([rule]) => rule), 'service-account'];
  expect([...new Set(rules)].sort()).toEqual([...new Set(tested)].sort());
});

/** Rules that deny the good objects after these changes. */
function rulesAfter(...changes: readonly Change[]): string[] {
  const objects = JSON.parse(JSON.stringify(good())) as Record<string, unknown>;
  for (const [path, value] of changes) {
    // A zero byte stands for a dot within a key.
    const keys = path.split('.').map((key) => key.replaceAll('\u0000', '.'));
    const last = keys.pop() ?? '';
    let at = objects;
    for (const key of keys) at = at[key] as Record<string, unknown>;
    if (value === undefined) Reflect.deleteProperty(at, last);
    else at[last] = value;
  }
  writeFileSync(
    join(folder, 'objects.yaml'),
    Object.values(objects)
      .map((one) => JSON.stringify(one))
      .join('\n---\n'),
  );
  const found = denied(program ?? '', folder).map(({ rule }) => rule);
  return [...new Set(found)].sort();
}
