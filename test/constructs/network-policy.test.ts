import { mapAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { Shop, store, web, type Tiers } from './fixture';

/** Two services of one tier log in to the store of another; one of them asks the other. */
function connected({ data, app }: Tiers): void {
  const db = store(data);
  const service = web(app);
  service.connectsTo(db.endpoint, { values: app.values.web.db });
  const admin = web(app, 'admin');
  admin.connectsTo(db.endpoint, { values: app.values.admin.db });
  admin.connectsTo(service.endpoint, { optional: true });
}
const shop = new Shop(connected);

const pods = (name: string) => ({
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});
const podsIn = (namespace: string, name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  ...pods(name),
});
const policy = (name: string, overlay: JsonMap = {}, from = shop) => {
  const { ingress, egress } = mapAt(from.get('NetworkPolicy', name, overlay), 'spec');
  return { ingress, egress };
};

test('the policies of two connections', () => {
  expect(shop.yaml('/network-policy')).toMatchSnapshot();
});

test('a policy is about the pods of its workload, and denies what it does not name', () => {
  const { matchLabels } = mapAt(shop.get('Deployment', 'web'), 'spec', 'selector');
  expect(shop.get('NetworkPolicy', 'web')['spec']).toMatchObject({
    podSelector: { matchLabels },
    policyTypes: ['Ingress', 'Egress'],
  });
  const alone = new Shop(({ app }) => {
    web(app);
  });
  expect(policy('web', {}, alone)).toEqual({});
});

test('a connection opens both sides: across tiers by the namespace, too', () => {
  expect(policy('db').ingress).toEqual([
    {
      from: [podsIn('platform-app', 'web'), podsIn('platform-app', 'admin')],
      ports: [{ port: 5432 }],
    },
  ]);
  expect(policy('web').egress).toEqual([
    { to: [podsIn('platform-data', 'db')], ports: [{ port: 5432 }] },
  ]);
});

test('a connection within a tier is one between pods of the namespace', () => {
  expect(policy('web').ingress).toEqual([{ from: [pods('admin')], ports: [{ port: 3100 }] }]);
  expect(policy('admin').egress).toContainEqual({ to: [pods('web')], ports: [{ port: 3100 }] });
});

test('the names of the namespaces are values', () => {
  const overlay = { global: { namespaces: { data: 'stores', app: 'services' } } };
  expect(policy('db', overlay).ingress).toMatchObject([
    { from: [podsIn('services', 'web'), podsIn('services', 'admin')] },
  ]);
  expect(policy('web', overlay).egress).toMatchObject([{ to: [podsIn('stores', 'db')] }]);
});

test('of two connections each has a rule of its own', () => {
  expect(policy('admin').egress).toEqual([
    { to: [podsIn('platform-data', 'db')], ports: [{ port: 5432 }] },
    { to: [pods('web')], ports: [{ port: 3100 }] },
  ]);
});

test('a port that somebody connects to twice is opened once, to each of them once', () => {
  const twice = new Shop(({ data, app }) => {
    const { endpoint } = store(data);
    const service = web(app);
    service.connectsTo(endpoint, { prefix: 'READ' });
    service.connectsTo(endpoint, { prefix: 'WRITE' });
    web(app, 'admin').connectsTo(endpoint);
  });
  expect(policy('db', {}, twice).ingress).toEqual([
    {
      from: [podsIn('platform-app', 'web'), podsIn('platform-app', 'admin')],
      ports: [{ port: 5432 }],
    },
  ]);
});

// Policies know no host names.
test('to something outside its port is open, and nothing else', () => {
  const db = { external: { host: 'db.example.org', port: 5433 } };
  expect(policy('web', { app: { web: { db } } }).egress).toEqual([{ ports: [{ port: 5433 }] }]);
});

test('an optional connection is let through as a required one is', () => {
  const required = new Shop((tiers) => {
    web(tiers.app, 'admin').connectsTo(web(tiers.app).endpoint);
  });
  const optional = new Shop((tiers) => {
    web(tiers.app, 'admin').connectsTo(web(tiers.app).endpoint, { optional: true });
  });
  expect(optional.objects()).toEqual(required.objects());
});
