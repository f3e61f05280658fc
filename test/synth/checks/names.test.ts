import { configMap, deployment, deploymentOf, findings, object, type Objects } from './fixture';

const of = (objects: Objects) => findings('bad-name', objects);
const long = (length: number) => 'x'.repeat(length);
const shown = (name: string) =>
  JSON.stringify(name).length > 80
    ? `${JSON.stringify(name).slice(0, 77)}...`
    : JSON.stringify(name);
const told = (what: string, path: string, name: string, rule: string) =>
  `[demo/x in dev] ${what}: ${path} is ${shown(name)} of ${String(name.length)} characters; use 1 to ${rule} (bad-name).`;

const ENDS = 'with a letter or digit at both ends';
const LABEL = `lower-case letters, digits and "-", ${ENDS}`;
const SUBDOMAIN = `lower-case letters, digits, "-" and ".", ${ENDS} of each part`;
const SERVICE = 'lower-case letters, digits and "-", with a letter first and no "-" last';
const PODS = 'as names of pods begin with it';

describe('the name of an object', () => {
  test.each<[string, string, number, string]>([
    ['v1', 'ConfigMap', 253, SUBDOMAIN],
    ['networking.k8s.io/v1', 'Ingress', 253, SUBDOMAIN],
    ['a.example/v1', 'Service', 253, SUBDOMAIN],
    ['a.example/v1', 'Job', 253, SUBDOMAIN],
    ['a.example/v1', 'CronJob', 253, SUBDOMAIN],
    ['a.example/v1', 'Pod', 253, SUBDOMAIN],
    ['v1', 'Namespace', 63, LABEL],
    ['v1', 'Service', 63, SERVICE],
    ['v1', 'Pod', 63, `${LABEL}, as it becomes a host name`],
    ['apps/v1', 'Deployment', 63, `${SUBDOMAIN}, ${PODS}`],
    ['apps/v1', 'ReplicaSet', 63, `${SUBDOMAIN}, ${PODS}`],
    ['apps/v1', 'DaemonSet', 63, `${SUBDOMAIN}, ${PODS}`],
    ['apps/v1', 'StatefulSet', 52, `${LABEL}, as a label of its pods has a hash behind it`],
    ['batch/v1', 'Job', 63, `${LABEL}, as it becomes a label of its pods`],
    ['batch/v1', 'CronJob', 52, `${LABEL}, as names of its Jobs have a time behind it`],
    ['rbac.authorization.k8s.io/v1', 'Role', 253, 'characters without "/" and "%"'],
  ])('of %s %s has up to %i characters', (apiVersion, kind, limit, rule) => {
    const named = (name: string) => of({ x: object(apiVersion, kind, name) });
    expect(named(long(limit))).toEqual([]);
    const name = long(limit + 1);
    const expected = told(`${kind}/${name}`, '/metadata/name', name, `${String(limit)} ${rule}`);
    expect(named(name)).toEqual([expected]);
  });

  test.each<[string, string, string[], string[]]>([
    [
      'v1',
      'ConfigMap',
      ['a', 'a-b', 'a.b-c.1', 'a.b-long-c.d', '1'],
      ['', 'A', 'a_b', '-a', 'a-', 'a..b', 'a.-b', '.a'],
    ],
    ['apps/v1', 'StatefulSet', ['a', 'a-b', '1'], ['a.b', 'A', '-a', 'a-']],
    ['v1', 'Service', ['a', 'a-1'], ['1a', 'a.b', 'a-']],
    [
      'rbac.authorization.k8s.io/v1',
      'ClusterRole',
      ['system:a', 'A.b', '.a', '..a'],
      ['a/b', 'a%b', '.', '..'],
    ],
  ])('of %s %s has the characters of its kind', (apiVersion, kind, good, bad) => {
    const count = (name: string) => of({ x: object(apiVersion, kind, name) }).length;
    expect(good.filter((name) => count(name) > 0)).toEqual([]);
    expect(bad.filter((name) => count(name) === 0)).toEqual([]);
  });
});

