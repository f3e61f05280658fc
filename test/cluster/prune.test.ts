import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kubectl as kubectlProgram } from '../../synth/proof/programs';
import { deleteEnvironments, DIST, kubectl, namespacesOf, run, written } from './kube';

/* The command of docs/operations.md, as it is written there. */

const [environment, other] = ['prod', 'staging'];
const page = readFileSync(resolve(__dirname, '../../docs/operations.md'), 'utf8');
const command = /^kubectl (apply -f dist\/prod --prune(?:.*\\\n)*.*)$/m.exec(page)?.[1] ?? '';
const prune = command
  .replaceAll('\\\n', ' ')
  .replace('dist/prod', join(DIST, environment))
  .split(/ +/);

afterAll(() => deleteEnvironments(environment, other));

test('removes what is no longer written, and nothing else', async () => {
  expect(prune).toContain('--prune');
  for (const one of [environment, other]) {
    const { code, stderr } = await kubectl('apply', '-f', join(DIST, one));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }
  await make('stale');
  await make('stale-server-side', '--server-side');
  await make('stale-claim');
  const before = await inventory();

  const { code } = await kubectl(...prune);
  expect(code).toBe(0);
  const after = await inventory();
  expect(before.filter((one) => !after.includes(one))).toEqual([`configmap/${namespace}/stale`]);
});

test('would remove claims and other environments without the list of kinds', async () => {
  const flags = prune.filter((flag) => !flag.startsWith('--prune-allowlist'));
  const { code, stdout } = await kubectl(...flags, '--dry-run=server');
  expect(code).toBe(0);
  const pruned = stdout.split('\n').map((line) => /^(\S+) pruned/.exec(line)?.[1]);
  expect(pruned).toEqual(
    expect.arrayContaining([
      'persistentvolumeclaim/stale-claim',
      ...namespacesOf(written(other)).map((name) => `namespace/${name}`),
    ]),
  );
});

const namespace = namespacesOf(written(environment))[0] ?? '';

/** An object with the labels of the platform that is in no file. */
async function make(name: string, ...flags: string[]): Promise<void> {
  const labels = { 'app.kubernetes.io/part-of': 'platform' };
  const metadata = { name, namespace, labels };
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const object = name.endsWith('-claim')
    ? { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claim }
    : { apiVersion: 'v1', kind: 'ConfigMap', metadata };
  const { path } = kubectlProgram();
  const args = ['apply', ...flags, '-f', '-'];
  expect(await run(path, args, JSON.stringify(object))).toMatchObject({ code: 0 });
}

/** All of the platform, in all environments. */
async function inventory(): Promise<string[]> {
  const kinds = [...new Set([environment, other].flatMap(written).map(({ kind }) => kind))];
  const template = '{range .items[*]}{.kind}/{.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
  const { stdout } = await kubectl(
    ...['get', kinds.join(','), '--all-namespaces', '--output', `jsonpath=${template}`],
    ...['--selector', 'app.kubernetes.io/part-of=platform'],
  );
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\w+/, (kind) => kind.toLowerCase()));
}
