import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/* The backup script, run for real; mongodump and mongorestore are scripts that note their calls. */

const SCRIPT = resolve(__dirname, '../../charts/data/backup.sh');
const OLD = ['mongodb-20260101T021500Z.archive.gz', 'mongodb-20260102T021500Z.archive.gz'];

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twinchart-backup-'));
  for (const folder of ['backup', 'backup/lost+found', 'secret', 'bin', 'tmp']) {
    mkdirSync(join(home, folder));
  }
  write('secret/username', 'root');
  write('secret/password', 'secret');
  program('mongodump', 'for last; do :; done\necho dump > "${last#--archive=}"');
  program('mongorestore', 'true');
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

test('a dump is kept after it was read back, and only its owner can read it', () => {
  const { status, stdout } = run();
  const [dump = '', ...more] = dumps();
  expect({ status, more }).toEqual({ status: 0, more: [] });
  expect(dump).toMatch(/^mongodb-\d{8}T\d{6}Z\.archive\.gz$/);
  expect(stdout).toBe(`kept 1 dumps, newest ${home}/backup/${dump}\n`);
  expect(statSync(join(home, 'backup', dump)).mode & 0o777).toBe(0o600);
  const login = `--config=${home}/tmp/mongodump.yaml --host=mongodb:27017 --username=root --authenticationDatabase=admin`;
  const archive = `--gzip --archive=${home}/backup/${dump}.part`;
  expect(calls()).toEqual([
    `mongodump ${login} ${archive}`,
    `mongorestore ${login} ${archive} --dryRun`,
  ]);
});

test('KEEP says how many dumps stay, the newest; other files are left alone', () => {
  for (const name of [...OLD, 'notes.txt']) write(`backup/${name}`, 'old');
  expect(run({ KEEP: '2' }).status).toBe(0);
  const [newest] = dumps();
  expect(dumps()).toEqual([newest, OLD[1]]);
  expect(newest).not.toBe(OLD[1]);
  expect(readdirSync(join(home, 'backup'))).toContain('notes.txt');
});

test.each(['mongodump', 'mongorestore'])('where %s fails, nothing new is left', (name) => {
  program(name, 'exit 3');
  for (const dump of OLD) write(`backup/${dump}`, 'old');
  expect(run({ KEEP: '1' }).status).toBe(3);
  expect(readdirSync(join(home, 'backup')).sort()).toEqual(['lost+found', ...OLD]);
});

test('what a killed run left behind is removed', () => {
  write('backup/mongodb-20260103T021500Z.archive.gz.part', 'half');
  expect(run().status).toBe(0);
  expect(readdirSync(join(home, 'backup')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.each(['a "b" \\ c', "it's %s #1: {x}", '\\"', 'ä😀', '  '])(
  'a password reaches the programs as YAML, not as an argument: %s',
  (password) => {
    write('secret/password', `${password}\n`);
    expect(run().status).toBe(0);
    const config = readFileSync(join(home, 'tmp/mongodump.yaml'), 'utf8');
    expect(parse(config)).toEqual({ password });
    expect(statSync(join(home, 'tmp/mongodump.yaml')).mode & 0o777).toBe(0o600);
    expect(calls().join('\n')).not.toContain(password.trim() || 'none');
  },
);

function run(env: Record<string, string> = {}) {
  return spawnSync('bash', [SCRIPT], {
    encoding: 'utf8',
    env: {
      PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`,
      BACKUP_FOLDER: join(home, 'backup'),
      SECRET_FOLDER: join(home, 'secret'),
      TMPDIR: join(home, 'tmp'),
      MONGODB_HOST: 'mongodb',
      MONGODB_PORT: '27017',
      KEEP: '7',
      ...env,
    },
  });
}

/** Names of the dumps, newest first. */
function dumps(): string[] {
  const names = readdirSync(join(home, 'backup')).filter((name) => name.endsWith('.archive.gz'));
  return names.sort().reverse();
}

function calls(): string[] {
  return readFileSync(join(home, 'calls'), 'utf8').trimEnd().split('\n');
}

function write(path: string, content: string, mode = 0o644): void {
  writeFileSync(join(home, path), content, { mode });
}

function program(name: string, body: string): void {
  write(`bin/${name}`, `#!/bin/bash\necho "${name} $*" >> ${home}/calls\n${body}\n`, 0o755);
}
