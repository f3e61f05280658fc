import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/** Runs .ci/run in a small repository with an npm of our own, to see how it counts. */

const RUN = resolve(__dirname, '../../.ci/run');
const NPM = `#!/bin/sh
case "$*" in
  ci) ;;
  'run test:configs '*) cp configs.json "\${*##*--outputFile=}" ;;
  'run test:cluster '*)
    echo "$TWINCHART_KUBERNETES" >versions
    cp cluster-*.json "$TWINCHART_CLUSTER_REPORTS" ;;
  test*)
    [ -e report.json ] && cp report.json "\${*##*--outputFile=}"
    exit "$(cat test-exit)" ;;
  'run lint') exit "$(cat lint-exit)" ;;
  'run synth') sh ./synth.sh ;;
  'run prove '*) echo "proved with $*" ;;
  *) exit 99 ;;
esac
`;
const GREEN = { success: true, numPassedTests: 7, numFailedTests: 0, numPendingTests: 0 };
const SCRIPTS = { synth: 's', test: 't', lint: 'l', prove: 'p' };

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'twinchart-ci-'));
  write({
    'bin/npm': NPM,
    'bin/npx': '#!/bin/sh\n[ "$*" = "--no-install cdk8s synth" ] && sh ./synth.sh\n',
    'package.json': JSON.stringify({ scripts: SCRIPTS }),
    'test/.keep': '',
    'main.ts': '',
    'cdk8s.yaml': '',
    'synth/proof/cli.ts': '',
    'docs/page.md': 'page\n',
    'synth.sh': 'mkdir -p dist helm\necho a >dist/a.yaml\necho b >helm/b.yaml\n',
    'test-exit': '0',
    'lint-exit': '0',
    'report.json': JSON.stringify(GREEN),
    '.ci/run': '',
  });
  copyFileSync(RUN, join(repository, '.ci/run'));
  for (const program of ['npm', 'npx']) chmodSync(join(repository, 'bin', program), 0o755);
  execFileSync('sh', ['synth.sh'], { cwd: repository });
});

afterEach(() => {
  rmSync(repository, { recursive: true });
});

const SKIPS = [
  'skipped: helm lint --strict, there is no scripts/helm-lint.ts',
  'skipped: the torture chart reaches every branch, there is no script test:coverage',
  'skipped: the package in a project elsewhere, there is no script test:package',
  'skipped: building real programs, there is no test/build-programs.ts',
  'skipped: real programs, there is no script test:configs',
  'skipped: Kubernetes, there is no script test:cluster',
  'skipped: the diagrams in a browser, there is no script test:diagrams',
  'skipped: services/node-example, there is no services/node-example',
  'skipped: mutation tests, there is no script test:mutation',
];

test('each jest test counts, every other step counts as one, what is missing is named', () => {
  expect(run()).toEqual({ status: 0, notes: SKIPS, last: '14 passed, 0 failed, 9 skipped' });
});

test('a failure does not stop the steps after it', () => {
  write({ 'lint-exit': '2' });
  expect(run()).toEqual({
    status: 1,
    notes: ['failed: npm run lint', ...SKIPS],
    last: '13 passed, 1 failed, 9 skipped',
  });
});

test('failed tests, suites that cannot be loaded and skipped tests are counted', () => {
  const report = { success: false, numFailedTests: 2, numRuntimeErrorTestSuites: 1 };
  write({
    'test-exit': '1',
    'report.json': JSON.stringify({ ...GREEN, ...report, numPendingTests: 3, numTodoTests: 1 }),
  });
  expect(run()).toEqual({
    status: 1,
    notes: ['failed: npm test, 3 of its tests', 'skipped: 4 tests of npm test', ...SKIPS],
    last: '14 passed, 3 failed, 13 skipped',
  });
});

test('tests that were skipped are named', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'this one' },
    { status: 'pending', fullName: 'that one (there is no "Go" $here)' },
    { status: 'todo', fullName: 'another one' },
  ];
  const testResults = [{ assertionResults: [] }, { assertionResults }];
  const report = { ...GREEN, numPendingTests: 1, numTodoTests: 1, testResults };
  write({ 'report.json': JSON.stringify(report) });
  expect(run()).toEqual({
    status: 0,
    notes: [
      'skipped: 2 tests of npm test',
      '  that one (there is no "Go" $here)',
      '  another one',
      ...SKIPS,
    ],
    last: '14 passed, 0 failed, 11 skipped',
  });
});

