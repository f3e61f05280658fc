import * as fc from 'fast-check';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { changes, type Change } from './changes';
import { printed, Project, REGISTER } from './project';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

/** Tells which searches Node did in files of the project. */
const COUNTING = `const { Module } = require('node:module');
const search = Module._findPath;
Module._findPath = (request, ...rest) => {
  if (request !== require('node:path').resolve('main.ts')) console.error(request);
  return search(request, ...rest);
};
`;

test('files of the program are found without a search by Node', () => {
  project.write('node_modules/.bin/counting.cjs', COUNTING);
  project.write('node_modules/p/index.js', "exports.p = require('./lib/p').p;\n");
  project.write('node_modules/p/lib/p.js', 'exports.p = 1;\n');
  project.write('sub/index.ts', "export { p } from 'p';\nexport { a } from '../sub/a';\n");
  project.write('sub/a.ts', 'export const a = 2;\n');
  project.write('main.ts', "import { a, p } from './sub';\nconsole.log(a, p);\n");
  const counting = ['--require', REGISTER, '--require', './node_modules/.bin/counting.cjs'];
  project.run();
  expect(project.node(...counting, 'main.ts')).toEqual({ ...printed('2 1\n'), stderr: 'p\n' });
});

test('what the program writes while it runs is found, and what it removed is not found later', () => {
  project.write('one.ts', 'console.log(1);\n');
  project.write(
    'main.ts',
    `import { rmSync, writeFileSync } from 'node:fs';
console.log(process.pid);
writeFileSync('one.ts', 'console.log(' + process.pid + ');');
require('./one');
writeFileSync('two.js', 'console.log(2);');
require('./two');
rmSync('two.js');
setImmediate(() => {
  writeFileSync('three.js', '');
  console.log(require.resolve('./three').slice(-8));
  rmSync('three.js');
});
`,
  );
  project.write('three.ts', '');
  for (let times = 0; times < 3; times += 1) {
    const { stdout, stderr } = project.run();
    expect({ stdout, stderr }).toEqual({
      stdout: expect.stringMatching(/^(\d+)\n\1\n2\nthree\.js\n$/) as string,
      stderr: '',
    });
  }
  project.write('two.ts', 'console.log(3);\n');
  project.write('main.ts', "require('./two');\n");
  expect(project.run()).toEqual(printed('3\n'));
});

test('a module without a path of its own is left to Node', () => {
  project.write('a.ts', "console.log('a');\n");
  project.write(
    'main.ts',
    `import { Module } from 'node:module';
const made = new Module('made') as InstanceType<typeof Module> & { _compile(code: string, file: string): void };
made.filename = 'made.js';
made.paths = [];
made._compile('require("./a")', 'made.js');
`,
  );
  expect(project.run()).toEqual(printed('a\n'));
});

