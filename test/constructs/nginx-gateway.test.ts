import { NginxGateway } from '../../constructs';
import { runChecks } from '../../synth/checks/run';
import { worldsOf } from '../../synth/checks/world';
import { at, listAt, mapAt, textAt } from '../../synth/checks/json';
import { renderEnvironments } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';
import { Problems } from '../../synth/problems';
import { problemsOf } from '../synth/fixture';
import { Yaml } from './fixture';
import { edgeOf, gateway, named, objectsOf, pages, route, type EdgeTier } from './nginx-fixture';

const small = (edge: EdgeTier) =>
  gateway(edge, pages(edge), { ready: { upstream: 'pages', path: '/ready' } });
const conf = (fill: (edge: EdgeTier) => unknown, overlay: JsonMap = {}, name = 'front') =>
  textAt(named(objectsOf(fill, overlay), 'ConfigMap', `${name}-config`), 'data', 'nginx.conf');

/** What the build says, and what the checks say of the objects. */
function problems(fill: (edge: EdgeTier) => unknown, overlay: JsonMap = {}): string[] {
  return problemsOf(() => {
    const platform = edgeOf(fill, overlay);
    const blueprint = platform.build();
    const found = new Problems();
    const { options } = platform;
    runChecks(
      worldsOf({ blueprint, options, tiers: renderEnvironments(blueprint) }),
      options,
      found,
    );
    found.throwIfAny();
  });
}

test('the configuration of a gateway with one route', () => {
  expect(conf(small)).toMatchSnapshot();
});

test('the configuration of a backend with one service', () => {
  const backend = (edge: EdgeTier) => {
    const ports = { http: 8080, status: 8090, metrics: 9113 };
    const options = { values: edge.values.side, ports, upstreams: {}, routes: [] };
    pages(edge, { '/api/': new NginxGateway(edge, 'side', options).endpoint });
  };
  expect(conf(backend, {}, 'pages')).toMatchSnapshot();
});

test('the objects of a gateway', () => {
  const own = objectsOf(small).filter(
    ({ kind, metadata }) => kind !== 'ConfigMap' && textAt(metadata, 'name') === 'front',
  );
  expect(new Yaml(own)).toMatchSnapshot();
});

test('values are what nginx is told', () => {
  const front = {
    workers: 7,
    logs: { access: false, level: 'error' },
    limits: { bodyMB: 3, perSecond: 9, burst: 5, connections: 4 },
    timeouts: { header: 11, body: 12, send: 13, idle: 14, connect: 15, read: 16, drain: 17 },
    upstreams: { keepalive: 18, maxFails: 19, failSeconds: 21, tries: 2, trySeconds: 22 },
    resolver: { host: '10.96.0.10', seconds: 23 },
    trustedProxy: '192.0.2.0/24',
    connections: 500,
  };
  const lines = conf(small, { edge: { front } })
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'worker_processes 7;',
      'worker_connections 500;',
      'worker_shutdown_timeout 17s;',
      'error_log stderr error;',
      'access_log off;',
      'set_real_ip_from 192.0.2.0/24;',
      'client_header_timeout 11s;',
      'client_body_timeout 12s;',
      'send_timeout 13s;',
      'keepalive_timeout 14s;',
      'proxy_connect_timeout 15s;',
      'proxy_read_timeout 16s;',
      'proxy_next_upstream_tries 2;',
      'proxy_next_upstream_timeout 22s;',
      'resolver 10.96.0.10 valid=23s;',
      'server pages.platform-edge.svc.cluster.local:8081 resolve max_fails=19 fail_timeout=21s;',
      'keepalive 18;',
      'client_max_body_size 3m;',
      'limit_req zone=route1 burst=5 nodelay;',
      'limit_req_zone $binary_remote_addr zone=route1:10m rate=9r/s;',
      'limit_conn clients 4;',
    ]),
  );
});

test('a pod is given longer to stop than nginx itself waits', () => {
  const drain = (seconds: number) =>
    at(
      named(
        objectsOf(small, { edge: { front: { timeouts: { drain: seconds } } } }),
        'Deployment',
        'front',
      ) ?? {},
      'spec',
      'template',
      'spec',
      'terminationGracePeriodSeconds',
    );
  expect([drain(1), drain(60)]).toEqual([11, 70]);
});

test('without metrics there is neither exporter nor port', () => {
  const objects = objectsOf(small, { edge: { front: { metrics: { enabled: false } } } });
  const containers = listAt(named(objects, 'Deployment', 'front'), ...POD, 'containers');
  expect(containers.map((one) => textAt(one, 'name'))).toEqual(['front']);
  expect(listAt(named(objects, 'Service', 'front'), 'spec', 'ports')).toHaveLength(1);
});
const POD = ['spec', 'template', 'spec'];

describe('the access log in files', () => {
  const files = { enabled: true, keep: 3, maxMB: 20 };
  const on = (more: JsonMap = {}) => ({ edge: { front: { logs: { files, ...more } } } });

  test('is off, and nothing of it is there', () => {
    expect(JSON.stringify(objectsOf(small))).not.toMatch(/rotat|shareProcess|var\/log/);
  });

  test('has a volume, and a sidecar of the same image that rotates it', () => {
    const pod = mapAt(named(objectsOf(small, on()), 'Deployment', 'front') ?? {}, ...POD);
    const [nginx, , sidecar] = listAt(pod, 'containers');
    expect(new Yaml([sidecar as JsonMap])).toMatchSnapshot();
    expect(at(sidecar, 'image')).toBe(at(nginx, 'image'));
    expect(nginx).toMatchObject({
      volumeMounts: [{ name: 'logs', mountPath: '/var/log/nginx' }, {}, {}],
    });
    expect(pod).toMatchObject({ shareProcessNamespace: true });
    expect(pod['volumes']).toContainEqual({ name: 'logs', emptyDir: { sizeLimit: '100M' } });
  });

  test('is beside the one on standard output, where there is one at all', () => {
    const lines = (more: JsonMap) =>
      conf(small, on(more))
        .split('\n')
        .filter((line) => line.startsWith('  access_log '));
    expect(lines({})).toEqual([
      '  access_log /dev/stdout json buffer=4k flush=1s;',
      '  access_log /var/log/nginx/access.log json buffer=4k flush=1s;',
    ]);
    // nginx takes "off" for all of them.
    expect(lines({ access: false })[0]).toBe('  access_log off;');
  });

  test('passes the checks', () => {
    expect(problems(small, on())).toEqual([]);
  });
});

