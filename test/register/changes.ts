import * as fc from 'fast-check';
import { dirname, join } from 'node:path';

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
export type Change = readonly [what: 'file' | 'none' | 'link' | 'move', path: string, text: string];
/** Files that come and go, packages, links, and what moves. */
export const changes: fc.Arbitrary<Change> = fc.oneof(
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
