import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ran } from '../../commands';
import { SmallPlatform } from '../small-platform';
import { ask } from './answers';

// Each command composes a platform.
jest.setTimeout(60_000);

const DIST = 'dist/prod/01-web.k8s.yaml';

const USAGE = 'write it as in npm run where -- dist/dev/01-data.k8s.yaml:12.';

let small: SmallPlatform;

beforeAll(async () => {
  small = new SmallPlatform();
  await small.synth();
});

afterAll(() => {
  small.remove();
});

test('what cannot be answered is one sentence', async () => {
  const lines = small.read(DIST).trimEnd().split('\n');
  const count = String(lines.length);
  const beyond = String(lines.length + 1);
  const between = String(lines.indexOf('---') + 1);
  const expected: [args: string[], message: string][] = [
    [[], `Expected one FILE:LINE, got nothing; ${USAGE}`],
    [['a:1', 'b:1'], `Expected one FILE:LINE, got a:1 b:1; ${USAGE}`],
    [[DIST], `${DIST} has many objects; say which line of it, as in ${DIST}:12.`],
    [[`${DIST}:0`], `The line in ${DIST}:0 is "0"; it must be a whole number from 1.`],
    [[`${DIST}:`], `The line in ${DIST}: is ""; it must be a whole number from 1.`],
    [
      [`${DIST}:${beyond}`],
      `${DIST} ends at line ${count}, so it has no line ${beyond}; give one that it has.`,
    ],
    [
      [`${DIST}:${between}`],
      `Line ${between} of ${DIST} stands between two objects; give a line of one of them.`,
    ],
    [['dist/x.yaml:1'], 'There is no file dist/x.yaml; give one that synth writes.'],
    [
      ['main.ts:1'],
      'The code makes no file main.ts; give one that it makes, and run npm run synth first if this is output.',
    ],
    [
      ['dist/images.txt:1'],
      'dist/images.txt is made of all objects; give a file of an environment.',
    ],
    [
      ['helm/small/values.yaml:1'],
      'helm/small/values.yaml is made of no single object; give a file of templates/ or files/ of a tier.',
    ],
  ];
  const answers = await ask(
    small.path,
    expected.map(([args]) => args),
  );
  expect(answers).toEqual(expected.map(([, message]) => `Error: ${message}`));
});

test('output that is not what the code makes, or not there yet, is refused', async () => {
  const before = small.read(DIST);
  small.write(DIST, before.replace('replicas: 3', 'replicas: 4'));
  rmSync(join(small.path, 'dist/dev/01-web.k8s.yaml'));
  expect(await ask(small.path, [[`${DIST}:1`], ['dist/dev/01-web.k8s.yaml:1']])).toEqual([
    `Error: ${DIST} is not what the code makes now; run npm run synth first.`,
    'Error: There is no file dist/dev/01-web.k8s.yaml; run npm run synth first.',
  ]);
  small.write(DIST, before);
});

describe('the command ends with code 1 and writes nothing but', () => {
  const failed = (stderr: string): Ran => ({ status: 1, stdout: '', stderr: `${stderr}\n` });

  test('that the line is wrong', async () => {
    expect(await small.where(`${DIST}:x`)).toEqual(
      failed(`The line in ${DIST}:x is "x"; it must be a whole number from 1.`),
    );
  });

  test('what is wrong with the platform', async () => {
    const before = small.read('environments.ts');
    small.change('environments.ts', 'replicas: 3', 'replicas: 99');
    const { status, stdout, stderr } = await small.where(`${DIST}:1`);
    small.write('environments.ts', before);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^1 problem:\n {2}\[environment prod\] .*web\.replicas/);
  });

  test('that main.ts composes none', async () => {
    const before = small.read('main.ts');
    small.write('main.ts', 'export const compose = () => 1;\n');
    const ran = await small.where(`${DIST}:1`);
    small.write('main.ts', before);
    expect(ran).toEqual(
      failed('compose() of main.ts returns 1; export one that returns the Platform it makes.'),
    );
  });
});
