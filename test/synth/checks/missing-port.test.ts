import { configMap, deploymentOf, findings, object } from './fixture';

const ports = [
  { name: 'http', containerPort: 8080 },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
];
const web = deploymentOf({ ports });
const serviceOf = (port: object, selector: object = { app: 'web' }) =>
  object('v1', 'Service', 'web', { spec: { selector, ports: [port] } });
const CONTAINER = '/spec/template/spec/containers/0';

describe('the port of a Service', () => {
  const found = (path: string, value: string, protocol = 'TCP') => [
    `[demo/service in dev] Service/web: /spec/ports/0/${path} is ${value}, but no container of the pods that it selects has that port for ${protocol}; correct it, or add the port to the container's ports (missing-port).`,
  ];
  const of = (port: object) => findings('missing-port', { web, service: serviceOf(port) });

  test('is one of a container, by name or number', () => {
    expect(of({ port: 80, targetPort: 'http' })).toEqual([]);
    expect(of({ port: 80, targetPort: 8080 })).toEqual([]);
    expect(of({ port: 8080 })).toEqual([]);
    expect(of({ port: 80, targetPort: 'htp' })).toEqual(found('targetPort', '"htp"'));
    expect(of({ port: 80, targetPort: 9090 })).toEqual(found('targetPort', '9090'));
    expect(of({ port: 80 })).toEqual(found('port', '80'));
  });

  test('has the protocol of the container', () => {
    expect(of({ port: 53, protocol: 'UDP', targetPort: 'dns' })).toEqual([]);
    expect(of({ port: 53, targetPort: 'dns' })).toEqual(found('targetPort', '"dns"'));
    const udp = { port: 80, protocol: 'UDP', targetPort: 'http' };
    expect(of(udp)).toEqual(found('targetPort', '"http"', 'UDP'));
  });

  test('is one of some of the pods', () => {
    const other = deploymentOf({ ports: [{ name: 'other', containerPort: 9090 }] });
    const service = serviceOf({ port: 80, targetPort: 'http' });
    expect(findings('missing-port', { web, other, service })).toEqual([]);
    expect(findings('missing-port', { other, service })).toEqual(found('targetPort', '"http"'));
  });

  test('is not asked for where the Service selects no pods', () => {
    const service = serviceOf({ port: 80 }, {});
    expect(findings('missing-port', { web, service })).toEqual([]);
    expect(findings('missing-port', { service: serviceOf({ port: 80 }) })).toEqual([]);
  });
});

describe('the port of a probe', () => {
  test.each(['startupProbe', 'livenessProbe', 'readinessProbe'])('of %s is named', (probe) => {
    const of = (handler: object) =>
      findings('missing-port', { web: deploymentOf({ ports, [probe]: handler }) });
    const found = (path: string) => [
      `[demo/web in dev] Deployment/web: ${CONTAINER}/${probe}/${path}/port is "htp", but container web has no port of that name; correct it, or add the name to the container's ports (missing-port).`,
    ];
    expect(of({ httpGet: { port: 'http' } })).toEqual([]);
    expect(of({ tcpSocket: { port: 9090 } })).toEqual([]);
    expect(of({ httpGet: { port: 'htp' } })).toEqual(found('httpGet'));
    expect(of({ tcpSocket: { port: 'htp' } })).toEqual(found('tcpSocket'));
  });

  test.each(['postStart', 'preStop'])('of the hook %s is named', (hook) => {
    const lifecycle = { [hook]: { httpGet: { port: 'htp' } } };
    expect(findings('missing-port', { web: deploymentOf({ ports, lifecycle }) })).toEqual([
      `[demo/web in dev] Deployment/web: ${CONTAINER}/lifecycle/${hook}/httpGet/port is "htp", but container web has no port of that name; correct it, or add the name to the container's ports (missing-port).`,
    ]);
  });

  test('is not that of another container', () => {
    const other = { name: 'other', image: 'a', livenessProbe: { httpGet: { port: 'http' } } };
    const template = { metadata: {}, spec: { containers: [{ name: 'web', ports }, other] } };
    const job = object('batch/v1', 'Job', 'job', { spec: { template } });
    expect(findings('missing-port', { job })).toEqual([
      '[demo/job in dev] Job/job: /spec/template/spec/containers/1/livenessProbe/httpGet/port is "http", but container other has no port of that name; correct it, or add the name to the container\'s ports (missing-port).',
    ]);
  });
});

