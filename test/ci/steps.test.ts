import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted, GREEN, repository, run, SCRIPTS, SKIPS, withPrograms, write } from './repository';

/* Steps of .ci/run that need more than a script: programs, or a commit. */

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
      notes: [...others.slice(0, 5), ...notes, ...others.slice(5)],
      last: counted(20, 0),
    });
  });

  test('a report of another step is not counted twice', () => {
    const scripts = { ...SCRIPTS, 'test:configs': 'c' };
    write({ 'package.json': JSON.stringify({ scripts }), 'test/configs/.keep': '' });
    expect(run().notes).toContain('failed: real programs, 1 of its tests');
  });

  test('what was not built in time is named, and the versions that are there are tested', () => {
    const scripts = { ...SCRIPTS, 'test:cluster': 'c' };
    const others = ['network-policies', 'helm-3', 'external-secrets', 'karpenter'];
    const ready = [...others, 'etcd', 'kwok', 'metrics-server', 'kubernetes-1.28'];
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
    // 14 and the building, with 70 of two reports; 9 of SKIPS, what was late, and one test.
    expect(last).toBe(counted(85, 0));
    expect(readFileSync(join(repository, 'versions'), 'utf8')).toBe('1.28\n');
  });

  test('without a Kubernetes, its tests are skipped', () => {
    const scripts = { ...SCRIPTS, 'test:cluster': 'c' };
    write({ 'package.json': JSON.stringify({ scripts }), 'test/cluster/.keep': '' });
    expect(run().notes).toContain('skipped: Kubernetes, there is no program etcd');
  });
});

describe('an upgrade', () => {
  beforeEach(() => {
    const scripts = { ...SCRIPTS, 'upgrade-check': 'u' };
    write({ 'package.json': JSON.stringify({ scripts }) });
  });

  test('is checked from the last release', () => {
    run();
    execFileSync('git', ['tag', 'v1.0.0'], { cwd: repository });
    write({ another: 'file' });
    expect(run().last).toBe(counted(15, 0, -1));
    const asked = readFileSync(join(repository, 'upgrade'), 'utf8');
    expect(asked).toBe('run upgrade-check -- --from v1.0.0\n');
  });

  test('is skipped where there is nothing before', () => {
    expect(run().notes).toContain('skipped: an upgrade is not refused, there is no commit HEAD^');
  });
});
