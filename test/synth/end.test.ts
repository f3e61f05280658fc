import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TYPESCRIPT } from '../commands';

const END = JSON.stringify(resolve(__dirname, '../../synth/end'));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinchart-end-'));
  mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a program, which says on standard error whether its process was ended before Node would. */
function run(code: string) {
  const file = join(folder, 'main.ts');
  const said = `const { exit } = process;
process.exit = ((...args) => { console.error('early'); exit(...args); }) as typeof exit;
`;
  writeFileSync(file, `import { endWith } from ${END};\n${said}${code}`);
  const args = [...TYPESCRIPT, file];
  // The first run compiles, and what compiles is still there at its end.
  const options = { encoding: 'utf8', maxBuffer: 1e8 } as const;
  spawnSync(process.execPath, args, options);
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { status, stdout, stderr };
}

test('the process ends early, with its exit code, and what follows at once is done', () => {
  const code = "process.exitCode = 3;\nendWith('stdout', 'a\\n');\nprocess.stdout.write('b\\n');\n";
  expect(run(code)).toEqual({ status: 3, stdout: 'a\nb\n', stderr: 'early\n' });
});

test('a text that no pipe holds is written whole', () => {
  const code = "endWith('stdout', 'a'.repeat(5_000_000));\n";
  const { stdout, stderr } = run(code);
  expect([stdout.length, stderr]).toEqual([5_000_000, 'early\n']);
  const more = "setTimeout(() => { process.stdout.write('b'); }, 100);\n";
  expect(run(code + more).stdout.slice(-2)).toBe('ab');
});

test.each([
  ['a timer', "endWith('stdout', 'a'); setTimeout(() => { process.stdout.write('b'); }, 30);"],
  [
    'an older timer',
    "setTimeout(() => { process.stdout.write('b'); }, 30); endWith('stdout', 'a');",
  ],
  [
    'a file that is read',
    "import { readFile } from 'node:fs/promises';\nendWith('stdout', 'a'); void readFile(__filename).then(() => process.stdout.write('b'));",
  ],
  [
    'another process',
    "import { spawn } from 'node:child_process';\nendWith('stdout', 'a'); spawn('true').once('close', () => process.stdout.write('b'));",
  ],
  [
    'a socket',
    "import { createServer } from 'node:net';\nendWith('stdout', 'a'); const server = createServer().listen(0, () => { server.close(() => process.stdout.write('b')); });",
  ],
  [
    'who is called before the end',
    "endWith('stdout', 'a'); process.once('beforeExit', () => { process.stdout.write('b'); });",
  ],
  [
    'what was begun while it composed',
    "setImmediate(() => setImmediate(() => process.stdout.write('b'))); endWith('stdout', 'a');",
  ],
])('%s is waited for', (_, code) => {
  expect(run(code)).toEqual({ status: 0, stdout: 'ab', stderr: '' });
});
