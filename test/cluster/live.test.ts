import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { dev } from '../../platform/environments/dev';
import { helm3, helm4, kubectl as kubectlProgram } from '../../synth/proof/programs';
import {
  deleteEnvironments,
  deleteNamespaces,
  DIST,
  kubeconfig,
  kubectl,
  namespacesOf,
  run,
  version,
  written,
} from './kube';

/* `npm run diff -- dev --live`, against what was applied, changed by hand, and installed. */

const ROOT = resolve(__dirname, '../..');
const all = written('dev');
const namespace = 'platform-dev-data';

function live(): { code: number | null; lines: string[]; stderr: string } {
  const args = ['--require', './register', 'scripts/diff.ts', 'dev', '--live'];
  const env = { ...process.env, KUBECONFIG: kubeconfig };
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: ROOT, env, encoding: 'utf8' });
  return { code: status, lines: stdout.trimEnd().split('\n'), stderr };
}

const summary = (counts: string) => {
  const { stdout } = spawnSync(kubectlProgram().path, [
    ...['--kubeconfig', kubeconfig, 'config', 'current-context'],
  ]);
  return `dev, from the cluster of ${stdout.toString().trim()} to the work tree: ${counts}`;
};
const same = {
  code: 0,
  lines: [summary(`0 new, 0 changed, 0 gone, ${String(all.length)} the same.`)],
  stderr: '',
};

describe('what kubectl applied', () => {
  beforeAll(async () => {
    const { code } = await kubectl('apply', '--server-side', '-f', join(DIST, 'dev'));
    expect(code).toBe(0);
  });
  afterAll(() => deleteEnvironments('dev'));

  test('is the same', () => {
    expect(live()).toEqual(same);
  });

  test('is told where somebody changed it, and what the API server would refuse', async () => {
    await kubectl('delete', '-n', namespace, 'service/redis');
    await kubectl('scale', '-n', namespace, 'statefulset/redis', '--replicas=0');
    await remade('StatefulSet', 'mongodb', (set) => {
      set['spec'] = { ...(set['spec'] as object), serviceName: 'other' };
    });
    // As kubectl apply leaves it that is not server-side.
    await remade('ConfigMap', 'mongodb-config', ({ data }) => {
      (data as Record<string, string>)['more.conf'] = 'a: 1\n';
    });
    const labels = {
      'app.kubernetes.io/part-of': 'platform',
      'app.kubernetes.io/instance': dev.release.name,
    };
    await applied({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'stale', namespace, labels },
    });

    const { code, lines, stderr } = live();
    expect({ code, lines, stderr }).toEqual({
      code: 1,
      stderr: '',
      lines: [
        `~ ConfigMap ${namespace}/mongodb-config`,
        '  - data["more.conf"]:',
        '  -   a: 1',
        `~ StatefulSet ${namespace}/mongodb`,
        expect.stringMatching(/^ {2}! The API server refuses it: spec/),
        `+ Service ${namespace}/redis`,
        `~ StatefulSet ${namespace}/redis`,
        '    spec.replicas: 0 -> 1',
        `- ConfigMap ${namespace}/stale`,
        summary(
          `1 new, 3 changed, 1 gone, ${String(all.length - 4)} the same; the cluster will refuse 1.`,
        ),
      ],
    });
  });
});

describe('what Helm installed', () => {
  const program = version.startsWith('1.28.') ? helm3() : helm4();
  const { name, namespace } = dev.release;
  const helm = (...args: string[]) => run(program.path, [...args, '--namespace', namespace]);
  afterAll(async () => {
    await helm('uninstall', name);
    await deleteNamespaces([...namespacesOf(all), namespace]);
  });

  test(`with Helm ${program.version} is the same`, async () => {
    const chart = join(ROOT, 'helm/platform');
    const values = ['--values', join(chart, 'values-dev.yaml'), '--create-namespace'];
    expect(await helm('install', name, chart, ...values)).toMatchObject({ code: 0 });
    expect(live()).toEqual(same);
  });
});

type Manifest = Record<string, unknown>;

/** Another one of that name, applied by plain kubectl apply. */
async function remade(
  kind: string,
  name: string,
  change: (object: Manifest) => void,
): Promise<void> {
  const found = all.find((one) => one.kind === kind && one.metadata.name === name);
  const object = structuredClone(found) as unknown as Manifest;
  change(object);
  // Waits until it is gone.
  await kubectl('delete', '--namespace', namespace, `${kind.toLowerCase()}/${name}`);
  await applied(object);
}

async function applied(object: Manifest): Promise<void> {
  const { code } = await run(kubectlProgram().path, ['apply', '-f', '-'], JSON.stringify(object));
  expect(code).toBe(0);
}
