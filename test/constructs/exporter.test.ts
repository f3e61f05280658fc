import { EXPORTERS, Exporter, clientsOf, type StatefulStore } from '../../constructs';
import { mapAt } from '../../synth/checks/json';
import { Shop, store } from './fixture';

let db: StatefulStore;
let exporter: Exporter;
const shop = new Shop(({ data }) => {
  const { dbExporter, cacheExporter } = data.values;
  db = store(data);
  exporter = new Exporter(db, { kind: 'mongodb', values: dbExporter });
  new Exporter(store(data, 'cache'), { kind: 'redis', values: cacheExporter });
});

test('the defaults of an exporter with arguments', () => {
  expect(shop.yaml('data/db-exporter-switch/db-exporter/')).toMatchSnapshot();
});

test('the defaults of an exporter without arguments', () => {
  expect(shop.yaml('data/cache-exporter-switch/cache-exporter/')).toMatchSnapshot();
});

test('the store lets it in, and it reaches nothing else', () => {
  const { spec } = shop.get('NetworkPolicy', 'db') as { spec: unknown };
  const from = [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'db-exporter' } } }];
  expect(spec).toMatchObject({ ingress: [{ from }] });
});

test('Prometheus may read it where its namespace is named', () => {
  const overlay = { global: { network: { monitoringNamespace: 'monitoring' } } };
  expect(mapAt(shop.get('NetworkPolicy', 'db-exporter', overlay), 'spec')['ingress']).toEqual([
    {
      from: [
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
      ],
      ports: [{ port: 9216 }],
    },
  ]);
});

test('switched off, nothing of it is there', () => {
  const off = { data: { dbExporter: { enabled: false } } };
  expect(shop.find('Deployment', 'db-exporter', off)).toBeUndefined();
  expect(shop.find('NetworkPolicy', 'db-exporter', off)).toBeUndefined();
});

test('its account has the least rights, and can be missing', () => {
  const [client, ...others] = clientsOf(db);
  expect(others).toEqual([]);
  expect(client?.client).toBe(exporter);
  expect(client?.roles).toEqual([
    { role: 'clusterMonitor', db: 'admin' },
    { role: 'read', db: 'local' },
  ]);
  expect(client?.hasOwnSecret).toBe(false);
  expect(client?.when).toBe(exporter.condition);
  expect(exporter.condition).toBeDefined();
});

test('every kind has an exact image, a number for its user and a port of its own', () => {
  const kinds = Object.entries(EXPORTERS);
  expect(new Set(kinds.map(([, { port }]) => port)).size).toBe(kinds.length);
  for (const [, { image, user }] of kinds) {
    expect(image.tag).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(user).toBeGreaterThan(0);
  }
});

test('the exporter of MySQL is not given DATA_SOURCE_NAME, over which it crashed in a loop', () => {
  expect(JSON.stringify(EXPORTERS.mysqld)).not.toContain('DATA_SOURCE_NAME');
  expect(EXPORTERS.mysqld.args('db:3306')).toEqual([
    '--mysqld.address=db:3306',
    '--mysqld.username=$(MYSQLD_EXPORTER_USER)',
  ]);
});
