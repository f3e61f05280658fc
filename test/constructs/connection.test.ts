import { CronJob, type Address } from '../../constructs';
import { at, listAt, mapAt, textAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { problemsOf } from '../synth/fixture';
import { Shop, store, taskRun, web, type Tiers } from './fixture';

/* What a connection gives to the one that connects; network-policy.test.ts has the policies. */

const address = ({ host, port }: Address) => `${host}:${port}`;

const shop = new Shop(({ data, app }) => {
  const db = store(data);
  const cache = store(data, 'cache', { clientKeys: [] });
  const service = web(app);
  const { values } = app;
  const urls = [
    service.connectsTo(db.endpoint, { values: values.web.db }),
    service.connectsTo(cache.endpoint, { values: values.web.cache, optional: true }),
  ];
  service.config('urls', '/etc/web', { urls: `${urls.map(address).join('\n')}\n` });
  web(app, 'admin').connectsTo(service.endpoint, { prefix: 'SHOP' });
  const { schedule } = data.values.task;
  new CronJob(data, 'task', { component: 'task', schedule, run: taskRun(data) }).connectsTo(
    db.endpoint,
  );
});

const outside = {
  data: { enabled: false },
  app: {
    web: {
      db: { external: { host: 'db.example.org', port: 5433 }, existingSecret: 'managed-db' },
      cache: { external: { host: 'cache.example.org' } },
    },
    admin: {},
  },
};

describe('a connection to another tier', () => {
  test('is made by its full name, which follows the namespace and the domain of the cluster', () => {
    expect(shop.env('Deployment', 'web')).toMatchObject({
      DB_HOST: 'db.platform-data.svc.cluster.local',
      DB_PORT: '5432',
    });
    const global = { clusterDomain: 'k8s.test', namespaces: { data: 'stores' } };
    expect(shop.env('Deployment', 'web', { global })).toMatchObject({
      DB_HOST: 'db.stores.svc.k8s.test',
      DB_PORT: '5432',
    });
  });

  test('to something outside goes where the values say, and needs no tier inside', () => {
    expect(shop.env('Deployment', 'web', outside)).toMatchObject({
      DB_HOST: 'db.example.org',
      DB_PORT: '5433',
      CACHE_HOST: 'cache.example.org',
      CACHE_PORT: '6379',
    });
  });

  test('gives the address to a configuration file too, wherever it leads', () => {
    expect(at(shop.get('ConfigMap', 'web-urls'), 'data', 'urls')).toBe(
      'db.platform-data.svc.cluster.local:5432\ncache.platform-data.svc.cluster.local:6379\n',
    );
    expect(at(shop.get('ConfigMap', 'web-urls', outside), 'data', 'urls')).toBe(
      'db.example.org:5433\ncache.example.org:6379\n',
    );
  });

  test('needs that tier, be it optional or not, where nothing outside is named', () => {
    const because = (endpoint: string) =>
      `[environment test] Tier data is off, but tier app needs its endpoint ${endpoint}; switch data.enabled on, set app.web.${endpoint}.external.host, or app.enabled off.`;
    expect(problemsOf(() => shop.objects({ data: { enabled: false } }))).toEqual([
      because('db'),
      because('cache'),
    ]);
  });
});

describe('a connection within a tier', () => {
  test('is made by the name of the Service; the variables start with the prefix', () => {
    expect(shop.env('Deployment', 'admin')).toEqual({ SHOP_HOST: 'web', SHOP_PORT: '3100' });
  });

  test('has no Secret where it names none, though the other side knows logins', () => {
    expect(shop.env('CronJob', 'task')).toEqual({ DB_HOST: 'db', DB_PORT: '5432' });
    expect(JSON.stringify(shop.pod('CronJob', 'task'))).not.toContain('secret');
  });
});

describe('the Secret of a connection', () => {
  const secrets = (overlay = {}) =>
    listAt(shop.pod('Deployment', 'web', overlay), 'spec', 'volumes')
      .map((volume) => textAt(volume, 'secret', 'secretName'))
      .filter((name) => name !== '');

  test('is mounted where a variable says, with the keys of a client', () => {
    expect(shop.env('Deployment', 'web')['DB_SECRET']).toBe('/run/secrets/db');
    const { spec } = shop.pod('Deployment', 'web');
    expect(spec).toMatchObject({
      containers: [
        {
          volumeMounts: expect.arrayContaining([
            { name: 'db', mountPath: '/run/secrets/db', readOnly: true },
          ]) as unknown,
        },
      ],
    });
    expect(listAt(spec, 'volumes')).toContainEqual({
      name: 'db',
      secret: {
        secretName: 'web-db',
        defaultMode: 0o440,
        items: [
          { key: 'username', path: 'username' },
          { key: 'password', path: 'password' },
        ],
      },
    });
  });

  test('is named after both sides, or by the values', () => {
    expect(secrets()).toEqual(['web-db']);
    expect(secrets(outside)).toEqual(['managed-db']);
  });

  test('is not there where no login is needed', () => {
    expect(shop.env('Deployment', 'web')).not.toHaveProperty('CACHE_SECRET');
  });
});

describe('a connection by value', () => {
  const fill =
    (clientKeys: readonly string[]) =>
    ({ data, app }: Tiers) => {
      const { endpoint } = store(data, 'cache', { clientKeys });
      const values = app.values.web.spare;
      const options = { values, when: values.enabled, optional: true, env: { MODE: 'fast' } };
      web(app).connectsTo(endpoint, options);
    };
  const own = new Shop(fill([]));
  const spare = (values: JsonMap) => ({ app: { web: { spare: values } } });
  const dataOff = { data: { enabled: false } };

  test('is there by default, with its further variables', () => {
    expect(own.env('Deployment', 'web')).toEqual({
      CACHE_HOST: 'cache.platform-data.svc.cluster.local',
      CACHE_PORT: '6379',
      CACHE_MODE: 'fast',
    });
    expect(mapAt(own.get('NetworkPolicy', 'web'), 'spec')).toHaveProperty('egress');
  });

  test('leaves no variable and no way where it is switched off; then the tier may be off, too', () => {
    for (const more of [{}, dataOff]) {
      const overlay = { ...spare({ enabled: false }), ...more };
      expect(own.container('Deployment', 'web', overlay)).not.toHaveProperty('env');
      expect(mapAt(own.get('NetworkPolicy', 'web', overlay), 'spec')).not.toHaveProperty('egress');
    }
  });

  test('can go outside, too', () => {
    const overlay = { ...spare({ external: { host: 'cache.example.org' } }), ...dataOff };
    expect(own.env('Deployment', 'web', overlay)).toMatchObject({
      CACHE_HOST: 'cache.example.org',
      CACHE_PORT: '6379',
    });
    expect(at(own.get('NetworkPolicy', 'web', overlay), 'spec', 'egress')).toEqual([
      { ports: [{ port: 6379 }] },
    ]);
  });

  test('is refused where it is on and its tier off, with all ways out', () => {
    expect(problemsOf(() => own.objects(dataOff))).toEqual([
      '[environment test] Tier data is off, but tier app needs its endpoint cache; switch data.enabled on, set app.web.spare.external.host, or app.web.spare.enabled or app.enabled off.',
    ]);
  });

  test('cannot have a login: its Secret would be mounted where there is no connection', () => {
    const login = ({ data, app }: Tiers) => {
      const { cache, spare: values } = app.values.web;
      const { endpoint } = store(data, 'cache');
      web(app).connectsTo(endpoint, { values: cache, when: values.enabled });
    };
    expect(problemsOf(() => new Shop(login))).toEqual([
      '[app/web] The connection to cache is there by value, but the Secret of its login always; leave out its when.',
    ]);
  });
});