describe('it is seen that', () => {
  const ask = (request: string) => {
    project.write('main.ts', `console.log(require.resolve('${request}'));\n`);
  };
  const answers = (file: string) => {
    const path = join(project.path, file);
    for (let times = 0; times < 2; times += 1) expect(project.run()).toEqual(printed(`${path}\n`));
  };
  const link = (path: string, to: string) => {
    rmSync(join(project.path, path), { recursive: true, force: true });
    symlinkSync(join(project.path, to), join(project.path, path));
  };

  test('a folder became a link', () => {
    project.write('sub/index.js', '');
    project.write('other/index.js', '');
    ask('./sub');
    answers('sub/index.js');
    link('sub', 'other');
    answers('other/index.js');
  });

  test.each([
    ['./sub', 'sub'],
    ['p', 'node_modules/p'],
  ])('the link of %s leads elsewhere', (request, path) => {
    project.write('one/index.js', '');
    project.write('other/index.js', '');
    ask(request);
    link(path, 'one');
    answers('one/index.js');
    link(path, 'other');
    answers('other/index.js');
  });

  test('a link stands before a file', () => {
    project.write('other/index.js', '');
    project.write('sub.ts', '');
    ask('./sub');
    answers('sub.ts');
    link('sub.js', 'other/index.js');
    answers('other/index.js');
  });

  test('a hidden file stands before another', () => {
    project.write('.sub.ts', '');
    ask('./.sub');
    answers('.sub.ts');
    project.write('.sub.js', '');
    answers('.sub.js');
  });

  test('a package came nearer', () => {
    project.write('node_modules/p/index.js', '');
    project.write('sub/node_modules/other/index.js', '');
    project.write('sub/ask.ts', "console.log(require.resolve('p'));\n");
    project.write('main.ts', "require('./sub/ask');\n");
    answers('node_modules/p/index.js');
    project.write('sub/node_modules/p/index.js', '');
    answers('sub/node_modules/p/index.js');
  });

  test.each(['p', './sub'])('package.json names another file for %s', (request) => {
    const folder = request === 'p' ? 'node_modules/p' : 'sub';
    project.write(`${folder}/index.js`, '');
    ask(request);
    answers(`${folder}/index.js`);
    project.write(`${folder}/package.json`, '{ "main": "lib/a.js" }');
    const args = ['--no-deprecation', '--require', REGISTER, 'main.ts'];
    expect(project.node(...args)).toEqual(printed(`${join(project.path, folder)}/index.js\n`));
    project.write(`${folder}/lib/a.js`, '');
    answers(`${folder}/lib/a.js`);
  });

  test('another tool maps names', () => {
    project.write('sub.ts', '');
    ask('./sub');
    answers('sub.ts');
    for (const to of ['main.ts', 'other.ts']) {
      const search = `const { Module } = require('node:module');
const search = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => (request === './sub' ? '${to}' : search(request, ...rest));
`;
      project.write('node_modules/.bin/map.cjs', search);
      expect(project.run('--require', './node_modules/.bin/map.cjs')).toEqual(printed(`${to}\n`));
    }
    answers('sub.ts');
  });

  test('links are to be kept', () => {
    project.write('real/a.ts', 'console.log(__filename);\n');
    symlinkSync(join(project.path, 'real'), join(project.path, 'link'));
    project.write('main.ts', "require('./link/a');\n");
    answers('real/a.ts');
    expect(project.run('--preserve-symlinks')).toEqual(printed(`${project.path}/link/a.ts\n`));
    answers('real/a.ts');
  });
});

/** Requests of main.ts and of sub/main.ts. */
const REQUESTS = [
  ...[
    './a',
    './a.js',
    './b',
    './b/',
    './sub/../a',
    './.a',
    '.',
    '../a',
    '../b',
    './link',
    './link/a',
  ],
  ...['p', 'p/a', 'p/b/a', '@s/p', '@s/p/a', 'main', '#a', 'missing', 'node:fs', 'fs'],
];
const ASKING = `const found = (request: string) => {
  try { return require.resolve(request); } catch (error) { return (error as { code: string }).code; }
};
console.log(${JSON.stringify(REQUESTS)}.map(found).join('\\n'));
`;

function happen([what, path, text]: Change): void {
  const there = join(project.path, path);
  try {
    if (what === 'none') {
      // The folder of the program stays.
      if (path !== '.' && path !== 'sub') rmSync(there, { recursive: true, force: true });
    } else if (what === 'file') {
      mkdirSync(dirname(there), { recursive: true });
      writeFileSync(there, text);
    } else if (what === 'link') {
      rmSync(there, { recursive: true, force: true });
      symlinkSync(join(project.path, text), there);
    } else renameSync(there, join(project.path, text));
  } catch {
    // A file stands where a folder should be, or the other way round.
  }
}

test('finds what Node finds, whatever happened to the files in between', () => {
  project.write(
    'endings.cjs',
    "for (const ending of ['.ts', '.cts']) require.extensions[ending] ??= require.extensions['.js'];\n",
  );
  project.write('asking.ts', '');
  project.write('main.ts', `${ASKING}require('./sub/main');\n`);
  project.write('sub/main.ts', ASKING);
  // The same without types, for Node.
  const plain = ASKING.replaceAll(': string', '').replace(' as { code }', '');
  let found = 0;
  for (const some of fc.sample(fc.array(changes, { minLength: 1, maxLength: 4 }), {
    seed: 1,
    numRuns: 25,
  })) {
    for (const change of some) happen(change);
    project.write('node.js', `${plain}require('./sub/node.js');\n`);
    project.write('sub/node.js', plain);
    const node = project.node('--no-deprecation', '--require', './endings.cjs', 'node.js');
    expect({ some, ...project.run('--no-deprecation') }).toEqual({ some, ...node });
    found += node.stdout.split('\n').filter((line) => line.startsWith(project.path)).length;
  }
  expect(found).toBeGreaterThan(120);
});