describe('real programs', () => {
  const without = (...starts: string[]): string[] =>
    SKIPS.filter((line) => !starts.some((start) => line.startsWith(`skipped: ${start},`)));

  beforeEach(() => {
    withPrograms('apt-get', 'sudo', 'go');
    write({ 'test/build-programs.ts': '', built: 'ready nginx\n' });
  });

  test('the tests count one by one', () => {
    const scripts = { ...SCRIPTS, 'test:configs': 'c' };
    write({
      'package.json': JSON.stringify({ scripts }),
      'test/configs/.keep': '',
      'configs.json': JSON.stringify({ ...GREEN, numPassedTests: 5, numPendingTests: 2 }),
    });
    const notes = ['skipped: 2 tests of real programs'];
    const others = without('building real programs', 'real programs');
    expect(run()).toEqual({
      status: 0,
      notes: [...others.slice(0, 3), ...notes, ...others.slice(3)],
      last: '20 passed, 0 failed, 9 skipped',
    });
  });

  test('a report of another step is not counted twice', () => {
    const scripts = { ...SCRIPTS, 'test:configs': 'c' };
    write({ 'package.json': JSON.stringify({ scripts }), 'test/configs/.keep': '' });
    expect(run().notes).toContain('failed: real programs, 1 of its tests');
  });

  test('what was not built in time is named, and the versions that are there are tested', () => {
    const scripts = { ...SCRIPTS, 'test:cluster': 'c' };
    const ready = ['network-policies', 'etcd', 'kwok', 'metrics-server', 'kubernetes-1.28'];
    write({
      'package.json': JSON.stringify({ scripts }),
      'test/cluster/.keep': '',
      built: `${ready.map((name) => `ready ${name}\n`).join('')}late kubernetes-1.37\n`,
      'cluster-1.json': JSON.stringify({ ...GREEN, numPassedTests: 30 }),
      'cluster-2.json': JSON.stringify({ ...GREEN, numPassedTests: 40, numPendingTests: 1 }),
    });
    const { notes, last } = run();
    expect(notes).toContain('skipped: what needs kubernetes-1.37, which was not built in time');
    expect(notes).toContain('skipped: 1 tests of Kubernetes');
    // 14 and the building, with 70 of two reports; 7 of SKIPS, what was late, and one test.
    expect(last).toBe('85 passed, 0 failed, 9 skipped');
    expect(readFileSync(join(repository, 'versions'), 'utf8')).toBe('1.28\n');
  });

  test('without a Kubernetes, its tests are skipped', () => {
    const scripts = { ...SCRIPTS, 'test:cluster': 'c' };
    write({ 'package.json': JSON.stringify({ scripts }), 'test/cluster/.keep': '' });
    expect(run().notes).toContain('skipped: Kubernetes, there is no program etcd');
  });
});

test.each([
  ['jest fails without a failed test', { 'test-exit': '1' }, 14],
  ['jest writes no report', { 'report.json': '' }, 7],
])('when %s, one failure is counted', (_, files, passed) => {
  write(files);
  expect(run()).toEqual({
    status: 1,
    notes: ['failed: npm test, 1 of its tests', ...SKIPS],
    last: `${String(passed)} passed, 1 failed, 9 skipped`,
  });
});

test('output that differs from the committed one fails after each way to synthesize', () => {
  write({ 'dist/a.yaml': 'edited\n' });
  expect(run().notes).toEqual([
    'failed: npm run synth changes nothing',
    'failed: cdk8s synth changes nothing',
    ...SKIPS,
  ]);
});

test('a synth that fails is a failure, also when it changed nothing', () => {
  write({ 'synth.sh': 'exit 1\n' });
  expect(run().last).toBe('10 passed, 4 failed, 9 skipped');
});

test('output that was never committed fails', () => {
  write({ '.gitignore': 'helm/\n' });
  expect(run().notes).toEqual([
    'failed: npm run synth changes nothing',
    'failed: cdk8s synth changes nothing',
    ...SKIPS,
  ]);
});

test.each(['TZ', 'LC_ALL'])('output that depends on %s fails', (name) => {
  const env = { ...process.env, [name]: undefined };
  write({
    'synth.sh': `mkdir -p dist helm\necho "$${name}" >dist/a.yaml\necho b >helm/b.yaml\n`,
    'dist/a.yaml': '\n',
  });
  const notes = ['failed: same output in another time zone and locale', ...SKIPS];
  expect(run(env).notes).toEqual(notes);
});

test('a committed file that is no longer written fails', () => {
  write({ 'helm/stale.yaml': 'stale\n' });
  expect(run().notes).toEqual(['failed: same output from another folder', ...SKIPS]);
});

test('a step whose program is not there is skipped and named', () => {
  write({ 'services/node-example/package.json': '{}' });
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const withoutGo = path.filter((folder) => !existsSync(join(folder, 'go')));
  expect(run({ ...process.env, PATH: withoutGo.join(delimiter) }).notes).toContain(
    'skipped: services/node-example, there is no program go',
  );
});

test('a platform that does not exist yet is skipped, not passed', () => {
  rmSync(join(repository, 'main.ts'));
  expect(run().last).toBe('9 passed, 0 failed, 14 skipped');
});

/** Commits everything, runs it, and returns what it prints after the last step. */
function run(env = process.env): { status: number | null; notes: string[]; last: string } {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...author, 'commit', '-qm', 'Start'],
  ]) {
    execFileSync('git', args, { cwd: repository });
  }
  const PATH = [join(repository, 'bin'), env['PATH']].join(delimiter);
  const { status, stdout } = spawnSync('bash', ['.ci/run'], {
    cwd: repository,
    env: { ...env, PATH },
    encoding: 'utf8',
  });
  const lines = stdout.trimEnd().split('\n');
  const steps = lines.findLastIndex((line) => line.startsWith('=== '));
  const notes = lines.slice(steps + 1, -2).filter((line) => line !== '');
  return { status, notes, last: lines.at(-1) ?? '' };
}

/** Programs that do nothing, and a Node that knows no TypeScript but the program that builds. */
function withPrograms(...names: readonly string[]): void {
  const node = `[ "$1" = --import ] && exec cp built "$5"\nexec ${process.execPath} "$@"`;
  for (const name of [...names, 'node']) {
    write({ [`bin/${name}`]: `#!/bin/sh\n${name === 'node' ? node : ''}\n` });
    chmodSync(join(repository, 'bin', name), 0o755);
  }
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
}
