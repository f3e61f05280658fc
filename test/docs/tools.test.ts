import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SmallPlatform, commands } from '../scripts/small-platform';

const ROOT = resolve(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/tools.md'), 'utf8');
/** Commands, each with the output that the page shows. */
const examples = [
  ...page.matchAll(/```sh\nnpm run (where|diff) -- (.*)\n```\n\n```text\n([^]*?)```/g),
];
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('every command of docs/tools.md prints what the page shows', async () => {
  expect(examples.length).toBe(page.match(/^```sh$/gm)?.length);
  const small = new SmallPlatform();
  try {
    await small.synth();
    small.commit('dist');
    const shown = examples.map(([, name = '', args = '', output = '']) => ({ name, args, output }));
    const printed: typeof shown = [];
    for (const { name, args } of shown) {
      if (name === 'diff') {
        small.change('environments.ts', 'replicas: 3', 'replicas: 5');
        small.change('charts/motto.txt', 'Then the rest.', 'Then more.\nThen the rest.');
        small.change('constructs/store.ts', 'ReadWriteOnce', 'ReadWriteMany');
      }
      // The script of package.json, with its file where it is.
      const [, file = ''] = /^node --require \.\/register (\S+)$/.exec(scripts[name] ?? '') ?? [];
      const { stdout, stderr } = await small.run(join(ROOT, file), ...args.split(' '));
      printed.push({ name, args, output: stdout + stderr });
    }
    expect(shown).toEqual(printed);
  } finally {
    small.remove();
  }
}, 60_000);

test('the commands of the README work', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const called = [...readme.matchAll(/^npm run (where|diff|upgrade-check) -- ([^#\n]*)/gm)];
  expect(new Set(called.map(([, name]) => name))).toEqual(
    new Set(['where', 'diff', 'upgrade-check']),
  );
  for (const [, name = '', args = ''] of called) {
    const file = join(ROOT, `scripts/${name}.ts`);
    const { status, stderr } = await commands.run(ROOT, file, args.trim().split(' '));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }
}, 60_000);
