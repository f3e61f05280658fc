import { join } from 'node:path';
import { isExact } from '../../synth/checks/images';
import { textAt } from '../../synth/checks/json';
import { kubectl as kubectlProgram } from '../../synth/proof/programs';
import { rendered } from '../configs/rendered';
import {
  deleteEnvironments,
  deleteNamespaces,
  DIST,
  kubectl,
  namespacesOf,
  run,
  untilNone,
  version,
  written,
} from './kube';
import { unsettled } from './settled';

/* The optional admission policies, against objects that break them, and against all of the platform. */

function policiesWith(more: { readonly action?: string }) {
  const values = { cluster: { admissionPolicies: { enabled: true, ...more } } };
  return rendered('cluster', values).filter((object) =>
    textAt(object, 'kind').startsWith('ValidatingAdmissionPolicy'),
  );
}

const policies = policiesWith({});
const prod = written('prod');
const [OURS, OTHERS] = ['admission-ours', 'admission-others'];

const apply = (objects: readonly object[], ...flags: string[]) =>
  run(
    kubectlProgram().path,
    ['apply', '--server-side', '--validate=strict', ...flags, '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  );

const LABELS = {
  'app.kubernetes.io/name': 'one',
  'app.kubernetes.io/instance': 'platform',
  'app.kubernetes.io/part-of': 'platform',
};
const IMAGE = 'docker.io/library/redis:8.10.1-trixie';

interface Change {
  readonly image?: string;
  readonly init?: string;
  readonly account?: string;
  readonly labels?: object;
  readonly namespace?: string;
}

function podSpec({ image = IMAGE, init, account = 'one' }: Change) {
  return {
    serviceAccountName: account,
    restartPolicy: 'Never',
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container('main', image)],
    ...(init !== undefined && { initContainers: [container('init', init)] }),
  };
}

const container = (name: string, image: string) => ({
  name,
  image,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
});

const metadata = ({ labels = LABELS, namespace = OURS }: Change) => ({
  name: 'one',
  namespace,
  labels,
});
const pod = (change: Change) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata(change),
  spec: podSpec(change),
});
const job = (change: Change) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata(change),
  spec: { template: { metadata: { labels: { a: 'b' } }, spec: podSpec(change) } },
});
const cronJob = (change: Change) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: metadata(change),
  spec: { schedule: '0 0 * * *', jobTemplate: { spec: job(change).spec } },
});
const service = (change: Change) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(change),
  spec: { ports: [{ port: 80 }] },
});

const refusal = async (object: object): Promise<string> => {
  const { code, stderr } = await apply([object], '--dry-run=server');
  expect(code).toBe(stderr === '' ? 0 : 1);
  return stderr;
};

const tests = (): void => {
  beforeAll(async () => {
    const namespaces = [OURS, OTHERS].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: { 'app.kubernetes.io/part-of': name === OURS ? 'platform' : 'else' },
      },
    }));
    const accounts = [OURS, OTHERS].map((namespace) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'one', namespace },
    }));
    expect(await apply([...namespaces, ...accounts])).toMatchObject({ code: 0, stderr: '' });
    expect(await apply(policies)).toMatchObject({ code: 0, stderr: '' });
    // The API server takes a moment until it holds them, one by one.
    const bad = [
      pod({ image: 'redis:latest' }),
      pod({ account: 'default' }),
      service({ labels: {} }),
    ];
    const taken = async (): Promise<string[]> =>
      (await Promise.all(bad.map(refusal))).filter((text) => text === '');
    expect(await untilNone(taken)).toEqual([]);
  });

  afterAll(async () => {
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: policies });
    await run(kubectlProgram().path, ['delete', '--ignore-not-found', '-f', '-'], list);
    await deleteNamespaces([OURS, OTHERS]);
    await deleteEnvironments('prod');
  });

  test('take good objects', async () => {
    const good = [pod({}), job({}), cronJob({}), service({})];
    for (const one of good) expect(await refusal(one)).toBe('');
  });

  test.each([
    'redis:8.10.1',
    'a.example:5000/redis:2026-01-31',
    'redis:20260131',
    'redis:sha-1a2b3c4',
    `redis:latest@sha256:${'a'.repeat(64)}`,
    'my-latest.example/redis:1.2.3',
    'redis:1.2.3@sha512:abc',
  ])('take the image %s, as the check does', async (image) => {
    expect(isExact(image)).toBe(true);
    expect(await refusal(pod({ image }))).toBe('');
  });

  test.each([
    'redis',
    'redis:8',
    'redis:latest',
    'redis:8.10-latest',
    'a.example:5000/redis',
    'a.example:50.00/redis:stable',
    'redis:defaced',
    'a.example:5000/redis:defaced',
    'redis@sha256:1a2b3c4',
    'redis:latest-1.2.3',
  ])('refuse the image %s, and name it, as the check does', async (image) => {
    expect(isExact(image)).toBe(false);
    const sentence = `image ${image} has no exact version: use the tag of one release, or a digest`;
    for (const one of [pod({ image }), job({ image }), cronJob({ image }), pod({ init: image })])
      expect(await refusal(one)).toContain(sentence);
  });

  test('refuse the service account of the namespace', async () => {
    const sentence = 'serviceAccountName is that of the namespace: name one of its own';
    for (const account of ['default', ''])
      for (const one of [pod({ account }), job({ account }), cronJob({ account })])
        expect(await refusal(one)).toContain(sentence);
  });

  test('refuse objects without their labels, and name those', async () => {
    const { 'app.kubernetes.io/name': _, ...labels } = LABELS;
    for (const one of [job({ labels }), cronJob({ labels }), service({ labels })])
      expect(await refusal(one)).toContain(
        'metadata.labels has no app.kubernetes.io/name: add what is missing',
      );
    // Pods have what their templates say.
    expect(await refusal(pod({ labels: {} }))).toBe('');
  });

  test('look at namespaces of the platform alone', async () => {
    const bad = { image: 'redis', account: 'default', labels: {}, namespace: OTHERS };
    for (const one of [pod(bad), job(bad), cronJob(bad), service(bad)])
      expect(await refusal(one)).toBe('');
  });

  test('take all of the platform, whose pods come up', async () => {
    const { code, stderr } = await kubectl('apply', '--server-side', '-f', join(DIST, 'prod'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await untilNone(() => unsettled(namespacesOf(prod)))).toEqual([]);
  });

  test('warn only, where the value says so', async () => {
    expect(await apply(policiesWith({ action: 'Warn' }))).toMatchObject({ code: 0, stderr: '' });
    const warned = async (): Promise<string[]> => {
      const object = service({ labels: {} });
      const { code, stderr } = await apply([object], '--dry-run=server');
      return code === 0 && stderr.startsWith('Warning: ') ? [] : [stderr];
    };
    expect(await untilNone(warned)).toEqual([]);
  });
};

// Not skipped below 1.30, where there is something else to see.
if (Number(version.split('.')[1]) >= 30) describe('admission policies', tests);
else {
  test('Kubernetes before 1.30 knows no admission policies of v1, and says so', async () => {
    const { code, stderr } = await apply(policies);
    expect(code).toBe(1);
    expect(stderr).toContain('no matches for kind "ValidatingAdmissionPolicy"');
  });
}
