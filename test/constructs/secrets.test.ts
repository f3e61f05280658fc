import { DevSecrets, Exporter, type StoreLogin } from '../../constructs';
import { mapAt, textAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { Shop, Yaml, store, web, type Tiers } from './fixture';

/* The objects of DevSecrets; what its script does has tests of its own. */

type Login = Pick<StoreLogin, 'clients' | 'root'>;
const password = { random: 32 };
const ACCOUNTS: Login = { root: { username: 'root', password }, clients: 'accounts' };
const SHARED: Login = { root: { password }, clients: 'shared' };

/** Both services log in to db, web alone to cache. */
const shopWith = (login: { db: Login; cache: Login }) =>
  new Shop(({ data, app }: Tiers) => {
    const [db, cache] = [store(data), store(data, 'cache')];
    new DevSecrets(data, 'dev-secrets', {
      values: data.values.secrets,
      logins: [
        { store: db, ...login.db },
        { store: cache, ...login.cache },
      ],
    });
    const { values } = app;
    const [service, admin] = [web(app), web(app, 'admin')];
    service.connectsTo(db.endpoint, { values: values.web.db });
    service.connectsTo(cache.endpoint, { values: values.web.cache, optional: true });
    admin.connectsTo(db.endpoint, { values: values.admin.db });
    // Without a login.
    admin.connectsTo(cache.endpoint);
  });
const shop = shopWith({ db: ACCOUNTS, cache: SHARED });

const generate: JsonMap = { secrets: { generate: true } };
const on = { global: generate };
const namesOfSecrets = (overlay: JsonMap) =>
  shop.names(overlay).filter((name) => name.includes('data-secrets'));

test('the defaults of the Job that makes Secrets', () => {
  const { objects } = shop.yaml('data-secrets', on);
  const isScript = (json: JsonMap) => textAt(json, 'metadata', 'name') === 'data-secrets-script';
  const others = objects.filter((json) => !isScript(json));
  expect(new Yaml(others.map(withoutHashes))).toMatchSnapshot();
});

test('nothing of it is there unless the platform says that Secrets are generated', () => {
  expect(namesOfSecrets({})).toEqual([]);
  expect(namesOfSecrets(on).map((name) => name.replace(/-[0-9a-f]{5}-[0-9a-f]{10}$/, ''))).toEqual([
    'ConfigMap/platform-data/data-secrets-list',
    'ConfigMap/platform-data/data-secrets-script',
    'ServiceAccount/platform-data/data-secrets',
    'NetworkPolicy.networking.k8s.io/platform-data/data-secrets',
    'Job.batch/platform-data/data-secrets',
    'Role.rbac.authorization.k8s.io/platform-data/data-secrets-for-data',
    'RoleBinding.rbac.authorization.k8s.io/platform-data/data-secrets-for-data',
    'Role.rbac.authorization.k8s.io/platform-app/data-secrets-for-app',
    'RoleBinding.rbac.authorization.k8s.io/platform-app/data-secrets-for-app',
  ]);
});

describe('the list', () => {
  const random = { username: 'web', password };

  test('of a store with accounts has one for each client, copied to it alone', () => {
    const { secrets } = list(shopWith({ db: ACCOUNTS, cache: ACCOUNTS }), on);
    expect(secrets).toEqual([
      secret('db', ACCOUNTS.root),
      secret('db-web', random, ['web-db']),
      secret('db-admin', { ...random, username: 'admin' }, ['admin-db']),
      secret('cache', ACCOUNTS.root),
      secret('cache-web', random, ['web-cache']),
    ]);
  });

  test('of a store with one login for all has that one, copied to each client', () => {
    const { secrets } = list(shopWith({ db: SHARED, cache: SHARED }), on);
    expect(secrets).toEqual([
      secret('db', SHARED.root, ['web-db', 'admin-db']),
      secret('cache', SHARED.root, ['web-cache']),
    ]);
  });

  test('has an account for who has rights of its own, also of a store with one login', () => {
    const measured = new Shop(({ data, app }) => {
      const cache = store(data, 'cache');
      const logins = [{ store: cache, ...SHARED }];
      new DevSecrets(data, 'dev-secrets', { values: data.values.secrets, logins });
      new Exporter(cache, { kind: 'redis', values: data.values.cacheExporter });
      web(app).connectsTo(cache.endpoint, { values: app.values.web.cache });
    });
    expect(list(measured, on).secrets).toEqual([
      secret('cache', SHARED.root, ['web-cache']),
      secret('cache-cache-exporter', { username: 'cache-exporter', password }),
    ]);
  });

  test('follows the namespaces and the name of the Secret of a store', () => {
    const global = { ...generate, namespaces: { data: 'stores', app: 'services' } };
    const { secrets } = list(shop, { global, data: { cache: { existingSecret: 'login' } } });
    expect(secrets.at(-1)).toEqual({
      ...secret('login', SHARED.root),
      namespace: 'stores',
      copies: [{ namespace: 'services', name: 'web-cache' }],
    });
  });

  test('never holds a password', () => {
    expect(JSON.stringify(list(shop, on))).not.toMatch(/"password": ?"/);
  });
});

describe('the Job', () => {
  test.each<[string, JsonMap]>([
    ['image', { data: { secrets: { image: { tag: '24.2.0' } } } }],
    ['mirror', { global: { imageRegistry: 'mirror.example' } }],
    ['namespace', { global: { namespaces: { app: 'services' } } }],
    ['Secret', { data: { db: { existingSecret: 'login' } } }],
  ])('is a new one with another %s', (_, overlay) => {
    const other = { ...overlay, global: { ...(overlay['global'] as JsonMap), ...generate } };
    expect(jobName(other)).not.toBe(jobName(on));
  });

  test('reaches the API server, before and after its Service is translated, and nothing else', () => {
    const network = { apiServers: ['10.0.0.1/32', '10.96.0.1/32'] };
    const { spec } = shop.get('NetworkPolicy', 'data-secrets', {
      global: { ...generate, network },
    });
    expect(mapAt(spec)['egress']).toEqual([
      {
        to: network.apiServers.map((cidr) => ({ ipBlock: { cidr } })),
        ports: [{ port: 443 }, { port: 6443 }],
      },
    ]);
    expect(mapAt(spec)).not.toHaveProperty('ingress');
  });
});

describe('the roles', () => {
  const rules = (tier: string, overlay: JsonMap = on) =>
    shop.get('Role', `data-secrets-for-${tier}`, overlay)['rules'];

  test('let it read the Secrets of that namespace by name, and make new ones', () => {
    const secrets = { apiGroups: [''], resources: ['secrets'] };
    const create = { ...secrets, verbs: ['create'] };
    expect(rules('data')).toEqual([
      { ...secrets, verbs: ['get'], resourceNames: ['db', 'db-web', 'db-admin', 'cache'] },
      create,
    ]);
    expect(rules('app')).toEqual([
      { ...secrets, verbs: ['get'], resourceNames: ['web-db', 'admin-db', 'web-cache'] },
      create,
    ]);
  });

  test('follow the name of the Secret of a store', () => {
    const overlay = { ...on, data: { db: { existingSecret: 'login' } } };
    expect(rules('data', overlay)).toMatchObject([
      { resourceNames: ['login', 'db-web', 'db-admin', 'cache'] },
      {},
    ]);
  });

  test.each(['data', 'app'])('of tier %s is for the account of the Job', (tier) => {
    const global = { ...generate, namespaces: { data: 'stores' } };
    const binding = shop.get('RoleBinding', `data-secrets-for-${tier}`, { global });
    expect(binding).toMatchObject({
      roleRef: { kind: 'Role', name: `data-secrets-for-${tier}` },
      subjects: [{ kind: 'ServiceAccount', name: 'data-secrets', namespace: 'stores' }],
    });
  });
});

interface Listed {
  readonly namespace: string;
  readonly name: string;
  readonly data: unknown;
  readonly copies: readonly { readonly namespace: string; readonly name: string }[];
}

/** The file that the script reads. */
function list(from: Shop, overlay: JsonMap): { readonly secrets: readonly Listed[] } {
  const file = textAt(from.get('ConfigMap', 'data-secrets-list', overlay), 'data', 'secrets.json');
  return JSON.parse(file) as { readonly secrets: readonly Listed[] };
}

const secret = (name: string, data: unknown, copies: readonly string[] = []): Listed => ({
  namespace: 'platform-data',
  name,
  data,
  copies: copies.map((copy) => ({ namespace: 'platform-app', name: copy })),
});

function jobName(overlay: JsonMap): string {
  const jobs = shop.objects(overlay).filter(({ kind }) => kind === 'Job');
  expect(jobs).toHaveLength(1);
  return textAt(jobs[0], 'metadata', 'name');
}

/** The script changes for reasons of its own, and its hash is in the list. */
function withoutHashes(json: JsonMap): JsonMap {
  const text = JSON.stringify(json)
    .replace(/(data-secrets)-[0-9a-f]{5}-[0-9a-f]{10}"/, '$1-(hash)"')
    .replace(/[0-9a-f]{64}/g, '(hash)');
  return JSON.parse(text) as JsonMap;
}
