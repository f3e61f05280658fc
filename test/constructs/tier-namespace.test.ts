import { TierNamespace, type Privileges } from '../../constructs';
import { listAt, mapAt } from '../../synth/checks/json';
import { allOnInOne, everything, oneNamespace } from './everything';
import { Shop } from './fixture';

const shop = new Shop(({ data, app }) => {
  new TierNamespace(data);
  new TierNamespace(app);
});

test('the defaults of the namespace of a tier', () => {
  expect(shop.yaml('data/namespace/')).toMatchSnapshot();
});

test('each tier has a namespace, whose name is a value', () => {
  const overlay = { global: { namespaces: { data: 'stores' } } };
  expect(shop.names(overlay)).toEqual([
    'Namespace//stores',
    'NetworkPolicy.networking.k8s.io/stores/data-default-deny',
    'Namespace//platform-app',
    'NetworkPolicy.networking.k8s.io/platform-app/app-default-deny',
  ]);
});

test('namespaces that are there already are not made, but nothing is allowed in them either', () => {
  expect(shop.names({ global: { namespaces: { create: false } } })).toEqual([
    'NetworkPolicy.networking.k8s.io/platform-data/data-default-deny',
    'NetworkPolicy.networking.k8s.io/platform-app/app-default-deny',
  ]);
});

describe('a namespace whose pods need more', () => {
  const why: Omit<Privileges, 'when'> = { reason: 'Agents measure nodes.' };
  const privileged = new Shop(({ data }) => {
    new TierNamespace(data, 'namespace', { ...why, when: data.values.task.enabled });
  });
  const metadata = (overlay = {}) =>
    mapAt(privileged.get('Namespace', 'platform-data', overlay), 'metadata');

  test('lets them in, and says why', () => {
    expect(metadata()).toMatchObject({
      labels: {
        'pod-security.kubernetes.io/enforce': 'privileged',
        'pod-security.kubernetes.io/warn': 'privileged',
      },
      annotations: {
        'twinchart.dev/pod-security.enforce': 'privileged: Agents measure nodes.',
      },
    });
  });

  test('is restricted where values leave no such pod', () => {
    const off = metadata({ data: { task: { enabled: false } } });
    expect(off).toMatchObject({
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    });
    expect(off['annotations']).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });
});

test('names are found by the DNS servers of the cluster, and by a cache on the node', () => {
  const network = { dnsNamespace: 'dns', nodeLocalDns: '169.254.20.10/32' };
  const policy = shop.get('NetworkPolicy', 'data-default-deny', { global: { network } });
  expect(listAt(policy, 'spec', 'egress')).toEqual([
    {
      to: [
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'dns' } } },
        { ipBlock: { cidr: '169.254.20.10/32' } },
      ],
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    },
  ]);
});

test('what is denied by default is denied to every pod of the tier', () => {
  const full = new Shop(everything);
  const labels = ['Deployment web', 'Deployment admin', 'StatefulSet db', 'CronJob task'].map(
    (workload) => {
      const [kind = '', name = ''] = workload.split(' ');
      return mapAt(full.pod(kind, name), 'metadata', 'labels');
    },
  );
  for (const tier of ['data', 'app']) {
    const { spec } = full.get('NetworkPolicy', `${tier}-default-deny`);
    expect(spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
    expect(spec).not.toHaveProperty('ingress');
    const { matchLabels } = mapAt(spec, 'podSelector');
    for (const own of labels) expect(own).toMatchObject(matchLabels as object);
  }
});

test('in a namespace that tiers share, no object is there twice', () => {
  const full = new Shop(everything);
  for (const overlay of [oneNamespace, allOnInOne]) {
    const names = full.names(overlay);
    expect(names.filter((name) => !name.includes('/shared/'))).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  }
});
