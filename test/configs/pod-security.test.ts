import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compose } from '../../main';
import { podOf } from '../../synth/checks/pod';
import { isRestricted } from '../../synth/checks/pod-security';
import { World, type Item } from '../../synth/checks/world';
import { renderEnvironments } from '../../synth/dist';
import { merge, type JsonMap } from '../../synth/merge';
import { configPrograms } from './go-programs';

/* The check pod-security beside the library that the API server asks, in Kubernetes 1.28 to 1.37. */

const path = configPrograms.find('pod-security');
const run = path === undefined ? test.skip : test;

/** Whether any of the versions refuses each of the pods. */
function refused(pods: readonly JsonMap[]): boolean[] {
  const { status, stdout, stderr } = spawnSync(path ?? '', [], {
    input: JSON.stringify(pods),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as object[]).map((versions) => Object.keys(versions).length > 0);
}

/** Whether the check finds something. */
function found(pod: JsonMap): boolean {
  const read = podOf({ json: pod } as Item);
  if (read === undefined) throw new Error('That is no pod.');
  return !isRestricted(read);
}

run('both say the same of every pod that Kubernetes itself tests with', () => {
  const folder = join(
    configPrograms.moduleFolder('pod-security', 'k8s.io/pod-security-admission'),
    'test/testdata',
  );
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
  const pods = files.flatMap((file) =>
    parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => ({
      file,
      pod: document.toJS() as JsonMap,
    })),
  );
  expect(pods.length).toBeGreaterThan(4000);
  const theirs = refused(pods.map(({ pod }) => pod));
  expect(new Set(theirs)).toEqual(new Set([true, false]));
  const different = pods.filter(({ pod }, index) => found(pod) !== theirs[index]);
  expect(different.map(({ file }) => file)).toEqual([]);
});

const MODES = ['whole', 'time-slicing', 'mps', 'mig'];
run.each(MODES)('both say the same of our pods; with GPUs shared by %s', (mode) => {
  const blueprint = compose().build();
  const more = { cluster: { devicePlugin: { sharing: mode } } };
  const environments = blueprint.environments.map((environment) => ({
    ...environment,
    values: merge(environment.values, more) as typeof environment.values,
  }));
  const platform = { ...blueprint, environments };
  const tiers = renderEnvironments(platform);
  const [environment] = environments;
  if (environment === undefined) throw new Error('There is no environment.');
  const { pods } = new World(platform, compose().options, environment, tiers);
  expect(pods.length).toBeGreaterThan(30);
  const theirs = refused(
    pods.map(({ annotations, spec }) => ({ metadata: { annotations }, spec })),
  );
  for (const [index, { owner, annotations, spec }] of pods.entries()) {
    const name = `${owner.kind}/${owner.name}`;
    const ours = found({ metadata: { annotations }, spec });
    expect([name, ours]).toEqual([name, theirs[index]]);
    const isAgent = owner.kind === 'DaemonSet' && owner.tier === 'cluster';
    expect([name, ours]).toEqual([name, isAgent]);
  }
});
