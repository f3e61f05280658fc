import { existsSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { counted, GREEN, repository, run, SKIPS, write } from './repository';

/* How .ci/run counts, and that a failure does not stop it. */

test('each jest test counts, every other step counts as one, what is missing is named', () => {
  expect(run()).toEqual({ status: 0, notes: SKIPS, last: counted(14, 0) });
});

test('a failure does not stop the steps after it', () => {
  write({ 'lint-exit': '2' });
  expect(run()).toEqual({
    status: 1,
    notes: ['failed: npm run lint', ...SKIPS],
    last: counted(13, 1),
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
    last: counted(14, 3, 4),
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
    last: counted(14, 0, 2),
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
    last: counted(passed, 1),
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
  expect(run().last).toBe(counted(10, 4));
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
  expect(run().last).toBe(counted(9, 0, 5));
});
