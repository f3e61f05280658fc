import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFolders } from '../../synth/output-folder';
import { writeOutput } from '../../synth/output';
import { Problems } from '../../synth/problems';
import { problemsOf } from './fixture';

/* A folder for generated pages, in which people keep files of their own. */

let root: string;

beforeEach(() => {
  root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'twinchart-shared-')));
});

afterEach(() => {
  fs.rmSync(root, { recursive: true });
});

const PAGE = '<!-- made -->\n\n# Page\n';
const write = (files: Record<string, string>) =>
  writeOutput([{ path: join(root, 'docs'), shared: true, files: new Map(Object.entries(files)) }]);
const put = (file: string, content: string) => {
  fs.mkdirSync(join(root, 'docs'), { recursive: true });
  fs.writeFileSync(join(root, 'docs', file), content);
};
const content = () =>
  Object.fromEntries(
    fs
      .readdirSync(join(root, 'docs'))
      .sort()
      .map((file) => [file, fs.readFileSync(join(root, 'docs', file), 'utf8')]),
  );
const problems = (work: () => unknown) =>
  problemsOf(work).map((one) => one.replaceAll(`${root}/`, ''));

test('what people wrote stays, also when nothing is left to write', () => {
  put('guide.md', 'mine');
  expect(write({ 'page.md': PAGE })).toEqual({ changed: 1, removed: 0, total: 1 });
  expect(content()).toEqual({ 'guide.md': 'mine', 'page.md': PAGE });
  expect(write({})).toEqual({ changed: 0, removed: 0, total: 0 });
  expect(content()).toEqual({ 'guide.md': 'mine', 'page.md': PAGE });
});

test('a page of an earlier run is replaced, and only where it changed', () => {
  put('page.md', `${PAGE}old\n`);
  expect(write({ 'page.md': PAGE })).toEqual({ changed: 1, removed: 0, total: 1 });
  expect(write({ 'page.md': PAGE })).toEqual({ changed: 0, removed: 0, total: 1 });
  expect(content()).toEqual({ 'page.md': PAGE });
});

test('what a run that was killed left of a page is cleared away', () => {
  put('page.md.twinchart-new', 'half');
  put('guide.md.twinchart-new', 'mine');
  expect(write({ 'page.md': PAGE })).toEqual({ changed: 1, removed: 1, total: 1 });
  expect(content()).toEqual({ 'guide.md.twinchart-new': 'mine', 'page.md': PAGE });
});

test('a page that people wrote is not replaced', () => {
  put('page.md', '# Mine\n');
  expect(problems(() => write({ 'page.md': PAGE }))).toEqual([
    '[output] docs/page.md does not begin with "<!-- made -->", so people wrote what this run would replace; move it away, or choose another folder with the platform\'s option docs.',
  ]);
  expect(content()).toEqual({ 'page.md': '# Mine\n' });
});

test('where people wrote a page, the folders that the run owns stay as they are, too', () => {
  const owned = join(root, 'dist');
  const both = (text: string) => [
    { path: owned, files: new Map([['a.yaml', text]]) },
    { path: join(root, 'docs'), shared: true, files: new Map([['page.md', PAGE]]) },
  ];
  writeOutput(both('old'));
  put('page.md', '# Mine\n');
  expect(problems(() => writeOutput(both('new')))).toEqual([
    expect.stringMatching(/^\[output\] docs\/page\.md does not begin with/),
  ]);
  expect(fs.readdirSync(owned)).toEqual(['a.yaml']);
  expect(fs.readFileSync(join(owned, 'a.yaml'), 'utf8')).toBe('old');
  expect(content()).toEqual({ 'page.md': '# Mine\n' });
});

test('JSON tells by its first field who made it', () => {
  const made = '{\n  "$comment": "made",\n  "a": 1\n}\n';
  put('data.json', '{\n  "$comment": "made",\n  "a": 2\n}\n');
  expect(write({ 'data.json': made })).toEqual({ changed: 1, removed: 0, total: 1 });
  put('data.json', '{\n  "a": 2\n}\n');
  expect(problems(() => write({ 'data.json': made }))).toEqual([
    '[output] docs/data.json does not begin with "{\\n  \\"$comment\\": \\"made\\",", so people wrote what this run would replace; move it away, or choose another folder with the platform\'s option docs.',
  ]);
});

test('links of people are none of our business, but no page is written through one', () => {
  put('guide.md', 'mine');
  fs.symlinkSync('guide.md', join(root, 'docs/link.md'));
  expect(write({ 'page.md': PAGE })).toMatchObject({ changed: 1 });
  fs.symlinkSync('guide.md', join(root, 'docs/other.md'));
  expect(problems(() => write({ 'other.md': PAGE }))).toEqual([
    '[output] docs/other.md is no file, but a file is to be written there; remove it.',
  ]);
  fs.renameSync(join(root, 'docs'), join(root, 'real'));
  fs.symlinkSync('real', join(root, 'docs'));
  expect(problems(() => write({ 'page.md': PAGE }))).toEqual([
    '[output] docs is a symbolic link, which could lead outside the output folder; remove it.',
  ]);
});

test('it may hold folders that runs own and the working directory, but lies in none of them', () => {
  const complaints = (docs: string) => {
    const found = new Problems();
    checkFolders([{ path: join(root, 'out') }, { path: docs, shared: true }], found);
    return found.all.map(({ message }) => message.replaceAll(`${root}/`, ''));
  };
  expect(complaints(root)).toEqual([]);
  expect(complaints('.')).toEqual([]);
  const cleared = (folder: string) => [
    `The output folder out holds the output folder ${folder}, which a run would clear; choose another with CDK8S_OUTDIR.`,
  ];
  expect(complaints(join(root, 'out/docs'))).toEqual(cleared('out/docs'));
  expect(complaints(join(root, 'out'))).toEqual(cleared('out'));
});
