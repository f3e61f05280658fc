import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const REGISTER = join(__dirname, '../../register');

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'twinchart-register-'));
  mkdirSync(join(project, 'node_modules'));
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

const write = (file: string, text: string) => {
  writeFileSync(join(project, file), text);
};

function run(...flags: readonly string[]) {
  const args = [...flags, '--require', REGISTER, 'main.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Only what is in the cache can run. */
function runWithoutEsbuild() {
  write(
    'blocked.cjs',
    `const { Module } = require('node:module');
const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === 'esbuild') throw new Error('esbuild was asked for');
  return load(name, ...rest);
};
`,
  );
  return run('--require', './blocked.cjs');
}

const printed = (stdout: string) => ({ status: 0, stdout, stderr: '' });
const folder = () => join(project, 'node_modules/.cache/twinchart');
const [cached, cache] = [
  () => readdirSync(folder()),
  () => join(folder(), cached()[0] ?? 'none'),
] as const;

test('a program in TypeScript has what Node gives one in JavaScript', () => {
  write('package.json', '{ "type": "commonjs" }');
  write('data.json', '{ "k": 5 }');
  write('new.mjs', 'export default import.meta.url.slice(-7);\n');
  write('old.js', "#!/usr/bin/env node\nexports.old = __filename.endsWith('old.js');\n");
  write(
    'ring.ts',
    `import { top } from './main';
export const ring = () => typeof top;
export const isProgram = require.main === module;
export const program = require.main?.id;
`,
  );
  write(
    'sub.ts',
    `export class Sub {}
export const helper = () => 1;
export enum Kind { One }
export const late = () => import('./new.mjs') as Promise<{ default: string }>;
export const later = () => import('./later');
`,
  );
  write('later.ts', "export const later: string = 'later';\n");
  write('computed.cts', 'export const computed: number = 3;\n');
  write(
    'main.ts',
    `import data from './data.json';
import { isProgram, program, ring } from './ring';
import { helper, Kind, late, later, Sub } from './sub';
import { old } from './old.js';
export const top = 1;
const name = './computed.cts';
const { computed } = require(name) as { computed: number };
const own = [require.main === module, isProgram, program, __dirname === process.cwd(), module.id];
const found = [require.resolve('./sub').slice(-6), require.resolve.paths('x')?.length !== 0];
console.log(data.k, ring(), helper.name, Kind.One, Sub.name, old, computed, own, found);
void late().then((mod) => { console.log(mod.default); });
void later().then(({ later }) => { console.log(later); });
`,
  );
  const expected =
    "5 number helper 0 Sub true 3 [ true, false, '.', true, '.' ] [ 'sub.ts', true ]\nnew.mjs\nlater\n";
  expect(run()).toEqual(printed(expected));
  expect(run()).toEqual(printed(expected));
});

test('what was compiled serves the next run', () => {
  write('sub.ts', 'export const one = 1;\n');
  write('main.ts', "import { one } from './sub';\nconsole.log(one);\n");
  expect(run()).toEqual(printed('1\n'));
  const kept = readFileSync(cache());
  expect(runWithoutEsbuild()).toEqual(printed('1\n'));
  expect(readFileSync(cache())).toEqual(kept);
  write('main.ts', 'console.log(2);\n');
  expect(runWithoutEsbuild().stderr).toContain('esbuild was asked for');
});

test('a change is seen though nothing but the content tells of it', () => {
  write('sub.ts', 'export const one = 1;\n');
  write('script.js', 'exports.two = 2;\n');
  const main =
    "import { one } from './sub';\nimport { two } from './script';\nconsole.log(one, two);\n";
  write('main.ts', main);
  expect(run()).toEqual(printed('1 2\n'));
  // As long as before: V8 compares lengths only.
  write('sub.ts', 'export const one = 3;\n');
  expect(run()).toEqual(printed('3 2\n'));
  write('script.js', 'exports.two = 4;\n');
  expect(run()).toEqual(printed('3 4\n'));
  expect(run()).toEqual(printed('3 4\n'));
});

test('a file that stands before another from now on is the one that is loaded', () => {
  mkdirSync(join(project, 'sub'));
  write('sub/index.ts', "export const name = 'folder';\n");
  write('main.ts', "import { name } from './sub';\nconsole.log(name);\n");
  expect(run()).toEqual(printed('folder\n'));
  write('sub.ts', "export const name = 'file';\n");
  expect(run()).toEqual(printed('file\n'));
  rmSync(join(project, 'sub.ts'));
  expect(run()).toEqual(printed('folder\n'));
});

test.each([
  ['cut', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ['empty', () => Buffer.alloc(0)],
  [
    'damaged',
    (whole: Buffer) => {
      whole.writeUInt8(whole.readUInt8(whole.length - 9) ^ 1, whole.length - 9);
      return whole;
    },
  ],
])('a cache that is %s is made anew', (_, damage) => {
  write('main.ts', 'const one: number = 1;\nconsole.log(one);\n');
  run();
  expect(runWithoutEsbuild()).toEqual(printed('1\n'));
  writeFileSync(cache(), damage(readFileSync(cache())));
  expect(runWithoutEsbuild().stderr).toContain('esbuild was asked for');
  expect(run()).toEqual(printed('1\n'));
  expect(runWithoutEsbuild()).toEqual(printed('1\n'));
});

test('a folder without node_modules, or with one that cannot be written, keeps nothing', () => {
  write('main.ts', 'console.log(1);\n');
  rmSync(join(project, 'node_modules'), { recursive: true });
  expect(run()).toEqual(printed('1\n'));
  expect(readdirSync(project)).toEqual(['main.ts']);
  mkdirSync(join(project, 'node_modules'));
  write('node_modules/.cache', 'a file');
  expect(run()).toEqual(printed('1\n'));
});

test('stacks of errors name the lines of the sources, from the cache too', () => {
  write(
    'sub.ts',
    'interface Wide {\n  one: 1;\n}\n\nexport function fail(): never {\n  throw new RangeError("no");\n}\n',
  );
  write('main.ts', "type Gone = 1;\nimport { fail } from './sub';\n\nfail();\n");
  const lines = [`RangeError: no\n    at fail (${project}/sub.ts:6:9)`, `${project}/main.ts:4:1)`];
  for (const { status, stderr } of [run(), run()]) {
    expect(status).toBe(1);
    for (const line of lines) expect(stderr).toContain(line);
  }
});

test('what is no TypeScript is refused with its line, and only when it is loaded', () => {
  write('sub.ts', 'export const one = 1;\n');
  write('main.ts', "import { one } from './sub';\nconsole.log(one);\n");
  run();
  write('sub.ts', 'export const one = ;\n');
  expect(run().stderr).toContain('SyntaxError: sub.ts:1:20: Unexpected ";"');
  write('main.ts', 'console.log(1);\n');
  expect(run()).toEqual(printed('1\n'));
});

test('an esbuild that cannot run is told of as it says', () => {
  write('main.ts', 'console.log(1);\n');
  write(
    'broken.cjs',
    `const { Module } = require('node:module');
const load = Module._load;
const broken = { buildSync() { throw new Error('spawn EACCES'); } };
Module._load = (name, ...rest) => (name === 'esbuild' ? broken : load(name, ...rest));
`,
  );
  expect(run('--require', './broken.cjs').stderr).toContain('Error: spawn EACCES');
});

test('what is gone is forgotten', () => {
  write('sub.ts', 'export const one = 1;\n');
  write('main.ts', "import { one } from './sub';\nconsole.log(one);\n");
  run();
  expect(readFileSync(cache(), 'latin1')).toContain(`${project}/sub.ts`);
  rmSync(join(project, 'sub.ts'));
  write('main.ts', 'console.log(1);\n');
  expect(run()).toEqual(printed('1\n'));
  expect(readFileSync(cache(), 'latin1')).not.toContain(`${project}/sub.ts`);
  expect(cached()).toHaveLength(1);
});

test('programs of one project do not share a cache', () => {
  write('main.ts', 'console.log(1);\n');
  run();
  write('other.ts', 'console.log(2);\n');
  const args = ['--require', REGISTER, 'other.ts'];
  spawnSync(process.execPath, args, { cwd: project });
  expect(cached()).toHaveLength(2);
});

test('of many programs the oldest caches go', () => {
  mkdirSync(folder(), { recursive: true });
  for (let index = 0; index < 20; index += 1) {
    const file = join(folder(), `${String(index)}.modules`);
    writeFileSync(file, '');
    utimesSync(file, index, index);
  }
  write('main.ts', 'console.log(1);\n');
  run();
  expect(cached()).toHaveLength(16);
  expect(existsSync(join(folder(), '4.modules'))).toBe(false);
  expect(existsSync(join(folder(), '5.modules'))).toBe(true);
});

test('a debugger gets the sources', () => {
  write('main.ts', 'const x: number = 1;\nconsole.log(require(module.filename) !== x);\n');
  appendFileSync(
    join(project, 'main.ts'),
    `import { Session } from 'node:inspector';
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => {
  if (params.url.endsWith('main.ts')) console.log(params.sourceMapURL?.slice(0, 29));
});
session.post('Debugger.enable');
`,
  );
  const { stdout } = run('--inspect=0');
  expect(stdout).toContain('data:application/json;base64,');
  expect(existsSync(cache())).toBe(true);
});