describe('a name within an object', () => {
  const POD = '/spec/template/spec';

  test('of a container and of its ports', () => {
    const ports = (...names: string[]) => names.map((name) => ({ name, containerPort: 80 }));
    const sound = deploymentOf({
      ports: [...ports('http', 'a', 'a-1', long(15)), { containerPort: 81 }],
    });
    expect(of({ x: sound })).toEqual([]);
    const rule = `15 lower-case letters, digits and single "-", at least one letter, ${ENDS}`;
    const bad = [long(16), 'a--b', 'abc--d', '80', 'HTTP', 'a-'];
    expect(of({ x: deploymentOf({ ports: ports(...bad) }) })).toEqual(
      bad.map((name, index) =>
        told('Deployment/web', `${POD}/containers/0/ports/${String(index)}/name`, name, rule),
      ),
    );
    expect(of({ x: deployment({ containers: [{ name: 'a_b' }] }) })).toEqual([
      told('Deployment/web', `${POD}/containers/0/name`, 'a_b', `63 ${LABEL}`),
    ]);
  });

  test('of a volume, and of a claim that a StatefulSet makes', () => {
    expect(of({ x: deployment({ volumes: [{ name: 'a-b' }] }) })).toEqual([]);
    expect(of({ x: deployment({ volumes: [{ name: 'a.b' }] }) })).toEqual([
      told('Deployment/web', `${POD}/volumes/0/name`, 'a.b', `63 ${LABEL}`),
    ]);
    const store = (name: string) =>
      object('apps/v1', 'StatefulSet', 'db', {
        spec: { volumeClaimTemplates: [{ metadata: { name } }] },
      });
    expect(of({ x: store('data') })).toEqual([]);
    expect(of({ x: store('my.data') })).toEqual([
      told(
        'StatefulSet/db',
        '/spec/volumeClaimTemplates/0/metadata/name',
        'my.data',
        `63 ${LABEL}`,
      ),
    ]);
  });

  test('of another API is not ours to judge', () => {
    const spec = { ports: [{ name: 'A_B' }] };
    expect(of({ x: object('serving.knative.dev/v1', 'Service', 'web', { spec }) })).toEqual([]);
    const claims = { volumeClaimTemplates: [{ metadata: { name: 'A_B' } }] };
    expect(of({ x: object('a.example/v1', 'Store', 'web', { spec: claims }) })).toEqual([]);
  });

  test('of a port of a Service', () => {
    const service = (...ports: object[]) => object('v1', 'Service', 'web', { spec: { ports } });
    expect(of({ x: service({ name: long(63), port: 80 }) })).toEqual([]);
    expect(of({ x: service({ port: 80 }) })).toEqual([]);
    expect(of({ x: service({ name: 'a_b', port: 80 }) })).toEqual([
      told('Service/web', '/spec/ports/0/name', 'a_b', `63 ${LABEL}`),
    ]);
  });
});

