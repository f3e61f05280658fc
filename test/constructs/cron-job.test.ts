import { CronJob } from '../../constructs';
import { mapAt } from '../../synth/checks/json';
import { Shop, taskRun } from './fixture';

const shop = new Shop(({ data }) => {
  const options = { component: 'task', schedule: '15 2 * * *', run: taskRun(data) };
  new CronJob(data, 'plain', options);
  new CronJob(data, 'full', {
    ...options,
    schedule: data.values.task.schedule,
    values: data.values.task,
    when: data.values.task.enabled,
    lateSeconds: 60,
    backsUp: 'db',
    run: { ...options.run, retries: 0 },
    volumes: [{ name: 'dumps', persistentVolumeClaim: { claimName: 'dumps' } }],
    volumeMounts: [{ name: 'dumps', mountPath: '/dumps' }],
  });
});

test('the defaults of a CronJob', () => {
  expect(shop.yaml('data/plain/')).toMatchSnapshot();
});

test('the schedule can be a value', () => {
  const { spec } = shop.get('CronJob', 'full', { data: { task: { schedule: '0 4 * * 1' } } });
  expect(spec).toMatchObject({ schedule: '0 4 * * 1' });
});

// Without a deadline the run of last week starts now, or none at all after a hundred that were missed.
test('a run that could not start in time may start an hour later, or as the chart says', () => {
  const late = (name: string) =>
    mapAt(shop.get('CronJob', name), 'spec')['startingDeadlineSeconds'];
  expect([late('plain'), late('full')]).toEqual([3600, 60]);
});

test('retries, volumes and mounts are what the chart says', () => {
  const cronJob = shop.get('CronJob', 'full');
  expect(mapAt(cronJob, 'spec', 'jobTemplate', 'spec')['backoffLimit']).toBe(0);
  expect(shop.pod('CronJob', 'full')['spec']).toMatchObject({
    containers: [
      {
        volumeMounts: [
          { name: 'dumps', mountPath: '/dumps' },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'dumps', persistentVolumeClaim: { claimName: 'dumps' } },
    ],
  });
});

test('what it backs up stands where tools find it', () => {
  const annotations = { 'twinchart.dev/backs-up': 'db' };
  expect(shop.get('CronJob', 'full')['metadata']).toMatchObject({ annotations });
});

test('the ServiceAccount has the annotations of the cloud', () => {
  const annotations = { 'example.org/role': 'backup' };
  const overlay = { data: { task: { serviceAccount: { annotations } } } };
  expect(shop.get('ServiceAccount', 'full', overlay)['metadata']).toMatchObject({ annotations });
  expect(shop.get('ServiceAccount', 'full')['metadata']).not.toHaveProperty('annotations');
});

test('a switch takes all of it away', () => {
  const names = shop.names({ data: { task: { enabled: false } } });
  expect(names.filter((name) => name.endsWith('/full'))).toEqual([]);
});
