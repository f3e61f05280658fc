import { deployment, findings, object } from './fixture';

const CHARACTERS =
  'up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';
const long = (length: number) => 'x'.repeat(length);
const badKey = (key: string) =>
  `has the key ${JSON.stringify(key)}; use ${CHARACTERS}, and before them, if at all, a DNS name and "/"`;

/** A Deployment with these labels or annotations of its own and of its pods. */
const web = (own: object, pods: object) =>
  object(
    'apps/v1',
    'Deployment',
    'web',
    { spec: { template: { metadata: pods, spec: { containers: [] } } } },
    own,
  );

describe.each([
  ['bad-label' as const, 'labels'],
  ['bad-annotation' as const, 'annotations'],
])('%s: a key of %s', (check, field) => {
  const of = (key: string) => findings(check, { web: web({ [field]: { [key]: 'a' } }, {}) });

  test.each([
    'app',
    'A.b_c-1',
    long(63),
    'a.example/b',
    'a.b-long-c.d/e',
    `${long(63)}.a/${long(63)}`,
  ])('may be %s', (key) => {
    expect(of(key)).toEqual([]);
  });

  test.each(['', 'a b', '-a', 'a-', 'a/b/c', '/a', 'a/', 'A.example/b', 'a_b/c', 'ä', long(64)])(
    'may not be %j',
    (key) => {
      expect(of(key)).toEqual([
        `[demo/web in dev] Deployment/web: /metadata/${field} ${badKey(key)} (${check}).`,
      ]);
    },
  );

  test('has a text as value', () => {
    const pods = { [field]: { replicas: 3, on: true } };
    const told = (pair: string) =>
      `[demo/web in dev] Deployment/web: /spec/template/metadata/${field} has ${pair}, which is no text; write it in quotes (${check}).`;
    expect(findings(check, { web: web({}, pods) })).toEqual([
      told('replicas: 3'),
      told('on: true'),
    ]);
  });

  test('is looked at in the pods of a CronJob and in its Jobs', () => {
    const metadata = { [field]: { 'a b': 'c' } };
    const template = { metadata, spec: { containers: [] } };
    const spec = { jobTemplate: { metadata, spec: { template } } };
    const told = (path: string) =>
      `[demo/job in dev] CronJob/job: ${path}/metadata/${field} ${badKey('a b')} (${check}).`;
    expect(findings(check, { job: object('batch/v1', 'CronJob', 'job', { spec }) })).toEqual([
      told('/spec/jobTemplate'),
      told('/spec/jobTemplate/spec/template'),
    ]);
  });

  test('of a Pod is told once', () => {
    const pod = object('v1', 'Pod', 'p', { spec: { containers: [] } }, { [field]: { 'a b': 'c' } });
    expect(findings(check, { pod })).toEqual([
      `[demo/pod in dev] Pod/p: /metadata/${field} ${badKey('a b')} (${check}).`,
    ]);
  });
});

describe('the value of a label', () => {
  const of = (value: string) => findings('bad-label', { web: web({ labels: { app: value } }, {}) });

  test.each(['', 'a', 'A.b_c-1', long(63)])('may be %j', (value) => {
    expect(of(value)).toEqual([]);
  });

  test.each(['a b', '1.0+build', '-a', 'a-', 'a/b', 'ä', long(64)])('may not be %j', (value) => {
    expect(of(value)).toEqual([
      `[demo/web in dev] Deployment/web: /metadata/labels has app: ${JSON.stringify(value)} of ${String(value.length)} characters, which no label may have; use ${CHARACTERS} (bad-label).`,
    ]);
  });

  test('is looked at in selectors of nodes and in claims of a StatefulSet', () => {
    const nodes = deployment({ nodeSelector: { zone: 'a b' } });
    const claims = [{ metadata: { labels: { app: 'a b' } } }];
    const store = object('apps/v1', 'StatefulSet', 'db', {
      spec: { volumeClaimTemplates: claims },
    });
    expect(findings('bad-label', { nodes, store })).toEqual([
      `[demo/store in dev] StatefulSet/db: /spec/volumeClaimTemplates/0/metadata/labels has app: "a b" of 3 characters, which no label may have; use ${CHARACTERS} (bad-label).`,
      `[demo/nodes in dev] Deployment/web: /spec/template/spec/nodeSelector has zone: "a b" of 3 characters, which no label may have; use ${CHARACTERS} (bad-label).`,
    ]);
  });

  test('of an annotation may be any text', () => {
    const annotations = { note: 'a b\nc' };
    expect(findings('bad-annotation', { web: web({ annotations }, {}) })).toEqual([]);
  });
});
