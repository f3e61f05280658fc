import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Ran } from '../../commands';
import { SmallPlatform } from '../small-platform';

// Each command composes a platform.
jest.setTimeout(300_000);

const ROOT = resolve(__dirname, '../../..');
let small: SmallPlatform;

beforeEach(() => {
  small = new SmallPlatform();
});

afterEach(() => {
  small.remove();
});

const check = (...args: string[]) => small.run(join(ROOT, 'scripts/upgrade-check.ts'), ...args);
const failed = (...lines: string[]): Ran => ({
  status: 1,
  stdout: '',
  stderr: lines.map((line) => `${line}\n`).join(''),
});
const passed = (...lines: string[]): Ran => ({
  status: 0,
  stdout: lines.map((line) => `${line}\n`).join(''),
  stderr: '',
});

test('an upgrade is refused for all that is wrong, until it is noted', async () => {
  await small.synth();
  small.commit('dist', 'helm');
  // As the page says.
  const page = readFileSync(join(ROOT, 'docs/upgrades.md'), 'utf8');
  const [, args = '', from = ''] = /^npm run upgrade-check -- (--from (\S+))$/m.exec(page) ?? [];
  execFileSync('git', ['tag', from], { cwd: small.path });
  const summary =
    'v1.0.0 can be upgraded to the work tree: dev, prod with 15 objects then and 15 now';
  expect(await check(...args.split(' '))).toEqual(
    passed(`${summary}, 15 values, nothing refused.`),
  );

  small.change('constructs/store.ts', 'ReadWriteOnce', 'ReadWriteMany');
  small.change('values.ts', '.max(50)', '.max(2)');
  small.change('environments.ts', 'replicas: 3', 'replicas: 2');
  const before = small.read('dist/prod/01-web.k8s.yaml');
  const template = (environment: string) =>
    `  [${environment}, claim-template] StatefulSet web/store: spec.volumeClaimTemplates[data].spec.accessModes[0] changes from "ReadWriteOnce" to "ReadWriteMany", but spec.volumeClaimTemplates cannot change in a StatefulSet that exists; delete it with kubectl delete --cascade=orphan, which leaves its pods and claims, and apply it again.`;
  const replicas =
    'Value web.replicas is 3; it must be <= 2, but values-prod.yaml of v1.0.0 was accepted with it; accept it further, or name it under "Upgrade notes" in CHANGELOG.md.';
  expect(await check(...args.split(' '))).toEqual(
    failed(
      '3 problems:',
      template('dev'),
      template('prod'),
      `  [chart, value-narrowed] ${replicas}`,
    ),
  );
  expect(small.read('dist/prod/01-web.k8s.yaml')).toBe(before);

  small.write(
    'CHANGELOG.md',
    '## [Unreleased]\n### Upgrade notes\n- `StatefulSet web/store`, `spec.volumeClaimTemplates`.\n- `web.replicas`.\n',
  );
  const noted = (line: string) => line.replace(']', ', in the upgrade notes]');
  expect(await check(...args.split(' '))).toEqual(
    passed(
      noted(template('dev')),
      noted(template('prod')),
      noted(`  [chart, value-narrowed] ${replicas}`),
      `${summary}, 15 values, nothing refused, 3 in the upgrade notes.`,
    ),
  );
});

test('an environment that is gone is told once', async () => {
  await small.synth();
  small.commit('dist', 'helm');
  small.change('main.ts', 'environments: [dev, prod]', 'environments: [dev]');
  const note = 'or name it under "Upgrade notes" in CHANGELOG.md.';
  expect(await check('--from', 'HEAD')).toEqual(
    failed(
      '2 problems:',
      `  [prod, environment-dropped] Environment prod is gone from the output, which HEAD had, and its namespaces and claims with it; keep it, ${note}`,
      '  [chart, overlay-removed] values-prod.yaml is gone from the chart, which HEAD had, and releases are upgraded with it; keep the environment or overlay, or name the file under "Upgrade notes" in CHANGELOG.md.',
    ),
  );
});

test('what cannot be compared is one sentence', async () => {
  const usage = 'write it as in npm run upgrade-check -- --from v1.0.0';
  expect(await check()).toEqual(
    failed(`Option --from is missing, which names what is upgraded; ${usage}.`),
  );
  expect(await check('--to', 'a')).toEqual(failed(`Unknown option '--to'; ${usage}.`));
  expect(await check('--from', 'HEAD')).toEqual(
    failed('This is no git work tree, so there is nothing to compare with.'),
  );
  small.commit('main.ts');
  expect(await check('--from', 'nowhere')).toEqual(
    failed(
      'Option --from is "nowhere", which is no commit that git knows here; give a branch, a tag or a commit.',
    ),
  );
  expect(await check('--from', 'HEAD')).toEqual(
    failed(
      'Option --from is "HEAD", which has nothing in dist and helm/small; give a commit with the output of npm run synth.',
    ),
  );
  renameSync(join(small.path, 'main.ts'), join(small.path, 'other.ts'));
  expect(await check('--from', 'HEAD')).toEqual(
    failed('There is no main.ts here; run this in its folder.'),
  );
});

const FAR = 'HEAD~10';
const hasHistory =
  spawnSync('git', ['rev-parse', '--verify', '--quiet', `${FAR}^{commit}`], { cwd: ROOT })
    .status === 0;
// A clone that CI makes has one commit.
(hasHistory ? test : test.skip)(`the platform here, from ${FAR}`, () => {
  const command = ['--require', './register', 'scripts/upgrade-check.ts', '--from', FAR];
  const { status, stdout, stderr } = spawnSync('node', command, { cwd: ROOT, encoding: 'utf8' });
  const lines = (stderr === '' ? stdout : stderr).trimEnd().split('\n');
  const [odd = ''] = lines.filter(
    (line) =>
      !/^ {2}\[(dev|staging|prod|chart), [a-z, -]+\] .+\.$/.test(line) &&
      !/^\d+ problems?:$/.test(line) &&
      !line.startsWith(`${FAR} can be upgraded to the work tree: dev, `),
  );
  expect({ odd, status }).toEqual({ odd: '', status: stderr === '' ? 0 : 1 });
});