test('the Ingress has the hosts of public routes, each once', () => {
  const fill = (edge: EdgeTier) =>
    gateway(edge, pages(edge), {
      routes: [
        route(edge),
        route(edge, { path: '/more/' }),
        route(edge, { host: 'shop.edge.example' }),
        { host: 'inside.edge.example', path: '/', upstream: 'pages', public: false },
      ],
    });
  const overlay = { edge: { front: { ingress: { enabled: true, tlsSecret: 'www-tls' } } } };
  const ingress = named(objectsOf(fill, overlay), 'Ingress', 'front');
  const hosts = ['www.edge.example', 'shop.edge.example'];
  expect(listAt(ingress, 'spec', 'rules').map((rule) => textAt(rule, 'host'))).toEqual(hosts);
  expect(at(ingress ?? {}, 'spec', 'tls')).toEqual([{ secretName: 'www-tls', hosts }]);
});

test('the checks find nothing in what gateway and backend make', () => {
  expect(problems(small)).toEqual([]);
});

test('an upstream that nobody declares', () => {
  const found = problems((edge) =>
    gateway(edge, pages(edge), {
      routes: [route(edge, { upstream: 'pagse' })],
      ready: { upstream: 'web', path: '/ready' },
    }),
  );
  expect(found).toEqual([
    '[edge/front] route www.edge.example/ passes requests to upstream "pagse", which nobody declares; declare it in upstreams, or take a declared one: pages.',
    '[edge/front] ready passes requests to upstream "web", which nobody declares; declare it in upstreams, or take a declared one: pages.',
  ]);
});

test('a host with a path twice, told once', () => {
  const host = (edge: EdgeTier) => ({ host: `www.${edge.global.domain}` });
  const found = problems((edge) =>
    gateway(edge, pages(edge), {
      routes: [route(edge, host(edge)), route(edge, host(edge)), route(edge, host(edge))],
    }),
  );
  expect(found).toEqual([
    '[edge/front] route www.${global.domain}/ is declared twice; remove one, or give it another host or path.',
  ]);
});

test('a host name at two gateways', () => {
  const found = problems((edge) => {
    const backend = pages(edge);
    const host = 'www.edge.example';
    gateway(edge, backend, { routes: [route(edge, { host })] });
    gateway(edge, backend, { routes: [route(edge, { host, path: '/a/' })] }, 'side');
  });
  expect(found).toContain(
    '[edge/side] host www.edge.example is one of gateway edge/front too; give it another name, or put its routes into one gateway.',
  );
});

test('a public route without limits and headers', () => {
  const found = problems((edge) => {
    const { host, path, upstream, limits } = route(edge);
    gateway(edge, pages(edge), {
      routes: [
        { host, path, upstream },
        { host, path: '/a/', upstream, ...(limits && { limits }) },
        { host, path: '/b/', upstream, ...(limits && { limits }), headers: {} },
        { host, path: '/c/', upstream, public: false },
      ],
    });
  });
  const where = '[edge/front] route www.edge.example';
  expect(found).toEqual([
    `${where}/ is public and has no limits and no headers; give it limits and headers, or set public to false.`,
    `${where}/a/ is public and has no headers; give it headers, or set public to false.`,
    `${where}/b/ is public and has no headers; give it headers, or set public to false.`,
  ]);
});

test('texts that would end the directive that they are part of', () => {
  const headers = { 'X-A': 'a"; return 200 "', 'X B': 'b', 'X-C': '$host' };
  const found = problems((edge) =>
    gateway(edge, pages(edge), { routes: [route(edge, { path: '/ { }', headers })] }),
  );
  const where = '[edge/front] route www.edge.example/ { } has the';
  expect(found).toEqual([
    `${where} path "/ { }"; use a "/", then letters, digits, "/", ".", "_", "~" and "-".`,
    `${where} header X-A: "a\\"; return 200 \\""; use no quotes, backslashes, "$" or line ends.`,
    `${where} header "X B"; use a letter, then letters, digits and "-".`,
    `${where} header X-C: "$host"; use no quotes, backslashes, "$" or line ends.`,
  ]);
});

test.each([
  [80, 'http'],
  [443, 'https'],
])('two nginx set-ups that want port %d', (http, name) => {
  const found = problems((edge) => {
    const backend = pages(edge);
    const ports = { http, status: 8090, metrics: 9113 };
    gateway(edge, backend, { ports });
    gateway(edge, backend, { ports, routes: [route(edge, { host: 'b.edge.example' })] }, 'side');
  });
  const rule = `is ${String(http)}, which belongs to front of tier edge, not to side of tier edge; take 8000, which is free in range edge, or name it in sharedBy of port ${name} (port-owner).`;
  expect(found).toEqual([
    `[edge/side/service in test] Service/side: /spec/ports/0/port ${rule}`,
    `[edge/side/deployment in test] Deployment/side: /spec/template/spec/containers/0/ports/0/containerPort ${rule}`,
  ]);
});
