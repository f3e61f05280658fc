import { CronJob } from '../../constructs';
import { at, listAt, mapAt } from '../../synth/checks/json';
import { merge, type JsonMap } from '../../synth/merge';
import { problemsOf } from '../synth/fixture';
import { Shop, store, taskRun, web } from './fixture';

const shop = new Shop(({ data, app }) => {
  const { values, global } = app;
  web(app)
    .config('config', '/etc/web', {
      'web.conf': `level ${values.web.level}\n`,
      'constant.conf': 'port 3100\n',
    })
    .secret('login', {
      name: `${values.web.level}-login`,
      mount: '/run/login',
      keys: ['a', 'b'],
      why: 'Login of web.',
    })
    .env({ NODE_ENV: 'production', LEVEL: values.web.level, DOMAIN: global.domain });
  store(data);
  const { task } = data.values;
  const { schedule } = task;
  new CronJob(data, 'task', { component: 'task', schedule, values: task, run: taskRun(data) });
});

describe.each([
  ['Deployment', 'web', (values: JsonMap) => ({ app: { web: values } })],
  ['StatefulSet', 'db', (values: JsonMap) => ({ data: { db: values } })],
  ['CronJob', 'task', (values: JsonMap) => ({ data: { task: values } })],
])('the pods of a %s', (kind, name, overlay) => {
  const pod = (values: JsonMap = {}) => shop.pod(kind, name, overlay(values));
  const spec = (values: JsonMap = {}) => mapAt(pod(values), 'spec');

  test('get priority, nodes, tolerations and affinity as the values have them', () => {
    const passed = {
      priorityClassName: 'high',
      nodeSelector: { 'kubernetes.io/arch': 'amd64' },
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'apps', effect: 'NoSchedule' }],
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: 'ssd', operator: 'Exists' }] } },
          ],
        },
      },
    };
    expect(spec(passed)).toEqual({ ...spec(), ...passed });
  });

  test('say nothing of what the values leave empty', () => {
    const keys = ['priorityClassName', 'nodeSelector', 'tolerations', 'affinity'];
    expect(keys.filter((key) => Object.hasOwn(spec(), key))).toEqual([]);
  });

  test('get further variables, volumes and mounts behind their own', () => {
    const extraEnv = [
      { name: 'TZ', value: 'Etc/UTC' },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ];
    const extraVolumes = [{ name: 'extra', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }];
    const extraVolumeMounts = [{ name: 'extra', mountPath: '/extra', readOnly: true }];
    const before = spec();
    const after = spec({ extraEnv, extraVolumes, extraVolumeMounts });
    const own = (key: string) => listAt(before, 'containers', '0', key);
    expect(after['volumes']).toEqual([...listAt(before, 'volumes'), ...extraVolumes]);
    expect(mapAt(after, 'containers', '0')).toEqual({
      ...mapAt(before, 'containers', '0'),
      env: [...own('env'), ...extraEnv],
      volumeMounts: [...own('volumeMounts'), ...extraVolumeMounts],
    });
  });

  test('get further labels and annotations behind their own', () => {
    const team = { 'example.org/team': 'core' };
    const metadata = mapAt(pod({ podLabels: team, podAnnotations: team }), 'metadata');
    expect(metadata).toEqual({
      labels: { ...mapAt(pod(), 'metadata', 'labels'), ...team },
      annotations: { ...mapAt(pod(), 'metadata', 'annotations'), ...team },
    });
  });

  test.each([
    'app.kubernetes.io/name',
    'app.kubernetes.io/component',
    'app.kubernetes.io/instance',
  ])('refuse another %s: no selector would find them again', (label) => {
    const [tier = '', group = ''] = kind === 'Deployment' ? ['app', 'web'] : ['data', name];
    expect(problemsOf(() => pod({ podLabels: { [label]: 'other' } }))).toEqual([
      `[environment test] Value ${tier}.${group}.podLabels has the key "${label}", which the manifest sets itself; use another.`,
    ]);
  });

  test('meet Pod Security "restricted", and get no token', () => {
    expect(spec()).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
  });
});

test('variables come in the order they were given, with their values', () => {
  const overlay = { global: { domain: 'test.example' }, app: { web: { level: 'high' } } };
  expect(shop.container('Deployment', 'web', overlay)['env']).toEqual([
    { name: 'NODE_ENV', value: 'production' },
    { name: 'LEVEL', value: 'high' },
    { name: 'DOMAIN', value: 'test.example' },
  ]);
});

describe('a configuration file', () => {
  const high = { app: { web: { level: 'high' } } };
  const checksums = (overlay: JsonMap = {}) =>
    mapAt(shop.pod('Deployment', 'web', overlay), 'metadata', 'annotations');

  test('stands in a ConfigMap with its values, and is mounted read-only', () => {
    expect(shop.get('ConfigMap', 'web-config', high)['data']).toEqual({
      'web.conf': 'level high\n',
      'constant.conf': 'port 3100\n',
    });
    const { spec } = shop.pod('Deployment', 'web');
    expect(listAt(spec, 'volumes')).toContainEqual({
      name: 'config',
      configMap: { name: 'web-config' },
    });
    expect(listAt(spec, 'containers', '0', 'volumeMounts')).toContainEqual({
      name: 'config',
      mountPath: '/etc/web',
      readOnly: true,
    });
  });

  test('rolls the pods when a value in it changes, by the checksum of that file alone', () => {
    const [before, after] = [checksums(), checksums(high)];
    expect(Object.keys(before)).toEqual(['checksum/web.conf', 'checksum/constant.conf']);
    expect(after['checksum/web.conf']).not.toBe(before['checksum/web.conf']);
    expect(after['checksum/constant.conf']).toBe(before['checksum/constant.conf']);
  });

  test('does not roll them when something else changes', () => {
    const overlay = { global: { domain: 'test.example' }, app: { web: { replicas: 7 } } };
    expect(checksums(overlay)).toEqual(checksums());
  });

  test('keeps its checksum whatever the values annotate', () => {
    const podAnnotations = { 'checksum/web.conf': 'none' };
    expect(
      problemsOf(() => checksums(merge(high, { app: { web: { podAnnotations } } }) as JsonMap)),
    ).toEqual([
      '[environment test] Value app.web.podAnnotations has the key "checksum/web.conf", which the manifest sets itself; use another.',
    ]);
  });
});

test('a Secret is files: of the keys that are read, read-only, for the user and the group alone', () => {
  const { spec } = shop.pod('Deployment', 'web', { app: { web: { level: 'high' } } });
  expect(listAt(spec, 'volumes')).toContainEqual({
    name: 'login',
    secret: {
      secretName: 'high-login',
      // YAML of Kubernetes is JSON, which has no octal numbers.
      defaultMode: 0o440,
      items: [
        { key: 'a', path: 'a' },
        { key: 'b', path: 'b' },
      ],
    },
  });
  expect(listAt(spec, 'containers', '0', 'volumeMounts')).toContainEqual({
    name: 'login',
    mountPath: '/run/login',
    readOnly: true,
  });
  // The group that the files belong to.
  expect(at(spec, 'securityContext', 'fsGroup')).toBe(1000);
});
