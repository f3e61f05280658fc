import { CronJob } from '../../constructs';
import { mapAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { Shop, store, taskRun, web } from './fixture';

const on: JsonMap = { global: { secrets: { external: { enabled: true } } } };

/** db starts with its Secret, the task reads it too, web has one of its own. */
const shop = new Shop(({ data, app }) => {
  const { values } = data;
  const root = { name: values.db.existingSecret, mount: '/run/root', why: 'Root user of db.' };
  const db = store(data).secret('root', { ...root, keys: ['username', 'password'] });
  const { schedule, enabled } = values.task;
  new CronJob(data, 'task', { component: 'task', schedule, when: enabled, run: taskRun(data) })
    .secret('root', { ...root, keys: ['password'] })
    .secret('own', { name: 'task-own', mount: '/run/own', keys: ['token'], why: 'Token.' });
  web(app).connectsTo(db.endpoint, { values: app.values.web.db });
});

const names = (overlay: JsonMap) =>
  shop.names(overlay).filter((name) => name.startsWith('ExternalSecret'));
const of = (name: string, overlay: JsonMap = on) => shop.get('ExternalSecret', name, overlay);

test('the defaults of a Secret from a store outside', () => {
  expect(shop.yaml('data/external-secrets-switch/', on)).toMatchSnapshot();
});

test('there is none unless the platform says so: it is a foreign kind', () => {
  expect(names({})).toEqual([]);
});

test('there is one for each Secret, however many read it', () => {
  const kind = 'ExternalSecret.external-secrets.io';
  expect(names(on)).toEqual([
    `${kind}/platform-data/db`,
    `${kind}/platform-data/task-own`,
    `${kind}/platform-app/web-db`,
  ]);
});

test('it fills the Secret of that name with the keys that are read', () => {
  const key = (secretKey: string) => ({
    secretKey,
    remoteRef: { key: 'web-db', property: secretKey },
  });
  expect(of('web-db')['spec']).toMatchObject({
    target: { name: 'web-db' },
    data: [key('username'), key('password')],
  });
});

test('the name follows the values', () => {
  const app = { web: { db: { existingSecret: 'managed-db' } } };
  expect(of('managed-db', { ...on, app })['spec']).toMatchObject({
    target: { name: 'managed-db' },
    data: [{ remoteRef: { key: 'managed-db' } }, { remoteRef: { key: 'managed-db' } }],
  });
});

test('store and interval are values', () => {
  const external = { enabled: true, store: 'vault', refreshInterval: '5m' };
  expect(mapAt(of('db', { global: { secrets: { external } } }), 'spec')).toMatchObject({
    refreshInterval: '5m',
    secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
  });
});

test('it stays where a workload that reads it is off: another may read it, too', () => {
  const overlay = { ...on, data: { task: { enabled: false } } };
  expect(names(overlay)).toEqual(names(on));
});

test('each Secret is expected once, by the tier whose pods read it, with the reason', () => {
  const expected = shop.expected(on).map(({ namespace, name, why }) => [namespace, name, why]);
  expect(expected).toEqual([
    ['platform-data', 'db', 'Root user of db.'],
    ['platform-data', 'task-own', 'Token.'],
    ['platform-app', 'web-db', 'Login of web at db.'],
    ['platform-app', '', 'Certificate of the public hosts of web.'],
  ]);
});
