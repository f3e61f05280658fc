import { at, mapAt } from '../../synth/checks/json';
import { Shop, web } from './fixture';

const shop = new Shop(({ app }) => {
  web(app);
  web(app, 'admin', { subdomain: 'back-office' });
});
const routed = (ingress: object = {}) => ({
  app: { web: { ingress: { enabled: true, ...ingress } } },
});
const spec = (ingress: object = {}, global: object = {}) =>
  mapAt(shop.get('Ingress', 'web', { ...routed(ingress), global: { ...global } }), 'spec');

test('the defaults of a public route', () => {
  expect(shop.yaml('app/web/route/', routed())).toMatchSnapshot();
});

test('there is none by default', () => {
  expect(shop.find('Ingress', 'web')).toBeUndefined();
});

test('where no host is named, it is the subdomain below the domain of the platform', () => {
  const overlay = {
    global: { domain: 'test.example' },
    app: { web: { ingress: { enabled: true } }, admin: { ingress: { enabled: true } } },
  };
  const hosts = ['web', 'admin'].map((name) =>
    at(shop.get('Ingress', name, overlay), 'spec', 'rules', '0', 'host'),
  );
  expect(hosts).toEqual(['web.test.example', 'back-office.test.example']);
});

test('hosts that are named replace that one, each with its path', () => {
  const hosts = [
    { name: 'www.example.org', path: '/' },
    { name: 'api.example.org', path: '/v1' },
  ];
  const service = { name: 'web', port: { name: 'http' } };
  expect(spec({ hosts })).toEqual({
    rules: hosts.map(({ name, path }) => ({
      host: name,
      http: { paths: [{ path, pathType: 'Prefix', backend: { service } }] },
    })),
  });
});

test('the certificate is for all hosts, or for the one that is not named', () => {
  const hosts = [
    { name: 'www.example.org', path: '/' },
    { name: 'api.example.org', path: '/' },
  ];
  const secretName = 'web-tls';
  expect(spec({ tlsSecret: secretName })['tls']).toEqual([
    { secretName, hosts: ['web.shop.example'] },
  ]);
  expect(spec({ tlsSecret: secretName, hosts })['tls']).toEqual([
    { secretName, hosts: ['www.example.org', 'api.example.org'] },
  ]);
  expect(spec({ hosts })).not.toHaveProperty('tls');
});

test('the class is that of the platform, or the default of the cluster', () => {
  expect(spec({}, { ingressClass: 'nginx' })['ingressClassName']).toBe('nginx');
  expect(spec()).not.toHaveProperty('ingressClassName');
});

test('annotations reach the ingress controller', () => {
  const annotations = { 'nginx.ingress.kubernetes.io/limit-rps': '20' };
  const ingress = shop.get('Ingress', 'web', routed({ annotations }));
  expect(ingress['metadata']).toMatchObject({ annotations });
});
