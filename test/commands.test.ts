import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Commands, TYPESCRIPT } from './commands';

/* Tests run many commands in one process. This one sees that it makes no difference to them. */

// Under load, Node takes its time to start.
jest.setTimeout(60_000);

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'twinchart-commands-')));
const file = join(folder, 'main.ts');
const commands = new Commands();

afterAll(async () => {
  await commands.end();
  rmSync(folder, { recursive: true });
});

const COUNTER = 'let count: number = 0;\nexport const next = () => (count += 1);\n';
const MAIN = `\
import { next } from './counter';
const { argv, env } = process;
const isMain = require.main === module;
process.stdout.write(JSON.stringify([process.cwd(), argv, env['SAMPLE'], next(), isMain]));
if (argv[2] === 'fail') {
  process.stderr.write('wrong\\n');
  process.exitCode = 3;
}
`;

test('a command of a process with others runs as in one of its own', async () => {
  writeFileSync(join(folder, 'counter.ts'), COUNTER);
  writeFileSync(file, MAIN);
  process.env['SAMPLE'] = 'sample';
  for (const args of [['fail', 'a b'], [], ['fail']]) {
    const { env } = process;
    const options = { cwd: folder, encoding: 'utf8', env } as const;
    const { status, stdout, stderr } = spawnSync('node', [...TYPESCRIPT, file, ...args], options);
    expect(await commands.run(folder, file, args)).toEqual({ status, stdout, stderr });
    expect(stdout).toContain('"sample",1,true]');
    expect(status).toBe(args.length > 0 ? 3 : 0);
  }
});

test('what changes between two commands is seen, the lines of errors included', async () => {
  const line =
    "process.stdout.write(/main\\.ts:\\d+/.exec(new Error().stack ?? '')?.[0] ?? 'none');\n";
  for (const before of [0, 5, 2]) {
    writeFileSync(file, 'interface Sample {}\n'.repeat(before) + line);
    const stdout = `main.ts:${String(before + 1)}`;
    expect(await commands.run(folder, file, [])).toEqual({ status: 0, stdout, stderr: '' });
  }
});

test('a command that ends the process fails its test, and no other', async () => {
  writeFileSync(file, 'process.exit(5);\n');
  await expect(commands.run(folder, file, [])).rejects.toThrow(
    new Error(`${file} ended the process of all commands with 5.`),
  );
  writeFileSync(file, "process.stdout.write('next');\n");
  expect(await commands.run(folder, file, [])).toMatchObject({ stdout: 'next' });
});
