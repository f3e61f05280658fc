import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { printed, Project, REGISTER } from './project';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

test('a program in TypeScript has what Node gives one in JavaScript', () => {
  project.write('package.json', '{ "type": "commonjs" }');
  project.write('data.json', '{ "k": 5 }');
  project.write('new.mjs', 'export default import.meta.url.slice(-7);\n');
  project.write('old.js', "#!/usr/bin/env node\nexports.old = __filename.endsWith('old.js');\n");
  project.write(
    'ring.ts',
    `import { top } from './main';
export const ring = () => typeof top;
export const isProgram = require.main === module;
export const program = require.main?.id;
`,
  );
  project.write(
    'sub.ts',
    `export class Sub {}
export const helper = () => 1;
export enum Kind { One }
export const late = () => import('./new.mjs') as Promise<{ default: string }>;
export const later = () => import('./later');
`,
  );
  project.write('later.ts', "export const later: string = 'later';\n");
  project.write('computed.cts', 'export const computed: number = 3;\n');
  project.write(
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
  expect(project.run()).toEqual(printed(expected));
  expect(project.run()).toEqual(printed(expected));
});

test('what was compiled serves the next run', () => {
  project.write('sub.ts', 'export const one = 1;\n');
  project.write('main.ts', "import { one } from './sub';\nconsole.log(one);\n");
  expect(project.run()).toEqual(printed('1\n'));
  const kept = readFileSync(project.cache());
  expect(project.runWithoutEsbuild()).toEqual(printed('1\n'));
  expect(readFileSync(project.cache())).toEqual(kept);
  project.write('main.ts', 'console.log(2);\n');
  expect(project.runWithoutEsbuild().stderr).toContain('esbuild was asked for');
});

test('a change is seen though nothing but the content tells of it', () => {
  project.write('sub.ts', 'export const one = 1;\n');
  project.write('script.js', 'exports.two = 2;\n');
  const main =
    "import { one } from './sub';\nimport { two } from './script';\nconsole.log(one, two);\n";
  project.write('main.ts', main);
  expect(project.run()).toEqual(printed('1 2\n'));
  // As long as before: V8 compares lengths only.
  project.write('sub.ts', 'export const one = 3;\n');
  expect(project.run()).toEqual(printed('3 2\n'));
  project.write('script.js', 'exports.two = 4;\n');
  expect(project.run()).toEqual(printed('3 4\n'));
  expect(project.run()).toEqual(printed('3 4\n'));
});

test('a file that stands before another from now on is the one that is loaded', () => {
  mkdirSync(join(project.path, 'sub'));
  project.write('sub/index.ts', "export const name = 'folder';\n");
  project.write('main.ts', "import { name } from './sub';\nconsole.log(name);\n");
  expect(project.run()).toEqual(printed('folder\n'));
  project.write('sub.ts', "export const name = 'file';\n");
  expect(project.run()).toEqual(printed('file\n'));
  rmSync(join(project.path, 'sub.ts'));
  expect(project.run()).toEqual(printed('folder\n'));
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
  project.write('main.ts', 'const one: number = 1;\nconsole.log(one);\n');
  project.run();
  expect(project.runWithoutEsbuild()).toEqual(printed('1\n'));
  writeFileSync(project.cache(), damage(readFileSync(project.cache())));
  expect(project.runWithoutEsbuild().stderr).toContain('esbuild was asked for');
  expect(project.run()).toEqual(printed('1\n'));
  expect(project.runWithoutEsbuild()).toEqual(printed('1\n'));
});

test('a folder without node_modules, or with one that cannot be written, keeps nothing', () => {
  project.write('main.ts', 'console.log(1);\n');
  rmSync(join(project.path, 'node_modules'), { recursive: true });
  expect(project.run()).toEqual(printed('1\n'));
  expect(readdirSync(project.path)).toEqual(['main.ts']);
  mkdirSync(join(project.path, 'node_modules'));
  project.write('node_modules/.cache', 'a file');
  expect(project.run()).toEqual(printed('1\n'));
});

test('stacks of errors name the lines of the sources, from the cache too', () => {
  project.write(
    'sub.ts',
    'interface Wide {\n  one: 1;\n}\n\nexport function fail(): never {\n  throw new RangeError("no");\n}\n',
  );
  project.write('main.ts', "type Gone = 1;\nimport { fail } from './sub';\n\nfail();\n");
  const lines = [
    `RangeError: no\n    at fail (${project.path}/sub.ts:6:9)`,
    `${project.path}/main.ts:4:1)`,
  ];
  for (const { status, stderr } of [project.run(), project.run()]) {
    expect(status).toBe(1);
    for (const line of lines) expect(stderr).toContain(line);
  }
});

test('what is no TypeScript is refused with its line, and only when it is loaded', () => {
  project.write('sub.ts', 'export const one = 1;\n');
  project.write('main.ts', "import { one } from './sub';\nconsole.log(one);\n");
  project.run();
  project.write('sub.ts', 'export const one = ;\n');
  expect(project.run().stderr).toContain('SyntaxError: sub.ts:1:20: Unexpected ";"');
  project.write('main.ts', 'console.log(1);\n');
  expect(project.run()).toEqual(printed('1\n'));
});

test('an esbuild that cannot run is told of as it says', () => {
  project.write('main.ts', 'console.log(1);\n');
  project.write(
    'broken.cjs',
    `const { Module } = require('node:module');
const load = Module._load;
const broken = { buildSync() { throw new Error('spawn EACCES'); } };
Module._load = (name, ...rest) => (name === 'esbuild' ? broken : load(name, ...rest));
`,
  );
  expect(project.run('--require', './broken.cjs').stderr).toContain('Error: spawn EACCES');
});

test('what is gone is forgotten', () => {
  project.write('sub.ts', 'export const one = 1;\n');
  project.write('main.ts', "import { one } from './sub';\nconsole.log(one);\n");
  project.run();
  expect(readFileSync(project.cache(), 'latin1')).toContain(`${project.path}/sub.ts`);
  rmSync(join(project.path, 'sub.ts'));
  project.write('main.ts', 'console.log(1);\n');
  expect(project.run()).toEqual(printed('1\n'));
  expect(readFileSync(project.cache(), 'latin1')).not.toContain(`${project.path}/sub.ts`);
  expect(project.cached()).toHaveLength(1);
});

test('programs of one project do not share a cache', () => {
  project.write('main.ts', 'console.log(1);\n');
  project.run();
  project.write('other.ts', 'console.log(2);\n');
  project.node('--require', REGISTER, 'other.ts');
  expect(project.cached()).toHaveLength(2);
});

test('of many programs the oldest caches go', () => {
  mkdirSync(project.caches, { recursive: true });
  for (let index = 0; index < 20; index += 1) {
    const file = join(project.caches, `${String(index)}.modules`);
    writeFileSync(file, '');
    utimesSync(file, index, index);
  }
  project.write('main.ts', 'console.log(1);\n');
  project.run();
  expect(project.cached()).toHaveLength(16);
  expect(existsSync(join(project.caches, '4.modules'))).toBe(false);
  expect(existsSync(join(project.caches, '5.modules'))).toBe(true);
});

test('a debugger gets the sources', () => {
  project.write('main.ts', 'const x: number = 1;\nconsole.log(require(module.filename) !== x);\n');
  appendFileSync(
    join(project.path, 'main.ts'),
    `import { Session } from 'node:inspector';
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => {
  if (params.url.endsWith('main.ts')) console.log(params.sourceMapURL?.slice(0, 29));
});
session.post('Debugger.enable');
`,
  );
  const { stdout } = project.run('--inspect=0');
  expect(stdout).toContain('data:application/json;base64,');
  expect(existsSync(project.cache())).toBe(true);
});
