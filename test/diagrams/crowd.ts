import type { Model, System } from '../../synth/model';

/* A platform of twenty systems: stores with exporters, services that use them, a gateway. */

const environments = ['dev', 'staging', 'prod'];
const every = { environments };

const system = (tier: string, name: string, kind: string, more: Partial<System> = {}): System => ({
  ...{ tier, name, kind, environments },
  ...{ scale: [], schedule: [], images: [], ports: [], scrapes: [], stores: [], routes: [] },
  ...{ connections: [], peers: [], secrets: [], backsUp: [] },
  ...more,
});

type Connections = System['connections'];
const to = (tier: string, name: string, port: number, required = true, secret?: string) => ({
  ...{ to: { tier, name }, port, protocol: 'TCP', required, ...every },
  ...(secret !== undefined && { secret }),
});

const stores = ['postgres', 'mysql', 'redis', 'memcached'];
const portOf = (store: string) => 5000 + stores.indexOf(store);
const storeAt = (index: number) => stores[index % stores.length] ?? '';
const services = Array.from({ length: 10 }, (_, index) => `service-${String(index)}`);

/** Each uses a store, every third a second one, every fourth another service. */
const connectionsOf = (name: string, index: number): Connections => [
  to('data', storeAt(index), portOf(storeAt(index)), true, `${name}-${storeAt(index)}`),
  ...(index % 3 === 0
    ? [to('data', storeAt(index + 2), portOf(storeAt(index + 2)), false, `${name}-cache`)]
    : []),
  ...(index % 4 === 1 ? [to('app', `service-${String(index - 1)}`, 3099 + index)] : []),
];

const data = { claim: 'data', perPod: true, size: '10Gi', ...every };
const backups = { claim: 'backups', perPod: false, size: '100Gi', ...every };

export const crowd: Model = {
  version: 1,
  platform: { name: 'crowd', version: '1.0.0', description: 'Many.' },
  environments: environments.map((name) => ({ name, summary: 'one of three.' })),
  tiers: ['data', 'app', 'network'].map((name) => ({
    ...{ name, description: 'A tier.', namespaces: [{ namespace: name, ...every }] },
  })),
  secrets: services.map((name, index) => ({
    ...{ tier: 'app', name: `${name}-${storeAt(index)}` },
    makers: [{ by: 'ExternalSecret', ...every }],
  })),
  systems: [
    ...stores.map((store) => system('data', store, 'StatefulSet', { stores: [data] })),
    ...stores.map((store) =>
      system('data', `${store}-exporter`, 'Deployment', {
        connections: [to('data', store, portOf(store), false)],
      }),
    ),
    system('data', 'backups', 'CronJob', {
      connections: stores.slice(0, 3).map((store) => to('data', store, portOf(store))),
      backsUp: stores.slice(0, 3).map((store) => ({ store, ...every })),
      stores: [backups],
    }),
    ...services.map((name, index) =>
      system('app', name, 'Deployment', { connections: connectionsOf(name, index) }),
    ),
    system('network', 'gateway', 'Deployment', {
      connections: services.slice(0, 6).map((name, index) => to('app', name, 3100 + index, false)),
    }),
  ],
};
