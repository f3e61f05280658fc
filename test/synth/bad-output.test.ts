import { spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProgramFolder } from './program';

// Under load, Node takes its time to start.
jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../..');
const GOOD = 'run(() => demo(sample, (tier) => configMap(tier, { a: tier.values.text })));\n';
const OTHER = GOOD.replace('values.text', 'values.level');
let folder: ProgramFolder;

beforeEach(() => {
  folder = new ProgramFolder();
});

afterEach(() => {
  folder.remove();
});

const failed = (...lines: string[]) => {
  const count = `${String(lines.length)} problem${lines.length === 1 ? '' : 's'}:`;
  return {
    status: 1,
    stdout: '',
    stderr: [count, ...lines.map((line) => `  [output] ${line}`), ''].join('\n'),
  };
};
const rule = 'make the folder writable, or choose another with CDK8S_OUTDIR.';

test('a folder that cannot be written ends the run, and no output changes', async () => {
  await folder.run(GOOD);
  const before = folder.age();
  expect(await folder.runLocked(GOOD)).toMatchObject({ status: 0, stderr: '' });
  expect(await folder.runLocked(OTHER)).toEqual(
    failed(
      `Cannot write dist/dev (EACCES); ${rule}`,
      `Cannot write helm/demo/charts/demo/templates (EACCES); ${rule}`,
    ),
  );
  expect(folder.state()).toEqual(before);
});

test('a file that cannot be printed ends the run as any error does, and no output changes', async () => {
  await folder.run(GOOD);
  const before = folder.age();
  // Schemas are printed when all of dist/ is. The process runs other programs after this one.
  const broken = `\
const { stringify } = JSON;
JSON.stringify = (...args: Parameters<typeof stringify>) => {
  if (args[2] === 2) throw new Error('No JSON.');
  return stringify(...args);
};
${OTHER}JSON.stringify = stringify;
`;
  expect(await folder.run(broken)).toEqual({
    status: 1,
    stdout: '',
    stderr: '1 problem:\n  [platform, main.ts:5] No JSON.\n',
  });
  expect(folder.state()).toEqual(before);
});

test('a folder that a stale file cannot be removed from ends the run', async () => {
  await folder.run(GOOD);
  folder.write('dist/old/a.yaml', 'old');
  const before = folder.age();
  expect(await folder.runLocked(GOOD)).toEqual(failed(`Cannot write dist/old (EACCES); ${rule}`));
  expect(folder.state()).toEqual(before);
});

test('a folder that cannot be made ends the run', async () => {
  expect(await folder.runLocked(GOOD)).toEqual(failed(`Cannot write . (EACCES); ${rule}`));
  expect(folder.state()).toEqual({});
});

test('a symbolic link is told of together with bad input', async () => {
  folder.write('mine/a.yaml', 'mine');
  folder.write('helm/demo/Chart.yaml', 'old');
  symlinkSync('mine', join(folder.path, 'dist'));
  symlinkSync(join(folder.path, 'mine'), join(folder.path, 'helm/demo/all'));
  const before = folder.age();
  const link = (path: string) =>
    `${path} is a symbolic link, which could lead outside the output folder; remove it.`;
  const { status, stderr } = await folder.run(GOOD.replace('tier.values.text', 'null'));
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: [
      '3 problems:',
      '  [demo/config] /data/a is null, which means nothing in a manifest; leave it out.',
      `  [output] ${link('dist')}`,
      `  [output] ${link('helm/demo/all')}`,
      '',
    ].join('\n'),
  });
  expect(folder.state()).toEqual(before);
});

test('the proof ends at a Helm that is too old, before it compares anything', () => {
  folder.write('helm', "#!/bin/sh\necho 'v3.9.0'\n");
  const helm = join(folder.path, 'helm');
  chmodSync(helm, 0o755);
  const args = ['--require', './register', 'synth/proof/cli.ts', '--runs', '1'];
  const env = { ...process.env, TWINCHART_HELM3: helm };
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: ROOT, encoding: 'utf8', env });
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: `${helm} is Helm 3.9.0, but helm3 must be Helm 3, at least 3.14; set TWINCHART_HELM3 to a Helm 3.14 or newer binary.\n`,
  });
});
