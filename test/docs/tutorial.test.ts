import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/* Follows docs/tutorial.md in a copy of the project. */

const ROOT = resolve(__dirname, '../..');
const tutorial = readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'twinchart-tutorial-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The fenced blocks that begin so. */
const blocks = (start: RegExp) =>
  [...tutorial.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].flatMap(([, info = '', body = '']) => {
    const match = start.exec(info);
    return match === null ? [] : [{ name: match[1] ?? '', body }];
  });

const sources = blocks(/^ts file=(.*)$/);
const patches = blocks(/^diff$/);

beforeAll(() => {
  for (const name of [
    'charts',
    'constructs',
    'platform',
    'register',
    'synth',
    'scripts',
    'dist',
    'helm',
  ])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of ['main.ts', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  git('init', '--quiet');
  git('add', 'charts', 'constructs', 'platform', 'synth', 'scripts', 'dist', 'helm', 'main.ts');
  git(
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@localhost',
    'commit',
    '--quiet',
    '-m',
    'As is',
  );
  for (const { name, body } of sources) writeFileSync(join(folder, name), body);
  for (const { body } of patches) {
    execFileSync('git', ['apply', '--unidiff-zero', '--recount', '-'], {
      cwd: folder,
      input: body,
    });
  }
});

test('the service is one file of at most 40 lines, and its values another', () => {
  expect(sources.map(({ name }) => name)).toEqual([
    'charts/app/orders-values.ts',
    'charts/app/orders.ts',
  ]);
  expect(sources[1]?.body.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  expect(patches).toHaveLength(3);
});

test('it compiles and synthesizes, and the checks find nothing', () => {
  const { status, stdout, stderr } = npm('synth');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\d+ tiers, \d+ objects/m);
}, 60_000);

test('the difference is the one that the tutorial shows', () => {
  const [shown] = blocks(/^text$/);
  const { stdout, stderr } = npm('diff', '--', 'dev');
  expect(stderr).toBe('');
  expect(lasting(stdout)).toBe(shown?.body);
}, 60_000);

/** Without what changes with the rest of the platform: hashes of Jobs, the number of objects. */
const lasting = (difference: string) =>
  difference
    .replace(/-[0-9a-f]{5}-[0-9a-f]{10}$/gm, '-…')
    .replace(/, \d+ the same\.$/m, ', … the same.');

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: folder });
}

function npm(script: string, ...args: string[]) {
  const options = { cwd: folder, encoding: 'utf8' } as const;
  return spawnSync('npm', ['run', '--silent', script, ...args], options);
}
