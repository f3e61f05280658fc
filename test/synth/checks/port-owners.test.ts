import { portRegistry, type CheckId, type PortRegistry } from '../../../synth';
import { deploymentOf, findings, object, type Objects } from './fixture';

const purpose = 'For tests.';
const ports = portRegistry({
  ranges: { api: { from: 3100, to: 3102, purpose, tiers: ['demo'] } },
  ports: {
    web: { port: 3100, range: 'api', tier: 'demo', owner: 'web', purpose },
    mongodb: { port: 27017, wellKnown: 'docs', tier: 'data', owner: 'mongodb', purpose },
    metrics: {
      port: 9464,
      wellKnown: 'docs',
      tier: 'data',
      owner: 'mongodb',
      sharedBy: { owners: [{ tier: 'demo', owner: 'web' }], reason: 'A sidecar.' },
      purpose,
    },
  },
});

const service = (spec: object, owner?: string) =>
  object('v1', 'Service', 'web', { spec }, { labels: { 'app.kubernetes.io/name': owner } });
const found = (check: CheckId, objects: Objects, registry: PortRegistry = ports) =>
  findings(check, objects, { ports: registry });

describe('port-unregistered:', () => {
  const unregistered = (objects: Objects) => found('port-unregistered', objects);
  const rest = (path: string, port: number) =>
    `/spec/${path} is ${String(port)}, which is not registered; register it with its purpose, tier and owner, or take 3101, which is free in range api (port-unregistered).`;

  test('what is registered is fine, and a port may be meant by its name', () => {
    const deployment = deploymentOf({ ports: [{ name: 'http', containerPort: 3100 }] });
    const http = service({ ports: [{ port: 3100, targetPort: 'http' }] });
    expect(unregistered({ deployment, http })).toEqual([]);
  });

  test('another port of a container or of its node is found, and a free one proposed', () => {
    const deployment = deploymentOf({
      ports: [{ containerPort: 3100 }, { containerPort: 8081, hostPort: 8082 }],
    });
    const at = '[demo/d in dev] Deployment/web: ';
    expect(unregistered({ d: deployment })).toEqual([
      at + rest('template/spec/containers/0/ports/1/containerPort', 8081),
      at + rest('template/spec/containers/0/ports/1/hostPort', 8082),
    ]);
  });

  test('and of an init container, in the pod template of any kind', () => {
    const pod = { initContainers: [{ ports: [{ containerPort: 81 }] }], containers: [] };
    const thing = object('a.example/v1', 'Thing', 'x', { spec: { template: { spec: pod } } });
    expect(unregistered({ thing })).toEqual([
      `[demo/thing in dev] Thing/x: ${rest('template/spec/initContainers/0/ports/0/containerPort', 81)}`,
    ]);
  });

  test('and each of a Service, a number once', () => {
    const ports = [
      { name: 'a', port: 80, targetPort: 8080, nodePort: 30080 },
      { name: 'b', port: 8080, targetPort: 80 },
    ];
    const at = '[demo/s in dev] Service/web: ';
    expect(unregistered({ s: service({ ports, healthCheckNodePort: 30081 }) })).toEqual([
      at + rest('ports/0/port', 80),
      at + rest('ports/0/targetPort', 8080),
      at + rest('ports/0/nodePort', 30080),
      at + rest('healthCheckNodePort', 30081),
    ]);
  });

  test('a Service of another API has no ports that we know', () => {
    const spec = { ports: [{ port: 80 }], healthCheckNodePort: 81 };
    expect(unregistered({ s: object('a.example/v1', 'Service', 'web', { spec }) })).toEqual([]);
    expect(unregistered({ s: object('v1', 'Other', 'web', { spec }) })).toEqual([]);
  });

  test('no port is proposed where the tier has no range', () => {
    const registry = portRegistry({ ranges: {}, ports: {} });
    const objects = { s: service({ ports: [{ port: 5432 }] }) };
    expect(found('port-unregistered', objects, registry)).toEqual([
      '[demo/s in dev] Service/web: /spec/ports/0/port is 5432, which is not registered; register it with its purpose, tier and owner (port-unregistered).',
    ]);
  });

  test('a platform without a registry need not register', () => {
    expect(findings('port-unregistered', { s: service({ ports: [{ port: 80 }] }) })).toEqual([]);
  });
});

describe('port-owner:', () => {
  const uses = (port: number, owner?: string) =>
    found('port-owner', { s: service({ ports: [{ port }] }, owner) });
  const at = (port: number) => `[demo/s in dev] Service/web: /spec/ports/0/port is ${String(port)}`;

  test('its owner may have it, and whoever shares it; who is not registered is another matter', () => {
    expect(uses(3100, 'web')).toEqual([]);
    expect(uses(9464, 'web')).toEqual([]);
    expect(uses(1, 'web')).toEqual([]);
  });

  test('nobody else may have a port that we chose', () => {
    expect(uses(3100, 'shop')).toEqual([
      `${at(3100)}, which belongs to web of tier demo, not to shop of tier demo; take 3101, which is free in range api (port-owner).`,
    ]);
  });

  test('nor a well-known one, by the same name in another tier either', () => {
    expect(uses(27017, 'mongodb')).toEqual([
      `${at(27017)}, which belongs to mongodb of tier data, not to mongodb of tier demo; take 3101, which is free in range api, or name it in sharedBy of port mongodb (port-owner).`,
    ]);
  });

  test('no port is proposed where the tier has no range', () => {
    const range = { from: 3100, to: 3102, purpose, tiers: ['app'] };
    const web = { port: 3100, range: 'api', tier: 'app', owner: 'web', purpose } as const;
    const registry = portRegistry({ ranges: { api: range }, ports: { web } });
    expect(
      found('port-owner', { s: service({ ports: [{ port: 3100 }] }, 'web') }, registry),
    ).toEqual([
      `${at(3100)}, which belongs to web of tier app, not to web of tier demo; give it a number of its own (port-owner).`,
    ]);
  });

  test('an object has to say whose it is', () => {
    expect(uses(3100)).toEqual([
      `${at(3100)}, which belongs to web of tier demo, and the object has no label app.kubernetes.io/name; label it with the name of its owner (port-owner).`,
    ]);
  });

  test('a platform without a registry has no owners', () => {
    const objects = { s: service({ ports: [{ port: 3100 }] }, 'shop') };
    expect(findings('port-owner', objects)).toEqual([]);
  });
});
