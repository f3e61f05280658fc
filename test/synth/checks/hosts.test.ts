import { findings, object } from './fixture';

interface Route {
  readonly host: string;
  readonly path?: string;
  readonly pathType?: string;
}

const ingress = (name: string, routes: readonly Route[], spec: object = {}) =>
  object('networking.k8s.io/v1', 'Ingress', name, {
    spec: {
      rules: routes.map(({ host, path = '/', pathType = 'Prefix' }) => ({
        host,
        http: {
          paths: [{ path, pathType, backend: { service: { name, port: { name: 'http' } } } }],
        },
      })),
      ...spec,
    },
  });
const host = 'www.example.org';
const check = (...ingresses: object[]) =>
  findings('host-shared', Object.fromEntries(ingresses.entries()));

const said = (place: string, route: string, other: string) =>
  `${place} is ${route}, which ${other} has already, and which of both is taken is up to the ingress controller; give one another host or path (host-shared).`;

test('a host and path that two Ingresses have is found, whatever else they have', () => {
  expect(
    check(ingress('web', [{ host }]), ingress('api', [{ host: 'api.example.org' }, { host }])),
  ).toEqual([
    `[demo/1 in dev] Ingress/api: ${said('/spec/rules/1/http/paths/0', 'www.example.org/', 'Ingress/web (demo/0)')}`,
  ]);
});

test('a host and path that one Ingress has twice is found', () => {
  expect(check(ingress('web', [{ host }, { host }]))).toEqual([
    `[demo/0 in dev] Ingress/web: ${said('/spec/rules/1/http/paths/0', 'www.example.org/', 'Ingress/web (demo/0)')}`,
  ]);
});

test.each([
  ['host', ingress('api', [{ host: 'api.example.org' }])],
  ['path', ingress('api', [{ host, path: '/api/' }])],
  ['type of path, as the exact one is taken first', ingress('api', [{ host, pathType: 'Exact' }])],
  ['controller', ingress('api', [{ host }], { ingressClassName: 'internal' })],
])('another %s is another route', (_, other) => {
  expect(check(ingress('web', [{ host }]), other)).toEqual([]);
});