describe('bad-config-data:', () => {
  const of = (data: object, more: object = {}) =>
    findings('bad-config-data', { x: object('v1', 'ConfigMap', 'web', { data, ...more }) });
  const told = (message: string) => [
    `[demo/x in dev] ConfigMap/web: ${message} (bad-config-data).`,
  ];
  const rule = 'use up to 253 letters, digits, "-", "_" and ".", and no ".." in front';

  test.each(['a', 'A.b_c-1', '.env', '..'.slice(1) + 'a', long(253)])('a key may be %s', (key) => {
    expect(of({ [key]: 'x' })).toEqual([]);
  });

  test.each(['', '.', '..', '..a', 'a/b', 'a b', 'ä', 'a:b'])('a key may not be %j', (key) => {
    expect(of({ [key]: 'x' })).toEqual(told(`/data has the key ${JSON.stringify(key)}; ${rule}`));
  });

  test('keys of a Secret, and of binary data', () => {
    const secret = object('v1', 'Secret', 'web', { stringData: { 'a/b': '' } });
    expect(findings('bad-config-data', { x: secret })).toEqual([
      `[demo/x in dev] Secret/web: /stringData has the key "a/b"; ${rule} (bad-config-data).`,
    ]);
    expect(of({ a: 'x' }, { binaryData: { 'a/b': '' } })).toEqual(
      told(`/binaryData has the key "a/b"; ${rule}`),
    );
  });

  test('a key is in one of both', () => {
    expect(of({ a: 'x' }, { binaryData: { b: '' } })).toEqual([]);
    expect(of({ a: 'x' }, { binaryData: { a: '' } })).toEqual(
      told('/binaryData has the key "a", as /data has; remove one'),
    );
  });

  test('a value is a text', () => {
    expect(of({ a: 1 })).toEqual(told('/data/a is 1, which is no text; quote it'));
    expect(of({ a: { b: 'c' } })).toEqual(told('/data/a is {"b":"c"}, which is no text; quote it'));
  });
});

describe('object-too-large:', () => {
  const sized = (bytes: number, character = 'x') => {
    const empty = configMap('web', { a: '' });
    // The namespace of the tier is part of the object.
    const head = JSON.stringify(empty).length + ',"namespace":"demo"'.length;
    return configMap('web', { a: character.repeat(bytes - head) });
  };

  test('an object may have 250 KiB', () => {
    expect(findings('object-too-large', { x: sized(256_000) })).toEqual([]);
    expect(findings('object-too-large', { x: sized(256_001) })).toEqual([
      '[demo/x in dev] ConfigMap/web: it has 256001 bytes as JSON, but kubectl can apply no more than 256000; split it, or put large files into an image or on a volume (object-too-large).',
    ]);
  });

  test('above 1 MiB of data no way of applying helps, so that is told instead', () => {
    const sizes = (data: object, kind = 'ConfigMap') => {
      const objects = { x: object('v1', kind, 'web', data) };
      return [findings('object-over-limit', objects), findings('object-too-large', objects).length];
    };
    const [half, MiB] = ['x'.repeat(512 * 1024), 1024 * 1024];
    expect(sizes({ data: { a: half, b: half } })).toEqual([[], 1]);
    const over = (bytes: number) =>
      `its data has ${String(bytes)} bytes, but Kubernetes takes no more than ${String(MiB)}; split it, or put large files into an image or on a volume (object-over-limit).`;
    expect(sizes({ data: { a: half, b: `${half}x` } })).toEqual([
      [`[demo/x in dev] ConfigMap/web: ${over(MiB + 1)}`],
      0,
    ]);
    // Base64 is longer than what it stands for, and that is what counts.
    const coded = Buffer.from(half).toString('base64');
    expect(sizes({ data: { a: coded, b: coded } }, 'Secret')).toEqual([[], 1]);
    expect(sizes({ stringData: { a: half, b: `${half}x` } }, 'Secret')).toEqual([
      [`[demo/x in dev] Secret/web: ${over(MiB + 1)}`],
      0,
    ]);
    expect(sizes({ spec: { a: half, b: half } }, 'Other')).toEqual([[], 1]);
    expect(sizes({ spec: { a: half, b: half, c: half } }, 'Other')[0]).toEqual([
      expect.stringMatching(/as JSON, but etcd takes no more than 1572864; split it/),
    ]);
  });

  test('bytes count, not characters', () => {
    expect(findings('object-too-large', { x: sized(200_000, 'ä') })).toHaveLength(1);
    expect(findings('object-too-large', { x: sized(130_000, '"') })).toHaveLength(1);
    const long = 'k'.repeat(150);
    const keys = Array.from({ length: 2000 }, (_, index) => [`${long}${String(index)}`, 0]);
    const wide = object('a.example/v1', 'Thing', 'x', { spec: Object.fromEntries(keys) as object });
    expect(findings('object-too-large', { wide })).toHaveLength(1);
  });
});
