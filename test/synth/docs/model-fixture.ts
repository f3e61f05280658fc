import type { Model, System } from '../../../synth/model';

/* A small platform as the pages are told of it: a store, its backup, an agent, and a service. */

const environments = ['dev', 'prod'];
const every = { environments };
const prod = { environments: ['prod'] };
const dev = { environments: ['dev'] };

const system = (tier: string, name: string, kind: string, more: Partial<System>): System => ({
  ...{ tier, name, kind, environments },
  ...{ scale: [], schedule: [], images: [], ports: [], scrapes: [], stores: [], routes: [] },
  ...{ connections: [], peers: [], secrets: [], backsUp: [] },
  ...more,
});
const db = { tier: 'data', name: 'db' };
const dns = { direction: 'out', kind: 'namespace', name: 'kube-system', ports: ['53', '53/UDP'] };
const asksDns = { ...dns, ...every } as System['peers'][number];

/** A name that no object can have, in all places where names are. */
export const ODD = 'od"d|[x(y)]`z` <b>';

export const small: Model = {
  version: 1,
  platform: { name: 'shop', version: '1.2.3', description: 'A *small* shop.' },
  environments: [
    { name: 'dev', summary: 'small.' },
    { name: 'prod', summary: 'public.' },
  ],
  tiers: [
    {
      ...{ name: 'data', description: 'Stores.' },
      namespaces: [
        { namespace: 'dev-data', ...dev },
        { namespace: 'data', ...prod },
      ],
    },
    { name: 'app', description: 'Services.', namespaces: [{ namespace: 'app', ...every }] },
    { name: 'later', description: 'Nothing yet.', namespaces: [] },
  ],
  secrets: [
    {
      ...{ tier: 'data', name: 'db' },
      makers: [
        { by: 'data/make-secrets', ...dev },
        { by: '', ...prod },
      ],
    },
    { tier: 'app', name: 'web-db', makers: [{ by: 'ExternalSecret', ...every }] },
  ],
  systems: [
    system('data', 'db', 'StatefulSet', {
      component: 'database',
      scale: [
        { min: 1, max: 1, ...dev },
        { min: 3, max: 3, ...prod },
      ],
      images: [
        { container: 'db', image: 'example/db:1.0', init: false, ...every },
        { container: 'prepare', image: 'example/tool:2.0', init: true, ...every },
      ],
      ports: [
        {
          ...{ port: 5432, protocol: 'TCP', name: 'db', container: 'db', purpose: 'The database.' },
          ...{ services: ['db:5432'], ...every },
        },
      ],
      stores: [
        { claim: 'data', perPod: true, mount: '/data', size: '1Gi', ...dev },
        { claim: 'data', perPod: true, mount: '/data', size: '9Gi', ...prod },
      ],
      peers: [asksDns],
      secrets: [{ secret: 'db', keys: ['password'], ...every }],
    }),
    system('data', 'dump', 'CronJob', {
      ...prod,
      schedule: [{ cron: '0 3 * * *', timeZone: 'Etc/UTC', suspended: true, ...prod }],
      stores: [{ claim: 'dumps', perPod: false, ...prod }],
      connections: [{ to: db, port: 5432, protocol: 'TCP', required: true, ...prod }],
      peers: [
        asksDns,
        { ...dns, kind: 'anyone', name: '', ports: ['443'], ...prod } as typeof asksDns,
      ],
      backsUp: [{ store: 'db', ...prod }],
    }),
    system('data', 'agent', 'DaemonSet', {
      scrapes: [{ port: 9100, path: '/metrics', ...every }],
      peers: [
        { direction: 'in', kind: 'anyone', name: '', ports: [], ...every },
        { direction: 'out', kind: 'anyone', name: '', ports: [], ...every },
      ],
    }),
    system('app', 'web', 'Deployment', {
      scale: [{ min: 2, max: 9, ...every }],
      ports: [
        { port: 8080, protocol: 'TCP', name: 'http', container: 'web', services: [], ...every },
      ],
      scrapes: [{ port: 9464, path: '/metrics', ...every }],
      routes: [
        { via: 'Ingress', host: 'shop.example', path: '/a', port: 'http', tls: 'web-tls', ...prod },
        { via: 'LoadBalancer', port: '443', ...dev },
      ],
      connections: [
        { to: db, port: 5432, protocol: 'TCP', required: true, secret: 'web-db', ...dev },
        {
          ...{ to: db, port: 5432, protocol: 'TCP', required: true, secret: 'web-db', ...prod },
          external: { host: 'db.example', port: 6432 },
        },
      ],
      peers: [
        asksDns,
        { direction: 'in', kind: 'namespace', name: 'ingress', ports: ['8080'], ...prod },
        { direction: 'out', kind: 'anyone', name: '', ports: ['6432'], ...prod },
        { direction: 'in', kind: 'tier', name: 'later', ports: ['9464'], ...prod },
      ],
      secrets: [{ secret: 'web-db', keys: [], ...every }],
    }),
    system('app', ODD, 'Job', {
      environments: [],
      images: [{ container: ODD, image: ODD, init: false, environments: [] }],
      connections: [
        { to: { tier: 'app', name: 'web' }, port: 8080, protocol: 'UDP', environments: [] },
      ],
    }),
  ],
};
