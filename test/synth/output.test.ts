import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LaterFiles } from '../../synth/files';
import { writeOutput } from '../../synth/output';
import { problemsOf } from './fixture';

let root: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twinchart-output-')));
});

afterEach(() => {
  fs.rmSync(root, { recursive: true });
});

const write = (files: Record<string, string>, folder = 'dist') =>
  writeOutput([{ path: join(root, folder), files: new Map(Object.entries(files)) }]);

/** What lies in the folder: content of files, nothing for folders, target of links. */
function tree(): Record<string, string> {
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  const described = entries.map((entry): [string, string] => {
    const full = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) return [`${full.slice(root.length + 1)}/`, ''];
    const content = entry.isSymbolicLink() ? `-> ${fs.readlinkSync(full)}` : read(full);
    return [full.slice(root.length + 1), content];
  });
  return Object.fromEntries(described.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const read = (file: string) => fs.readFileSync(file, 'utf8');
const put = (file: string, content: string) => {
  fs.mkdirSync(dirname(join(root, file)), { recursive: true });
  fs.writeFileSync(join(root, file), content);
};
/** Problems with this text; paths of the test's folder shown as they are from within it. */
const problems = (work: () => unknown) =>
  problemsOf(work).map((one) => one.replaceAll(`${root}/`, '').replaceAll(root, '.'));

describe('a run', () => {
  test('writes what is new, leaves what is the same, removes what is stale', () => {
    expect(
      write({ 'dev/a.yaml': 'a', 'dev/b.yaml': 'b', 'prod/c.yaml': 'c', 'i.txt': 'i' }),
    ).toEqual({
      changed: 4,
      removed: 0,
      total: 4,
    });
    const old = new Date(1_000_000);
    for (const file of ['dev/a.yaml', 'dev/b.yaml', 'i.txt']) {
      fs.utimesSync(join(root, 'dist', file), old, old);
    }
    expect(write({ 'dev/a.yaml': 'a', 'dev/b.yaml': 'B', 'i.txt': 'i' })).toEqual({
      changed: 1,
      removed: 1,
      total: 3,
    });
    expect(tree()).toEqual({
      'dist/': '',
      'dist/dev/': '',
      'dist/dev/a.yaml': 'a',
      'dist/dev/b.yaml': 'B',
      'dist/i.txt': 'i',
    });
    const touched = (file: string) => fs.statSync(join(root, 'dist', file)).mtimeMs !== 1_000_000;
    expect(touched('dev/a.yaml')).toBe(false);
    expect(touched('dev/b.yaml')).toBe(true);
    expect(touched('i.txt')).toBe(false);
  });

  test('replaces a file in one step, so a reader never sees half of it', () => {
    write({ 'a.yaml': 'a' });
    const reader = fs.openSync(join(root, 'dist/a.yaml'), 'r');
    write({ 'a.yaml': 'b' });
    // The old file is still whole for who has it open: another took its name.
    expect(fs.readFileSync(reader, 'utf8')).toBe('a');
    fs.closeSync(reader);
    expect(tree()).toEqual({ 'dist/': '', 'dist/a.yaml': 'b' });
  });

  test('clears away what a run that was killed left behind', () => {
    write({ 'a.yaml': 'a' });
    put('dist/a.yaml.twinchart-new', 'half');
    put('dist/gone/b.yaml.twinchart-new', 'half');
    expect(write({ 'a.yaml': 'A' })).toEqual({ changed: 1, removed: 2, total: 1 });
    expect(tree()).toEqual({ 'dist/': '', 'dist/a.yaml': 'A' });
  });

  test('that cannot write one folder touches none, and leaves nothing behind', () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    put('helm', 'a file');
    const folders = [
      {
        path: join(root, 'dist'),
        files: new Map([
          ['a.yaml', 'A'],
          ['new/c.yaml', 'c'],
        ]),
      },
      { path: join(root, 'helm/chart'), files: new Map([['Chart.yaml', 'name: a']]) },
    ];
    expect(problems(() => writeOutput(folders))).toEqual([
      '[output] helm is no folder, but output is to be written below it; remove it, or choose another with CDK8S_OUTDIR.',
    ]);
    expect(tree()).toEqual({ 'dist/': '', 'dist/a.yaml': 'a', 'dist/b.yaml': 'b', helm: 'a file' });
  });
});

