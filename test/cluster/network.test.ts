import { written, type Written } from './kube';
import { differencesAmong, trafficAmong, type Differences } from './traffic';

/* That the comparison with what was declared, which plain.test.ts makes of the applied objects, sees a
 * policy that is missing, and one that lets too much or too little through. */

interface Rule {
  readonly from?: readonly object[];
  readonly to?: readonly object[];
  readonly ports?: readonly { readonly port: number }[];
}
interface Spec {
  readonly podSelector: object;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

const prod = written('prod') as readonly (Written & { readonly spec?: Spec })[];
const differences = (all: readonly Written[]): Differences =>
  differencesAmong(all, trafficAmong(all));
const labels = (name: string) => ({ matchLabels: { 'app.kubernetes.io/name': name } });

/** All objects of prod, with other policies of some names, or none. */
function having(changes: Readonly<Record<string, (spec: Spec) => Partial<Spec> | undefined>>) {
  const changed: string[] = [];
  const all = prod.flatMap((one): Written[] => {
    const { name } = one.metadata;
    const change = one.kind === 'NetworkPolicy' ? changes[name] : undefined;
    if (change === undefined || one.spec === undefined) return [one];
    changed.push(name);
    const other = change(one.spec);
    return other === undefined ? [] : [{ ...one, spec: { ...one.spec, ...other } } as Written];
  });
  expect(changed.sort()).toEqual(Object.keys(changes).sort());
  return all;
}

test('there is no difference as it is written', () => {
  expect(differences(prod)).toEqual({ more: [], less: [] });
});

test('a missing policy cuts its pods off, since each namespace denies by default', () => {
  const less = ['node-service -> redis 6379/TCP', 'redis-exporter -> redis 6379/TCP'];
  expect(differences(having({ redis: () => undefined }))).toEqual({ more: [], less });
});

test('a namespace that does not deny by default is open where no other policy says a thing', () => {
  const all = having({ redis: () => undefined }).filter(
    ({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata.name !== 'data-default-deny',
  );
  expect(differences(all).more).toEqual(
    expect.arrayContaining([
      'somebody-else -> redis 6379/TCP',
      'the internet -> redis 22/TCP',
      'redis -> the internet 443/TCP',
    ]),
  );
});

test('a policy for other pods than its own is seen', () => {
  const podSelector = labels('mongo');
  const { less } = differences(having({ mongodb: () => ({ podSelector }) }));
  expect(less).toContain('node-service -> mongodb 27017/TCP');
});

test('an additional policy that lets all in is seen', () => {
  const open = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'open', namespace: 'platform-app' },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] },
  };
  const { more, less } = differences([...prod, open]);
  expect(less).toEqual([]);
  expect(more).toContain('somebody-else -> node-service 22/TCP');
  expect(more.filter((one) => !one.includes('-> node-service '))).toEqual([]);
});

test('a peer that is named by labels alone lets in whoever has them elsewhere', () => {
  const from = [{ namespaceSelector: {}, podSelector: labels('node-service') }];
  const all = having({ redis: () => ({ ingress: [{ from, ports: [{ port: 6379 }] }] }) });
  const less = ['redis-exporter -> redis 6379/TCP'];
  expect(differences(all)).toEqual({ more: ['somebody-else -> redis 6379/TCP'], less });
});

test('two sides that open too much together are seen', () => {
  const all = having({
    redis: ({ ingress = [] }) => ({ ingress: [...ingress, { from: [{ podSelector: {} }] }] }),
    'mongodb-backup': ({ egress = [] }) => ({
      egress: [...egress, { to: [{ podSelector: labels('redis') }], ports: [{ port: 6379 }] }],
    }),
  });
  expect(differences(all)).toEqual({ more: ['mongodb-backup -> redis 6379/TCP'], less: [] });
});

test('a port that is missing on one side is seen', () => {
  const all = having({ 'nginx-backend': () => ({ ingress: [] }) });
  expect(differences(all)).toEqual({ more: [], less: ['gateway -> nginx-backend 8082/TCP'] });
});
