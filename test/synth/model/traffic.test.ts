import { object } from '../checks/fixture';
import { labelled, listening, modelWith, policy, systemOf, workload } from './fixture';

/* Who may talk to whom, by network policies alone. */

const pods = (name: string, port: number, more: object = {}) =>
  workload('Deployment', name, { containers: [listening(name, port)], ...more });
const base = {
  web: pods('web', 8080),
  db: pods('db', 5432),
};
type Objects = Readonly<Record<string, object>>;
const model = (objects: Objects) => modelWith({ ...base, ...objects });

/** Whom `web` talks to, as name:port. */
const reached = (objects: Objects, from = 'web') =>
  systemOf(model(objects), from).connections.map(({ to, port, protocol, required }) => {
    expect(required).toBeUndefined();
    return `${to.name}:${String(port)}${protocol === 'TCP' ? '' : `/${protocol}`}`;
  });
/** Who else may reach the system and be reached. */
const peers = (objects: Objects, name = 'web') =>
  systemOf(model(objects), name).peers.map(
    ({ direction, kind, name: peer, ports }) => `${direction} ${kind} ${peer}: ${ports.join()}`,
  );

const to = (...names: string[]) =>
  names.map((name) => ({ podSelector: { matchLabels: labelled(name) } }));
const namespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const closed = { policyTypes: ['Ingress', 'Egress'] };
const webTo = (egress: object) => policy('web', { ...closed, egress: [egress] });
const dbFrom = (ingress: object) => policy('db', { ...closed, ingress: [ingress] });
const letsWeb = dbFrom({ from: to('web'), ports: [{ port: 5432 }] });
const asksDb = webTo({ to: to('db'), ports: [{ port: 5432 }] });

test('a rule on both sides lets through', () => {
  expect(reached({ a: asksDb, b: letsWeb })).toEqual(['db:5432']);
});

test.each([
  ['to', { a: asksDb, b: policy('db', closed) }],
  ['from', { a: policy('web', closed), b: letsWeb }],
  ['to, at that port', { a: asksDb, b: dbFrom({ from: to('web'), ports: [{ port: 1 }] }) }],
  ['to, from there', { a: asksDb, b: dbFrom({ from: to('other'), ports: [{ port: 5432 }] }) }],
])('what one side lets through does not pass where nothing is let %s', (_, objects) => {
  expect(reached(objects)).toEqual([]);
});

test.each([
  ['no policy restricts', {}],
  ['everyone is let in', { b: dbFrom({ ports: [{ port: 5432 }] }) }],
  ['its whole namespace is let in', { b: dbFrom({ from: [{ podSelector: {} }] }) }],
])('a rule that names the other is enough where %s', (_, objects) => {
  expect(reached({ a: asksDb, ...objects })).toEqual(['db:5432']);
});

test('where nothing is named, nothing is told, although all may talk to all', () => {
  expect(reached({})).toEqual([]);
  expect(peers({})).toEqual(['in anyone : ', 'out anyone : ']);
});

test('ports can be names, ranges, all, and of other protocols', () => {
  const reachedAt = (...ports: object[]) =>
    reached({ a: webTo({ to: to('db'), ...(ports.length > 0 && { ports }) }) });
  expect(reachedAt({ port: 'http' })).toEqual(['db:5432']);
  expect(reachedAt({ port: 'other' })).toEqual([]);
  expect(reachedAt({ port: 5000, endPort: 6000 })).toEqual(['db:5432']);
  expect(reachedAt({ port: 6000, endPort: 7000 })).toEqual([]);
  expect(reachedAt()).toEqual(['db:5432']);
  expect(reachedAt({ protocol: 'UDP' })).toEqual([]);
  // Containers need not declare where they listen.
  expect(reachedAt({ port: 9999, protocol: 'UDP' })).toEqual(['db:9999/UDP']);
});

test('pods of another namespace are found by both of its labels', () => {
  const there = (json: { metadata: object }) => ({
    ...json,
    metadata: { ...json.metadata, namespace: 'elsewhere' },
  });
  const labels = { team: 'data' };
  const objects = {
    db: there(pods('db', 5432)),
    ns: object('v1', 'Namespace', 'elsewhere', {}, { labels }),
  };
  const selector = { podSelector: { matchLabels: labelled('db') } };
  const asks = (peer: object) =>
    reached({ ...objects, a: webTo({ to: [{ ...peer, ...selector }] }) });
  expect(asks(namespace('elsewhere'))).toEqual(['db:5432']);
  expect(asks({ namespaceSelector: { matchLabels: labels } })).toEqual(['db:5432']);
  expect(asks(namespace('demo'))).toEqual([]);
  expect(asks({})).toEqual([]);
});

test('whoever is no system is told by kind and name', () => {
  const ports = [{ port: 443 }, { port: 8000, endPort: 8010 }, { port: 53, protocol: 'UDP' }];
  const out = (...peers: object[]) => webTo({ ...(peers.length > 0 && { to: peers }), ports });
  const told = (...list: object[]) =>
    peers({ a: out(...list) }).map((line) => line.replace(': 53/UDP,443,8000-8010', ''));
  expect(told()).toEqual(['out anyone ']);
  expect(told({ ipBlock: { cidr: '10.0.0.0/8' } })).toEqual(['out address 10.0.0.0/8']);
  expect(told(namespace('kube-system'))).toEqual(['out namespace kube-system']);
  expect(told({ namespaceSelector: {} })).toEqual(['out namespace *']);
  expect(told({ namespaceSelector: { matchLabels: { team: 'x' } } })).toEqual([
    'out namespace team=x',
  ]);
  expect(told({ ...namespace('monitoring'), ...to('prometheus')[0] })).toEqual([
    'out namespace monitoring: app.kubernetes.io/name=prometheus',
  ]);
  expect(told({ podSelector: {} })).toEqual(['out tier demo']);
  // They may come later.
  expect(told(...to('nobody'))).toEqual([]);
});

test('rules for the same peer are one, of all ports where one of them is', () => {
  const kube = [namespace('kube-system')];
  const two = [
    { to: kube, ports: [{ port: 443 }] },
    { to: kube, ports: [{ port: 80 }] },
  ];
  expect(peers({ a: policy('web', { ...closed, egress: two }) })).toEqual([
    'out namespace kube-system: 80,443',
  ]);
  expect(peers({ a: policy('web', { ...closed, egress: [...two, { to: kube }] }) })).toEqual([
    'out namespace kube-system: ',
  ]);
});

test('policies do not hold for pods in the network of their node', () => {
  const web = pods('web', 8080, { hostNetwork: true });
  expect(peers({ web, a: policy('web', closed) })).toEqual(['in anyone : ', 'out anyone : ']);
});

test('several policies add up', () => {
  const redis = pods('redis', 6379);
  const objects = { redis, a: asksDb, b: webTo({ to: to('redis') }) };
  expect(reached(objects)).toEqual(['db:5432', 'redis:6379']);
});
