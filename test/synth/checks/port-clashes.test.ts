import { deployment, findings, object, type Objects } from './fixture';

const clashes = (objects: Objects) => findings('port-clash', objects);

/** The path behind /spec/template/spec, and what is there. */
const inPod = (path: string, is: string) =>
  `[demo/web in dev] Deployment/web: /spec/template/spec/${path} is ${is} (port-clash).`;

const container = (name: string, ...ports: object[]) => ({ name, ports });

describe('containers of one pod have different ports:', () => {
  const http = { containerPort: 80 };
  const pod = (spec: object) => clashes({ web: deployment(spec) });
  const taken = (path: string, holder: string) =>
    inPod(
      `${path}/ports/0/containerPort`,
      `80 (TCP), which container ${holder} of the same pod has too; give one another`,
    );

  test('two that run at the same time clash', () => {
    expect(pod({ containers: [container('a', http), container('b'), { name: 'c' }] })).toEqual([]);
    const containers = [container('a', http), container('b', http), container('c', http)];
    expect(pod({ containers })).toEqual([taken('containers/1', 'a'), taken('containers/2', 'a')]);
  });

  test('protocols are apart, and none means TCP', () => {
    const with80 = (protocol: string) => ({
      containers: [container('a', http), container('b', { ...http, protocol })],
    });
    expect(pod(with80('UDP'))).toEqual([]);
    expect(pod(with80('TCP'))).toEqual([taken('containers/1', 'a')]);
  });

  // An init container ends before the next container starts, unless it is a sidecar.
  test('an init container clashes with sidecars before it only', () => {
    const init = container('init', http);
    const sidecar = { ...container('sidecar', http), restartPolicy: 'Always' };
    const containers = [container('main', http)];
    expect(pod({ initContainers: [init, init], containers })).toEqual([]);
    expect(pod({ initContainers: [sidecar], containers })).toEqual([
      taken('containers/0', 'sidecar'),
    ]);
    expect(pod({ initContainers: [init, sidecar, init], containers: [] })).toEqual([
      taken('initContainers/2', 'sidecar'),
    ]);
  });

  test('a container has a port once, and so has a Service', () => {
    const twice = container('a', { name: 'x', ...http }, { name: 'y', ...http });
    expect(pod({ containers: [twice] })).toEqual([
      inPod(
        'containers/0/ports/1/containerPort',
        '80 (TCP), which the container has already; declare it once',
      ),
    ]);
    const ports = [{ port: 80 }, { port: 80, protocol: 'UDP' }, { port: 80, protocol: 'TCP' }];
    expect(clashes({ s: object('v1', 'Service', 'web', { spec: { ports } }) })).toEqual([
      '[demo/s in dev] Service/web: /spec/ports/2/port is 80 (TCP), which the Service has already; declare it once (port-clash).',
    ]);
  });
});