describe('the port of a route', () => {
  const service = object('v1', 'Service', 'web', {
    spec: {
      ports: [
        { name: 'other', port: 81 },
        { name: 'http', port: 80 },
      ],
    },
  });
  const found = (path: string, value: string, what: string) =>
    `${path} is ${value}, but the Service web has no port of that ${what}; correct it, or add the port to the Service (missing-port).`;
  const ingressTo = (port: object, name = 'web') => {
    const backend = { service: { name, port } };
    const rules = [{ http: { paths: [{ backend }] } }];
    return object('networking.k8s.io/v1', 'Ingress', 'web', {
      spec: { defaultBackend: backend, rules },
    });
  };

  test('of an Ingress is one of the Service, by name or number', () => {
    const of = (port: object) =>
      findings('missing-port', { web, service, ingress: ingressTo(port) });
    const at = (key: string, value: string, what: string) =>
      ['/spec/defaultBackend', '/spec/rules/0/http/paths/0/backend'].map(
        (place) =>
          `[demo/ingress in dev] Ingress/web: ${found(`${place}/service/port/${key}`, value, what)}`,
      );
    expect(of({ name: 'http' })).toEqual([]);
    expect(of({ number: 80 })).toEqual([]);
    expect(of({ name: 'htp' })).toEqual(at('name', '"htp"', 'name'));
    expect(of({ number: 8080 })).toEqual(at('number', '8080', 'number'));
  });

  test('of an HTTPRoute is a number of the Service', () => {
    const to = (backend: object) =>
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', {
        spec: { rules: [{ backendRefs: [backend] }] },
      });
    const of = (backend: object) => findings('missing-port', { web, service, route: to(backend) });
    expect(of({ name: 'web', port: 80 })).toEqual([]);
    expect(of({ name: 'web', namespace: 'elsewhere', port: 82 })).toEqual([]);
    expect(of({ name: 'web', port: 82 })).toEqual([
      `[demo/route in dev] HTTPRoute/web: ${found('/spec/rules/0/backendRefs/0/port', '82', 'number')}`,
    ]);
  });

  test('is not asked for where the Service itself is missing', () => {
    const objects = { config: configMap('web'), ingress: ingressTo({ number: 81 }, 'gone') };
    expect(findings('missing-port', objects)).toEqual([]);
  });
});

test('a name in a network policy is one of the pods that it is about', () => {
  const policyFor = (port: unknown, matchLabels: object = { app: 'web' }) => {
    const podSelector = { matchLabels };
    return object('networking.k8s.io/v1', 'NetworkPolicy', 'web', {
      spec: { podSelector, ingress: [{}, { ports: [{ port }] }] },
    });
  };
  const of = (policy: object) => findings('missing-port', { web, policy });
  expect(of(policyFor('http'))).toEqual([]);
  expect(of(policyFor(9090))).toEqual([]);
  expect(of(policyFor('htp', { app: 'api' }))).toEqual([]);
  const other = deploymentOf({ ports: [{ name: 'other', containerPort: 9090 }] });
  expect(findings('missing-port', { web, other, policy: policyFor('http') })).toEqual([]);
  expect(of(policyFor('htp'))).toEqual([
    '[demo/policy in dev] NetworkPolicy/web: /spec/ingress/1/ports/0/port is "htp", but no container of the pods that it selects has that port for TCP; correct it, or add the name to the container\'s ports (missing-port).',
  ]);
});
