import { Job, revisionOf, type JobOptions } from '../../constructs';
import { mapAt, textAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { problemsOf } from '../synth/fixture';
import { Shop, shopOf, taskRun, type DataTier } from './fixture';

const SCRIPT = 'console.log("done");\n';

const LOGIN = { name: 'login', mount: '/run/login', keys: ['token'], why: 'Login.' };
const HASHES = /-[0-9a-f]{5}-[0-9a-f]{10}$/;

const options = (data: DataTier): JobOptions => ({
  component: 'task',
  revision: 'list.json',
  run: taskRun(data),
});

/** Its name has all that its spec depends on: image, script, level. */
function task(data: DataTier, more: Partial<JobOptions> = {}, script = SCRIPT): Job {
  const { image, level } = data.values.task;
  const list = JSON.stringify(revisionOf(data, image, script, { level }), null, 2);
  return new Job(data, 'task', { ...options(data), ...more })
    .env({ LEVEL: level })
    .config('list', '/etc/task', { 'list.json': `${list}\n` })
    .config('script', '/opt/task', { 'task.js': script });
}

const shop = new Shop(({ data }) => {
  task(data);
});

test('the defaults of a Job', () => {
  expect(shop.yaml('data/task/')).toMatchSnapshot();
});

describe('the name', () => {
  const initially = nameIn(shop);

  test('is that of the construct, and hashes of the constants and of the values', () => {
    expect(initially).toMatch(/^task-[0-9a-f]{5}-[0-9a-f]{10}$/);
  });

  test.each<[string, JsonMap]>([
    ['tag', { data: { task: { image: { tag: '24.2.0' } } } }],
    ['digest', { data: { task: { image: { digest: `sha256:${'0'.repeat(64)}` } } } }],
    ['repository', { data: { task: { image: { repository: 'library/deno' } } } }],
    ['registry', { data: { task: { image: { registry: 'ghcr.io' } } } }],
    ['mirror', { global: { imageRegistry: 'mirror.example' } }],
    ['further value', { data: { task: { level: 'high' } } }],
  ])('is another one with another %s: the spec of a Job can never change', (_, overlay) => {
    expect(nameIn(shop, overlay)).not.toBe(initially);
    expect(nameIn(shop, overlay)).toBe(nameIn(shop, overlay));
  });

  test.each<[string, (data: DataTier) => void]>([
    ['script', (data) => task(data, {}, 'console.log("other");\n')],
    ['command', (data) => task(data, { run: { ...taskRun(data), command: ['true'] } })],
    ['variable', (data) => task(data).env({ FURTHER: 'constant' })],
    ['Secret', (data) => task(data).secret('login', LOGIN)],
  ])('is another one with another %s in the code', (_, fill) => {
    const changed = new Shop(({ data }) => {
      fill(data);
    });
    expect(nameIn(changed)).not.toBe(initially);
  });

  test('stays, and with it the Job, whatever else changes', () => {
    const overlay = {
      global: { domain: 'other.example', secrets: { generate: true }, storageClass: 'fast' },
      data: { db: { storage: '2Gi' }, secrets: { image: { tag: '24.3.0' } } },
      app: { web: { replicas: 5 } },
    };
    expect(jobIn(shop, overlay)).toEqual(jobIn(shop));
  });
});

test('a file that it mounts may change without a new Job: the next run reads it anew', () => {
  const reading = new Shop(({ data }) => {
    task(data).config('more', '/etc/more', { 'more.conf': `size ${data.values.db.storage}\n` });
  });
  const larger = { data: { db: { storage: '9Gi' } } };
  expect(reading.get('ConfigMap', 'task-more', larger)['data']).toEqual({
    'more.conf': 'size 9Gi\n',
  });
  expect(jobIn(reading, larger)).toEqual(jobIn(reading));
});

test('a switch takes all of it away', () => {
  const switched = new Shop(({ data }) => {
    task(data, { when: data.values.task.enabled });
  });
  const names = switched.names();
  expect(switched.names({ data: { task: { enabled: false } } })).toEqual([]);
  expect(names.map((name) => name.replace(HASHES, ''))).toEqual([
    'ConfigMap/platform-data/task-list',
    'ConfigMap/platform-data/task-script',
    'ServiceAccount/platform-data/task',
    'NetworkPolicy.networking.k8s.io/platform-data/task',
    'Job.batch/platform-data/task',
  ]);
});

test('a token for the API server comes with its reason', () => {
  const reason = 'Makes Secrets.';
  const talking = new Shop(({ data }) => {
    task(data, { run: { ...taskRun(data), apiAccess: { reason } } });
  });
  const template = {
    token: mapAt(jobIn(talking), 'spec', 'template'),
    none: mapAt(jobIn(shop), 'spec', 'template'),
  };
  expect(template.token).toMatchObject({
    metadata: { annotations: { 'twinchart.dev/service-account-token': reason } },
    spec: { automountServiceAccountToken: true },
  });
  expect(template.none).toMatchObject({ spec: { automountServiceAccountToken: false } });
});

describe('refused is', () => {
  test('a value that the name does not know', () => {
    const problems = problemsOf(() => {
      shopOf(({ data }) => {
        task(data).env({ STORAGE: data.values.db.storage, AGAIN: data.values.db.storage });
      }).build();
    });
    expect(problems).toEqual([
      '[data/task/job] uses data.db.storage, which is no part of its name; the spec of a Job can never change, so end metadata.name in shortHash() of a text with the value in it.',
    ]);
  });

  test('each of the values of its pods, unless the name knows it', () => {
    const problems = problemsOf(() => {
      shopOf(({ data }) => {
        task(data, { values: data.values.task });
      }).build();
    });
    const values = [
      'podAnnotations',
      'podLabels',
      'priorityClassName',
      'nodeSelector',
      'tolerations',
      'affinity',
      'extraEnv',
      'extraVolumes',
      'extraVolumeMounts',
    ];
    expect(problems.map((problem) => /uses data\.task\.(\w+),/.exec(problem)?.[1]).sort()).toEqual(
      values.sort(),
    );
  });

  test('a file for the name that is not mounted', () => {
    const problems = problemsOf(() => {
      shopOf(({ data }) => {
        task(data, { revision: 'lost.json' });
      }).build();
    });
    expect(problems).toContain(
      '[data/task] There is no configuration file lost.json; mount it with config(). Mounted: list.json, task.js.',
    );
  });

  test('a file for the name where none is mounted', () => {
    const problems = problemsOf(() => {
      shopOf(({ data }) => {
        new Job(data, 'task', options(data));
      }).build();
    });
    expect(problems).toEqual([
      '[data/task] There is no configuration file list.json; mount it with config(). Mounted: none.',
    ]);
  });
});

function jobIn(from: Shop, overlay: JsonMap = {}): JsonMap {
  const jobs = from.objects(overlay).filter(({ kind }) => kind === 'Job');
  expect(jobs).toHaveLength(1);
  return jobs[0] ?? {};
}

function nameIn(from: Shop, overlay: JsonMap = {}): string {
  return textAt(jobIn(from, overlay), 'metadata', 'name');
}