describe('a port of a node has one holder:', () => {
  const onHost = (name: string, port: object, pod: object = {}) =>
    deployment({ containers: [container('main', port)], ...pod }, {}, name);
  const hostPort = (name: string, port: object = {}, pod: object = {}) =>
    onHost(name, { containerPort: 1, hostPort: 9100, ...port }, pod);
  const nodePort = (name: string, port: object = {}) =>
    object('v1', 'Service', name, { spec: { ports: [{ port: 80, nodePort: 9100, ...port }] } });
  const HOST = 'Deployment/b: /spec/template/spec/containers/0/ports/0/hostPort';
  const NODE = 'Service/b: /spec/ports/0/nodePort';
  const taken = (place: string, kind: string) =>
    `[demo/b in dev] ${place} is 9100 (TCP), which demo/a has as ${kind} of the same nodes; give one another`;
  const refused = [
    `${taken(HOST, 'hostPort')}, or keep them on different nodes with nodeSelector (port-clash).`,
  ];

  test('two workloads with one hostPort cannot be on one node', () => {
    const a = hostPort('a');
    expect(clashes({ a })).toEqual([]);
    expect(clashes({ a, b: hostPort('b', { hostPort: 9101 }) })).toEqual([]);
    expect(clashes({ a, b: hostPort('b', { protocol: 'UDP' }) })).toEqual([]);
    expect(clashes({ a, b: hostPort('b') })).toEqual(refused);
  });

  test('unless their nodes are different ones', () => {
    const on = (name: string, nodeSelector: object) => hostPort(name, {}, { nodeSelector });
    const a = on('a', { pool: 'gpu' });
    expect(clashes({ a, b: on('b', { pool: 'cpu' }) })).toEqual([]);
    expect(clashes({ a, b: on('b', { pool: 'gpu', disk: 'ssd' }) })).toEqual(refused);
    expect(clashes({ a, b: on('b', { disk: 'ssd' }) })).toEqual(refused);
  });

  test('or their addresses of the node are', () => {
    const at = (name: string, hostIP: string) => hostPort(name, { hostIP });
    const a = at('a', '10.0.0.1');
    expect(clashes({ a, b: at('b', '10.0.0.2') })).toEqual([]);
    expect(clashes({ a, b: at('b', '10.0.0.1') })).toEqual(refused);
    expect(clashes({ a, b: at('b', '0.0.0.0') })).toEqual(refused);
    expect(clashes({ a: at('a', '::'), b: at('b', '10.0.0.1') })).toEqual(refused);
    expect(clashes({ a: hostPort('a'), b: at('b', '10.0.0.1') })).toEqual(refused);
  });

  test('on the network of the host, each containerPort is one of the node', () => {
    const a = onHost('a', { containerPort: 9100 }, { hostNetwork: true });
    expect(clashes({ a, b: hostPort('b') })).toEqual(refused);
    const containers = [container('x', { containerPort: 1 }), container('y', { containerPort: 1 })];
    expect(clashes({ web: deployment({ hostNetwork: true, containers }) })).toEqual([
      inPod(
        'containers/1/ports/0/containerPort',
        '1 (TCP), which container x of the same pod has too; give one another',
      ),
    ]);
  });

  test('containers of one pod cannot share it, and an init container does not have it', () => {
    const x = container('x', { containerPort: 1, hostPort: 9100 });
    const y = container('y', { containerPort: 2, hostPort: 9100 });
    expect(clashes({ web: deployment({ initContainers: [x], containers: [y] }) })).toEqual([]);
    expect(clashes({ web: deployment({ containers: [x, y] }) })).toEqual([
      inPod(
        'containers/1/ports/0/hostPort',
        '9100 (TCP), which the object has already as hostPort of the same nodes; give one another',
      ),
    ]);
  });

  test('a nodePort is one of every node', () => {
    const a = nodePort('a');
    expect(clashes({ a, b: nodePort('b', { protocol: 'UDP' }) })).toEqual([]);
    expect(clashes({ a, b: nodePort('b') })).toEqual([`${taken(NODE, 'nodePort')} (port-clash).`]);
    const pool = hostPort('a', { hostIP: '10.0.0.1' }, { nodeSelector: { pool: 'gpu' } });
    expect(clashes({ a: pool, b: nodePort('b') })).toEqual([
      `${taken(NODE, 'hostPort')} (port-clash).`,
    ]);
    const health = { spec: { ports: [{ port: 80 }], healthCheckNodePort: 9100 } };
    expect(clashes({ a, b: object('v1', 'Service', 'b', health) })).toEqual([
      `${taken('Service/b: /spec/healthCheckNodePort', 'nodePort')} (port-clash).`,
    ]);
    expect(clashes({ a, b: object('a.example/v1', 'Service', 'b', health) })).toEqual([]);
  });
});

describe('a port of an external address has one Service:', () => {
  const type = 'LoadBalancer';
  const service = (name: string, spec: object, annotations: object = {}) =>
    object('v1', 'Service', name, { spec: { ports: [{ port: 443 }], ...spec } }, { annotations });
  const balanced = (name: string, loadBalancerIP: string) =>
    service(name, { type, loadBalancerIP });
  const a = balanced('a', '192.0.2.1');
  const taken = (name: string) =>
    `[demo/${name} in dev] Service/${name}: /spec/ports/0/port is 443 (TCP), which demo/a has too on address 192.0.2.1; give one another port or address (port-clash).`;

  test('where both ask for the same address', () => {
    expect(clashes({ a, b: balanced('b', '192.0.2.1') })).toEqual([taken('b')]);
    expect(clashes({ a, b: balanced('b', '192.0.2.2') })).toEqual([]);
    expect(clashes({ a: service('a', { type }), b: service('b', { type }) })).toEqual([]);
    const udp = { type, loadBalancerIP: '192.0.2.1', ports: [{ port: 443, protocol: 'UDP' }] };
    expect(clashes({ a, b: service('b', udp) })).toEqual([]);
  });

  test.each([
    'metallb.io/loadBalancerIPs',
    'metallb.universe.tf/loadBalancerIPs',
    'kube-vip.io/loadbalancerIPs',
    'lbipam.cilium.io/ips',
    'io.cilium/lb-ipam-ips',
  ])('the annotation %s asks too', (annotation) => {
    const annotations = { [annotation]: '192.0.2.9, 192.0.2.1' };
    expect(clashes({ a, b: service('b', { type }, annotations) })).toEqual([taken('b')]);
    expect(clashes({ a, b: service('b', {}, annotations) })).toEqual([]);
  });

  test('externalIPs are addresses of any Service', () => {
    expect(clashes({ a, b: service('b', { externalIPs: ['192.0.2.1'] }) })).toEqual([taken('b')]);
    const both = { type, loadBalancerIP: '192.0.2.2', externalIPs: ['192.0.2.2'] };
    expect(clashes({ b: service('b', both) })).toEqual([]);
  });

  test('each of three is told once', () => {
    const others = { b: balanced('b', '192.0.2.1'), c: balanced('c', '192.0.2.1') };
    expect(clashes({ a, ...others })).toEqual([taken('b'), taken('c')]);
  });

  test('a port that is in one Service twice is told of once', () => {
    const ports = [{ port: 443 }, { port: 443 }];
    expect(clashes({ a: service('a', { type, loadBalancerIP: '192.0.2.1', ports }) })).toEqual([
      '[demo/a in dev] Service/a: /spec/ports/1/port is 443 (TCP), which the Service has already; declare it once (port-clash).',
    ]);
  });
});
