import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** Commands that people and CI are told to run must exist. */

const ROOT = resolve(__dirname, '../..');
const WORKFLOWS = '.github/workflows';

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const callers = [
  '.ci/run',
  ...readdirSync(join(ROOT, WORKFLOWS)).map((name) => `${WORKFLOWS}/${name}`),
  'CONTRIBUTING.md',
  'README.md',
].filter((path) => existsSync(join(ROOT, path)));

// With --if-present a script may be missing, and this pattern does not see it.
const SCRIPT = /\bnpm run ([a-z][\w:-]*)/g;
const FILE = /\bnode --require \.\/register ([\w./-]+\.ts)\b/g;

test.each(callers)('every npm script that %s names is in package.json', (path) => {
  const named = matches(path, SCRIPT);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test.each(callers)('every TypeScript file that %s runs exists', (path) => {
  expect(matches(path, FILE).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('the patterns see something', () => {
  expect(matches('.ci/run', SCRIPT)).toEqual(expect.arrayContaining(['lint', 'synth', 'prove']));
  expect(matches('.ci/run', FILE)).toEqual(
    expect.arrayContaining(['scripts/helm-lint.ts', 'test/build-programs.ts']),
  );
});

test('cdk8s runs what npm run synth does', () => {
  const { app } = parse(read('cdk8s.yaml')) as { app: string };
  expect(app).toBe(scripts['synth']);
});

function matches(path: string, pattern: RegExp): readonly string[] {
  return [...read(path).matchAll(pattern)].map(([, found]) => found ?? '');
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
