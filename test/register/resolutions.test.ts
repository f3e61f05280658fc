import * as fc from 'fast-check';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

test('what was found once is not searched for again, until a folder holds other names', () => {
  project.write('node_modules/.bin/counting.cjs', COUNTING);
  project.write('node_modules/p/index.js', "exports.p = require('./lib/p').p;\n");
  project.write('node_modules/p/lib/p.js', 'exports.p = 1;\n');
  project.write('sub/index.ts', "export { p } from 'p';\n");
  project.write('main.ts', "import { p } from './sub';\nconsole.log(p);\n");
  const counting = ['--require', REGISTER, '--require', './node_modules/.bin/counting.cjs'];
  const run = () => project.node(...counting, 'main.ts');
  project.run();
  expect(run()).toEqual(printed('1\n'));
  project.write('.hidden.ts', '');
  project.write('node_modules/.bin/q', '');
  project.write('main.ts', "import { p } from './sub';\nconsole.log(p + 1);\n");
  project.run();
  expect(run()).toEqual(printed('2\n'));
  project.write('sub/other.ts', '');
  expect(run().stderr).toBe('./sub\np\n');
  expect(run()).toEqual(printed('2\n'));
  project.write('node_modules/p/more.js', '');
  expect(run().stderr.split('\n')).toHaveLength(3);
  expect(run()).toEqual(printed('2\n'));
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

  test('a hidden file stands before another', () => {
    project.write('.sub.ts', '');
    ask('./.sub');
    answers('.sub.ts');
    project.write('.sub.js', '');
    answers('.sub.js');
  });

  test('another tool maps names, or an option does', () => {
    const map = (to: string) => {
      const search = `const { Module } = require('node:module');
const search = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => (request === 'p' ? '${to}' : search(request, ...rest));
`;
      project.write('node_modules/.bin/map.cjs', search);
    };
    const exports = { '.': { blue: './blue.js', default: './index.js' } };
    project.write('node_modules/p/package.json', JSON.stringify({ exports }));
    for (const file of ['blue', 'index']) project.write(`node_modules/p/${file}.js`, '');
    ask('p');
    answers('node_modules/p/index.js');
    const blue = printed(`${join(project.path, 'node_modules/p/blue.js')}\n`);
    for (const flags of [['--conditions=blue'], ['-C', 'blue']])
      expect(project.run(...flags)).toEqual(blue);
    for (const to of ['main.ts', 'other.ts']) {
      map(to);
      expect(project.run('--require', './node_modules/.bin/map.cjs')).toEqual(printed(`${to}\n`));
    }
    answers('node_modules/p/index.js');
  });

  test('a module was given other folders to search in', () => {
    project.write('node_modules/p/index.js', '');
    project.write('other/p/index.js', '');
    project.write('sub.ts', '');
    ask('p');
    answers('node_modules/p/index.js');
    project.write('main.ts', `module.paths.unshift(__dirname + '/other');\nrequire('./sub');\n`);
    project.write(
      'sub.ts',
      `module.paths.unshift(__dirname + '/other');\nconsole.log(require.resolve('p'));\n`,
    );
    answers('other/p/index.js');
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

/** What can happen to a file or folder. */
const paths = [
  ...['a.ts', 'a.js', 'a.json', 'a', '.a.js', 'a/index.ts', 'b.cts', 'b/index.js', 'b/a.js'],
  ...[
    'sub/a.ts',
    'sub/a/index.ts',
    'sub/b.js',
    'sub/link/a.js',
    'link/a.ts',
    'index.js',
    'sub/index.ts',
  ],
  ...['p', 'p/b', '@s/p']
    .flatMap((folder) =>
      ['index.js', 'a.js', 'a/index.js', 'b/a.js', 'b.js'].map((file) => `${folder}/${file}`),
    )
    .flatMap((path) => [`node_modules/${path}`, `sub/node_modules/${path}`]),
];
const packages = fc
  .record(
    {
      name: fc.constantFrom('main', 'p'),
      main: fc.constantFrom('a', 'a.js', './b', 'b/a.js', 'missing'),
      exports: fc.constantFrom<object>({ '.': './a.js', './a': './b/a.js' }, { './a': './a.js' }),
      imports: fc.constantFrom({ '#a': './a.js' }, { '#a': 'p' }),
    },
    { requiredKeys: [] },
  )
  .map((json) => JSON.stringify(json));
const folders = ['', 'b', 'sub', 'node_modules/p', 'sub/node_modules/p', 'node_modules/@s/p', 'p2'];
type Change = readonly [what: 'file' | 'none' | 'link' | 'move', path: string, text: string];
const changes: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constant('file'), fc.constantFrom(...paths), fc.constant('')),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('none'),
      fc.constantFrom(...paths, ...paths.map(dirname)),
      fc.constant(''),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('file'),
      fc.constantFrom(...folders).map((folder) => join(folder, 'package.json')),
      packages,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('link'),
      fc.constantFrom('link', 'node_modules/p', 'a.ts', 'sub/node_modules/p'),
      fc.constantFrom('b', 'sub', 'p2', 'b/index.js'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('move'),
      fc.constantFrom('b', 'sub/a', 'node_modules/p'),
      fc.constantFrom('p2', 'a', 'node_modules/p'),
    ),
  },
);

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
