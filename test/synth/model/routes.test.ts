import { object } from '../checks/fixture';
import { listening, modelWith, service, systemOf, workload } from './fixture';

/* Where systems are reached from outside. */

const web = {
  web: workload('Deployment', 'web', { containers: [listening('web', 8080)] }),
  service: service('web', 80, {}, { name: 'http', targetPort: 'http' }),
};
const routesOf = (objects: Readonly<Record<string, object>>) =>
  systemOf(modelWith({ ...web, ...objects }), 'web').routes.map(
    ({ environments: _, ...route }) => route,
  );

const ingress = (spec: object) => object('networking.k8s.io/v1', 'Ingress', 'web', { spec });
const backend = (name = 'web', port: object = { name: 'http' }) => ({ service: { name, port } });

test('an Ingress has hosts, paths and certificates', () => {
  const paths = [{ path: '/a', backend: backend() }, { backend: backend('web', { number: 80 }) }];
  const rules = [
    { host: 'a.example', http: { paths } },
    { host: 'b.example', http: { paths: [{ path: '/', backend: backend('other') }] } },
    { host: 'c.example', http: { paths: [{ path: '/', backend: backend() }] } },
  ];
  const tls = [{ hosts: ['a.example', 'b.example'], secretName: 'a-tls' }];
  const via = 'Ingress';
  expect(routesOf({ a: ingress({ rules, tls }) })).toEqual([
    { via, host: 'a.example', path: '/a', port: 'http', tls: 'a-tls' },
    { via, host: 'a.example', path: '/', port: '80', tls: 'a-tls' },
    { via, host: 'c.example', path: '/', port: 'http' },
  ]);
});

test('an Ingress without hosts serves all of them, with the certificate for all', () => {
  const tls = [{ secretName: 'all-tls' }];
  expect(routesOf({ a: ingress({ defaultBackend: backend(), tls }) })).toEqual([
    { via: 'Ingress', path: '/', port: 'http', tls: 'all-tls' },
  ]);
});

test('an HTTPRoute has a route for each host and path', () => {
  const spec = {
    hostnames: ['a.example', 'b.example'],
    rules: [
      {
        matches: [{ path: { value: '/x' } }, { method: 'GET' }],
        backendRefs: [
          { name: 'web', port: 80 },
          { name: 'other', port: 80 },
        ],
      },
    ],
  };
  const route = object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', { spec });
  expect(routesOf({ a: route }).map(({ host, path, port }) => [host, path, port])).toEqual([
    ['a.example', '/x', '80'],
    ['a.example', '/', '80'],
    ['b.example', '/x', '80'],
    ['b.example', '/', '80'],
  ]);
});

test.each(['LoadBalancer', 'NodePort'])('a Service of type %s is a way in', (type) => {
  expect(routesOf({ service: service('web', 443, { type }) })).toEqual([
    { via: type, port: '443' },
  ]);
});

test('a Service inside is none', () => {
  expect(routesOf({})).toEqual([]);
});
