import type { Ran } from '../../commands';
import { SmallPlatform } from '../small-platform';

// Each command composes a platform.
jest.setTimeout(60_000);

let small: SmallPlatform;

beforeEach(async () => {
  small = new SmallPlatform();
  await small.synth();
  small.commit('dist');
});

afterEach(() => {
  small.remove();
});

const said = (...lines: string[]): Ran => ({
  status: 0,
  stdout: lines.map((line) => `${line}\n`).join(''),
  stderr: '',
});
const failed = (stderr: string): Ran => ({ status: 1, stdout: '', stderr: `${stderr}\n` });
const USAGE = 'write it as in npm run diff -- prod --from main';

test('nothing changes as long as the code does not', async () => {
  expect(await small.diff('prod')).toEqual(
    said('prod, from HEAD to the work tree: 0 new, 0 changed, 0 gone, 8 the same.'),
  );
});

test('what changes, appears and disappears is told object by object, and nothing is written', async () => {
  small.change('environments.ts', 'replicas: 3', 'replicas: 5');
  small.change('charts/motto.txt', 'Then the rest.', 'Then more.\nThen the rest.');
  small.change('charts/web.ts', "name: 'account'", "name: 'robot'");
  small.change('constructs/store.ts', 'ReadWriteOnce', 'ReadWriteMany');
  const before = small.read('dist/prod/01-web.k8s.yaml');
  expect(await small.diff('prod')).toEqual(
    said(
      '~ Deployment web/web',
      '    spec.replicas: 3 -> 5',
      '~ StatefulSet web/store',
      '    spec.volumeClaimTemplates[data].spec.accessModes[0]: ReadWriteOnce -> ReadWriteMany',
      '  ! spec.volumeClaimTemplates cannot change in a StatefulSet that exists; delete it with kubectl delete --cascade=orphan, which leaves its pods and claims, and apply it again.',
      '~ ConfigMap web/texts',
      '    data["motto.txt"]:',
      '       First things first.',
      '      +Then more.',
      '       Then the rest.',
      '+ ServiceAccount web/robot',
      '- ServiceAccount web/account',
      'prod, from HEAD to the work tree: 1 new, 3 changed, 1 gone, 4 the same; the cluster will refuse 1.',
    ),
  );
  expect(small.read('dist/prod/01-web.k8s.yaml')).toBe(before);
});

test('--from compares with another commit, and with an environment that was not there', async () => {
  small.change('environments.ts', 'replicas: 3', 'replicas: 5');
  await small.synth();
  small.commit('dist');
  const summary = 'to the work tree: 0 new, 1 changed, 0 gone, 7 the same.';
  const last = ({ stdout }: Ran) => stdout.trimEnd().split('\n').at(-1);
  expect(last(await small.diff('prod', '--from', 'HEAD~1'))).toBe(`prod, from HEAD~1 ${summary}`);
  expect(last(await small.diff('prod'))).toContain(' 0 changed,');
  small.change('environments.ts', "name: 'dev'", "name: 'test'");
  expect(last(await small.diff('test'))).toBe(
    'test, from HEAD to the work tree: 7 new, 0 changed, 0 gone, 0 the same.',
  );
  expect(last(await small.diff('dev'))).toBe(
    'dev, from HEAD to the work tree: 0 new, 0 changed, 7 gone, 0 the same.',
  );
});

test('what cannot be compared is one sentence', async () => {
  expect(await small.diff()).toEqual(failed(`Expected one environment, got nothing; ${USAGE}.`));
  expect(await small.diff('a', 'b')).toEqual(
    failed(`Expected one environment, got a b; ${USAGE}.`),
  );
  expect(await small.diff('--to', 'a')).toEqual(failed(`Unknown option '--to'; ${USAGE}.`));
  expect(await small.diff('prd')).toEqual(
    failed('Environment prd is neither in the code nor in HEAD; use one of dev, prod.'),
  );
  expect(await small.diff('prod', '--from', 'nowhere')).toEqual(
    failed(
      'Option --from is "nowhere", which is no commit that git knows here; give a branch, a tag or a commit.',
    ),
  );
});

test('a cluster that gives no answer is exit code 2 and one sentence', async () => {
  const { KUBECONFIG } = process.env;
  process.env['KUBECONFIG'] = small.path;
  try {
    const { status, stdout, stderr } = await small.diff('prod', '--live');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^kubectl get fails: .+; see that kubectl reaches the cluster \(kubectl config current-context\)\.\n$/,
    );
  } finally {
    if (KUBECONFIG === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = KUBECONFIG;
  }
  expect(await small.diff('prod', '--live', '--from', 'HEAD')).toEqual({
    ...failed(
      'Options --from HEAD and --live are two comparisons; use one of them, as in npm run diff -- prod --live.',
    ),
    status: 2,
  });
});
