import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synth, type PlatformOptions } from '../../../synth';
import { checks } from '../../../synth/checks';
import { checksPage } from '../../../synth/docs/checks-page';
import { configMap, platformWith, type Setting } from '../checks/fixture';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinchart-docs-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes the platform with its pages in the folder pages, or without pages. */
function write(docs: string | undefined, setting: Setting): void {
  const platform = platformWith({ a: configMap('web'), b: configMap('web') }, setting);
  const options: PlatformOptions =
    docs === undefined ? platform.options : { ...platform.options, docs: join(folder, docs) };
  Object.assign(platform, { outdir: join(folder, 'dist'), options });
  synth(platform, join(folder, 'helm'));
}

const reason = 'The second is to win.';
const waived: Setting = {
  checks: ['same-name-twice'],
  environments: { dev: {}, prod: { demo: { name: 'db' } } },
  waivers: [
    { check: 'same-name-twice', object: 'ConfigMap/web', reason, environments: ['dev', 'prod'] },
    { check: 'same-name-twice', object: '*', reason },
  ],
};

test('no page is written unless a folder is named', () => {
  write(undefined, { checks: [] });
  expect(readdirSync(folder).sort()).toEqual(['dist', 'helm']);
});

test('the page tells the checks, the waivers and the Secrets that someone else makes', () => {
  write('pages', {
    ...waived,
    fill: (tier) => {
      tier.expectsSecret(tier.values.name, ['username', 'password'], 'The login of the database.');
      tier.expectsSecret('tls', [], 'The certificate.');
      tier.expectsSecret('', [], 'Nothing.');
    },
  });
  const text = readFileSync(join(folder, 'pages/checks.md'), 'utf8');
  expect(text.slice(0, text.indexOf('## Checks that are off'))).toBe(`\
<!-- Made by synth from the table of checks and the platform's options; edits are lost. -->

# Checks

Each run of synth looks at the objects of every environment. It tells all findings at once, each with
the construct, the environments, the path in the object, and what to do; then nothing is written. What
is all right as it is gets a waiver with a reason in the platform's options. A waiver that nothing
needs any more is a problem too.

## same-name-twice

**Two objects of one kind are not in the same namespace under the same name.** The one that is applied last replaces the other; Helm refuses to install both.

Give one another name or namespace; for namespaces that tiers share, set global.namespaces.create to false.

`);
  expect(text.slice(text.indexOf('## Waivers'))).toBe(`\
## Waivers

- \`same-name-twice\` for \`ConfigMap/web\`, in dev, prod: The second is to win.
- \`same-name-twice\` for all objects: The second is to win.

## Secrets that someone else makes

- dev: \`demo/web\` with \`username\`, \`password\`. The login of the database.
- dev: \`demo/tls\`. The certificate.
- prod: \`demo/db\` with \`username\`, \`password\`. The login of the database.
- prod: \`demo/tls\`. The certificate.
`);
});

test('without waivers and expected Secrets the page says so', () => {
  write('pages', { checks: [] });
  const text = readFileSync(join(folder, 'pages/checks.md'), 'utf8');
  expect(text.slice(text.indexOf('## Checks that are off'))).toBe(`\
## Checks that are off

${checks.map(({ id }) => `- \`${id}\``).join('\n')}

## Waivers

There are none.

## Secrets that someone else makes

There are none.
`);
});

test('the page lists no check as off where all run, and the others where some do', () => {
  const idsIn = (text: string) =>
    [...text.matchAll(/^(?:## |- `)([a-z-]+-[a-z-]+)/gm)].map(([, id]) => id);
  const pageOf = (selected: PlatformOptions['checks']) => {
    const platform = platformWith({}, selected && { checks: selected });
    const blueprint = platform.build();
    return checksPage({ blueprint, options: platform.options, tiers: [] });
  };
  const all = checks.map(({ id }) => id);
  expect(idsIn(pageOf(undefined))).toEqual(all);
  expect(pageOf(undefined)).not.toContain('## Checks that are off');
  const [first, second, ...others] = all;
  expect(idsIn(pageOf([first, second] as typeof all))).toEqual([first, second, ...others]);
});

test('a check says each thing in sentences, and its id is in lower case', () => {
  for (const { id, rule, why, remedy } of checks) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [rule, why, remedy]) expect(text).toMatch(/^[A-Z0-9].*\.$/);
  }
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});