describe('texts that are printed as they are written', () => {
  const printed = (...prints: readonly (readonly [string, () => string])[]) =>
    writeOutput([{ path: join(root, 'dist'), files: new LaterFiles(prints) }]);

  test('are never in memory together: each is on the disk before the next is printed', () => {
    const found: Record<string, string>[] = [];
    const print = (text: string) => () => {
      found.push(tree());
      return text;
    };
    write({ 'b.yaml': 'b' });
    printed(['a.yaml', print('a')], ['b.yaml', print('b')], ['c.yaml', print('c')]);
    const before = { 'dist/': '', 'dist/b.yaml': 'b' };
    const staged = { ...before, 'dist/a.yaml.twinchart-new': 'a' };
    expect(found).toEqual([before, staged, staged]);
    expect(tree()).toEqual({ ...before, 'dist/a.yaml': 'a', 'dist/c.yaml': 'c' });
  });

  test('end the run where one cannot be printed, which touches nothing and leaves nothing', () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    put('dist/stale.yaml', 'stale');
    const before = tree();
    const fail = () => {
      throw new Error('No text.');
    };
    const files = [['a.yaml', () => 'A'] as const, ['new/c.yaml', () => 'c'] as const];
    expect(() => printed(...files, ['b.yaml', fail])).toThrow(new Error('No text.'));
    expect(tree()).toEqual(before);
    expect(() => printed(['b.yaml', fail], ...files)).toThrow(new Error('No text.'));
    expect(tree()).toEqual(before);
  });
});

describe('a run refuses', () => {
  const other = 'which this run would remove; empty it, or choose another with CDK8S_OUTDIR.';

  test.each(['../a.yaml', 'dev/../../a.yaml', '/a.yaml', 'dev\\..\\..\\a.yaml'])(
    'to write %s, which leaves the folder',
    (file) => {
      expect(problems(() => write({ [file]: 'a' }))).toEqual([
        `[output] File ${JSON.stringify(file)} would leave the output folder dist; use a relative path without "..".`,
      ]);
      expect(tree()).toEqual({});
    },
  );

  test('symbolic links in the folder, wherever they lead', () => {
    write({ 'dev/a.yaml': 'a' });
    put('outside/a.yaml', 'mine');
    fs.symlinkSync('../../outside', join(root, 'dist/dev/link'));
    fs.symlinkSync('nowhere', join(root, 'dist/dangling'));
    const link = (file: string) =>
      `[output] ${file} is a symbolic link, which could lead outside the output folder; remove it.`;
    const before = tree();
    expect(problems(() => write({ 'dev/a.yaml': 'A', 'dev/link/a.yaml': 'x' })).sort()).toEqual([
      link('dist/dangling'),
      link('dist/dev/link'),
    ]);
    expect(tree()).toEqual(before);
  });

  test('a folder that is a symbolic link', () => {
    put('outside/a.yaml', 'mine');
    fs.symlinkSync('outside', join(root, 'dist'));
    expect(problems(() => write({ 'a.yaml': 'a' }))).toEqual([
      '[output] dist is a symbolic link, which could lead outside the output folder; remove it.',
    ]);
    expect(read(join(root, 'outside/a.yaml'))).toBe('mine');
  });

  test('a folder that is a file', () => {
    put('dist', 'mine');
    expect(problems(() => write({ 'a.yaml': 'a' }))).toEqual([
      '[output] dist is no folder, but output is to be written below it; remove it, or choose another with CDK8S_OUTDIR.',
    ]);
    expect(tree()).toEqual({ dist: 'mine' });
  });

  test('to replace a folder by a file', () => {
    write({ 'a.yaml/b.yaml': 'b', 'i.txt': 'i' });
    expect(problems(() => write({ 'a.yaml': 'a', 'i.txt': 'I' }))).toEqual([
      '[output] dist/a.yaml is no file, but a file is to be written there; remove it.',
    ]);
    expect(read(join(root, 'dist/i.txt'))).toBe('i');
  });

  test('a folder that holds nothing that it makes', () => {
    put('dist/thesis/chapter1.txt', 'mine');
    expect(problems(() => write({ 'a.yaml': 'a' }))).toEqual([
      `[output] The output folder dist holds something else, such as thesis/chapter1.txt, ${other}`,
    ]);
    expect(tree()).toEqual({ 'dist/': '', 'dist/thesis/': '', 'dist/thesis/chapter1.txt': 'mine' });
  });

  test('the working directory, and folders that hold it', () => {
    for (const folder of [process.cwd(), dirname(process.cwd())]) {
      const [problem] = problemsOf(() => writeOutput([{ path: folder, files: new Map() }]));
      const shown = folder === process.cwd() ? '.' : folder;
      expect(problem).toBe(
        `[output] The output folder ${shown} holds the working directory, which a run would clear; choose another with CDK8S_OUTDIR.`,
      );
    }
  });

  test('a folder that holds the other', () => {
    const folder = (path: string) => ({ path: join(root, path), files: new Map([['a', 'a']]) });
    expect(problems(() => writeOutput([folder('out'), folder('out/helm')]))).toEqual([
      '[output] The output folder out holds the output folder out/helm, which a run would clear; choose another with CDK8S_OUTDIR.',
    ]);
    expect(tree()).toEqual({});
  });
});
