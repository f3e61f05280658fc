import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compose } from '../../main';
import { chartFiles } from '../../synth/chart';

const ROOT = resolve(__dirname, '../..');
const SYNTH = ['--require', './register', 'main.ts'];
/** Nothing of these goes into a copy: what is generated, installed, or not read by main.ts. */
const LEFT_OUT = [
  ...['.git', 'node_modules', '.stryker-tmp'],
  ...['dist', 'helm', 'docs', 'lib', 'coverage', 'reports', 'services', 'test'],
];

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'twinchart-copy-'));
  for (const name of readdirSync(ROOT).filter((one) => !LEFT_OUT.includes(one))) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => {
  rmSync(copy, { recursive: true });
});

/** Runs in the copy as another user in another part of the world would. */
function elsewhere(program: string, args: readonly string[]): void {
  const { PATH } = process.env;
  const place = { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
  const env = { ...place, PATH, HOME: copy, USER: 'someone', CDK8S_CHECK_UPGRADE: 'false' };
  execFileSync(program, args, { cwd: copy, env, stdio: 'pipe' });
}

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.sort().map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );
}

/** Files that one folder has and the other not, or not the same. */
function differing(one: string, other: string): string[] {
  const [left, right] = [filesIn(one), filesIn(other)];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => left[name] !== right[name]);
}

const NOTHING = { 'run `npm run synth` and commit what it changes': [] as string[] };
const drift = (files: string[]) => ({ 'run `npm run synth` and commit what it changes': files });

/** Pages that the code makes and that are committed otherwise; people keep others beside them. */
const driftedPages = () =>
  differing(join(copy, 'docs'), join(ROOT, 'docs')).filter(
    (file) => existsSync(join(copy, 'docs', file)) || isMade(join(ROOT, 'docs', file)),
  );

const isMade = (file: string) => readFileSync(file, 'utf8').startsWith('<!-- Made by synth ');

describe('the code makes what is committed, byte by byte,', () => {
  test('in another folder, time zone and locale, from nothing', () => {
    elsewhere('node', SYNTH);
    expect(drift(differing(join(copy, 'dist'), join(ROOT, 'dist')))).toEqual(NOTHING);
    expect(drift(differing(join(copy, 'helm'), join(ROOT, 'helm')))).toEqual(NOTHING);
    expect(drift(driftedPages())).toEqual(NOTHING);
  });

  test('through the command of cdk8s, into a folder that it names', () => {
    elsewhere(join(ROOT, 'node_modules/.bin/cdk8s'), ['synth', '--output', 'elsewhere']);
    expect(drift(differing(join(copy, 'elsewhere'), join(ROOT, 'dist')))).toEqual(NOTHING);
    expect(drift(differing(join(copy, 'helm'), join(ROOT, 'helm')))).toEqual(NOTHING);
    expect(drift(driftedPages())).toEqual(NOTHING);
  });
});

test('two platforms of one process come out the same', () => {
  const first = compose();
  const files = [...chartFiles(compose().build())];
  expect([...chartFiles(first.build())]).toEqual(files);
});
