import { changesIn } from '../../../scripts/diff/changes';
import { refusals } from '../../../scripts/diff/immutable';
import type { Parsed } from '../../../synth/proof/parse';

type Manifest = Record<string, Parsed>;

const refused = (kind: string, before: Manifest, after: Manifest) =>
  refusals(kind, before, changesIn(before, after));
const ANEW = 'delete it and apply it again, or give the new one another name.';

test('a StatefulSet keeps all but a few fields', () => {
  const claim = (size: string) => [{ metadata: { name: 'data' }, spec: { storage: size } }];
  const spec = { replicas: 1n, serviceName: 'a', volumeClaimTemplates: claim('1Gi') };
  const changed = { replicas: 2n, serviceName: 'b', volumeClaimTemplates: claim('2Gi') };
  expect(refused('StatefulSet.apps', { spec }, { spec: changed })).toEqual([
    'spec.serviceName, spec.volumeClaimTemplates cannot change in a StatefulSet that exists; delete it with kubectl delete --cascade=orphan, which leaves its pods and claims, and apply it again.',
  ]);
  expect(refused('StatefulSet.apps', { spec }, { spec: { ...spec, replicas: 2n } })).toEqual([]);
});

const labels = (app: string) => ({ matchLabels: { app } });

test.each([
  [
    'Deployment.apps',
    'spec.selector',
    { spec: { selector: labels('a') } },
    { spec: { selector: labels('b') } },
  ],
  [
    'DaemonSet.apps',
    'spec.selector',
    { spec: { selector: labels('a') } },
    { spec: { selector: labels('b') } },
  ],
  [
    'Job.batch',
    'spec.template',
    { spec: { template: { a: 1n } } },
    { spec: { template: { a: 2n } } },
  ],
  ['Service', 'spec.clusterIP', { spec: { clusterIP: 'None' } }, { spec: {} }],
  [
    'RoleBinding.rbac.authorization.k8s.io',
    'roleRef',
    { roleRef: { name: 'a' } },
    { roleRef: { name: 'b' } },
  ],
  ['StorageClass.storage.k8s.io', 'provisioner', { provisioner: 'a' }, { provisioner: 'b' }],
  ['PriorityClass.scheduling.k8s.io', 'value', { value: 1n }, { value: 2n }],
  ['Secret', 'type', { type: 'a' }, { type: 'b' }],
  [
    'ConfigMap',
    'data',
    { immutable: true, data: { a: '1' } },
    { immutable: true, data: { a: '2' } },
  ],
])('%s keeps %s', (kind, field, before, after) => {
  const [name = ''] = kind.split('.');
  expect(refused(kind, before, after)).toEqual([
    `${field} cannot change in a ${name} that exists; ${ANEW}`,
  ]);
});

test.each([
  ['Deployment.apps', { spec: { template: { a: 1n } } }, { spec: { template: { a: 2n } } }],
  ['Job.batch', { spec: { suspend: true } }, { spec: { suspend: false } }],
  ['Service', { spec: { ports: [80n] } }, { spec: { ports: [81n] } }],
  ['ConfigMap', { data: { a: '1' } }, { data: { a: '2' } }],
  [
    'Pod',
    { spec: { containers: [{ name: 'a', image: 'b' }] } },
    { spec: { containers: [{ name: 'a', image: 'c' }] } },
  ],
  ['CronJob.batch', { spec: { schedule: 'a' } }, { spec: { schedule: 'b' } }],
])('%s lets other fields change', (kind, before, after) => {
  expect(refused(kind, before, after)).toEqual([]);
});

test('a Service that becomes an ExternalName, or was one, has no address to keep', () => {
  const [headless, name] = [{ clusterIP: 'None' }, { type: 'ExternalName', externalName: 'a.b' }];
  expect(refused('Service', { spec: headless }, { spec: name })).toEqual([]);
  expect(refused('Service', { spec: name }, { spec: headless })).toEqual([]);
});

test('a claim grows, and nothing else', () => {
  const claim = (storage: string, mode = 'a') => ({
    spec: { accessModes: [mode], resources: { requests: { storage } } },
  });
  const kind = 'PersistentVolumeClaim';
  expect(refused(kind, claim('900Mi'), claim('1Gi'))).toEqual([]);
  expect(refused(kind, claim('1Gi'), claim('1G'))).toEqual([
    'spec.resources.requests.storage of a claim that exists can only grow; copy the data to a claim of another name.',
  ]);
  expect(refused(kind, claim('1Gi'), claim('1Gi', 'b'))).toEqual([
    'spec.accessModes cannot change in a PersistentVolumeClaim that exists; copy the data to a claim of another name.',
  ]);
});
