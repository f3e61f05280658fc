import { modelOf } from '../../synth';
import type { JsonMap } from '../../synth/merge';
import { everything } from './everything';
import { shopOf } from './fixture';

const managed = {
  app: { web: { db: { external: { host: 'db.example', port: 6432 }, existingSecret: 'managed' } } },
};

/** From, to and port of each connection, and what else is told of it. */
const connectionsOf = (overlay = {}) =>
  modelOf(shopOf(everything, overlay)).systems.flatMap((system) =>
    system.connections.map(({ to, port, environments: _, protocol: _tcp, ...rest }) => ({
      is: `${system.name} -> ${to.tier}/${to.name}:${String(port)}`,
      ...rest,
    })),
  );

test('the model has what runs, what comes late too', () => {
  const { systems } = modelOf(shopOf(everything));
  expect(systems.map(({ tier, name, component, kind }) => [tier, name, component, kind])).toEqual([
    ['data', 'db', 'database', 'StatefulSet'],
    ['data', 'cache', 'cache', 'StatefulSet'],
    ['data', 'task', 'task', 'CronJob'],
    ['data', 'data-secrets', 'secrets', 'Job'],
    ['app', 'web', 'api', 'Deployment'],
    ['app', 'admin', 'api', 'Deployment'],
  ]);
});

test('the model has who talks to whom, by which Secret, and who can do without', () => {
  expect(connectionsOf()).toEqual([
    { is: 'task -> data/db:5432', required: true },
    { is: 'web -> data/db:5432', required: true, secret: 'web-db' },
    { is: 'web -> data/cache:6379', required: false, secret: 'web-cache' },
    { is: 'admin -> data/db:5432', required: true, secret: 'admin-db' },
    { is: 'admin -> app/web:3100', required: true },
  ]);
});

test('a connection that goes outside says where to', () => {
  expect(connectionsOf(managed)).toContainEqual({
    is: 'web -> data/db:5432',
    required: true,
    secret: 'managed',
    external: { host: 'db.example', port: 6432 },
  });
});

test('in development a Job makes the Secrets, elsewhere an operator or someone else', () => {
  const makers = (secrets: JsonMap) => {
    const { secrets: found } = modelOf(shopOf(everything, { global: { secrets } }));
    return found.map(({ tier, name, makers }) => [tier, name, makers.map(({ by }) => by).join()]);
  };
  expect(makers({})).toEqual([
    ['data', 'db', ''],
    ['app', 'web-db', ''],
    ['app', 'web-cache', ''],
    ['app', 'admin-db', ''],
  ]);
  expect(new Set(makers({ generate: true }).map(([, , by]) => by))).toEqual(
    new Set(['data/data-secrets']),
  );
  expect(new Set(makers({ external: { enabled: true } }).map(([, , by]) => by))).toEqual(
    new Set(['ExternalSecret']),
  );
});
