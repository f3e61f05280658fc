import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  );

/** The example as a program: what it leaves out is imports, global values and an environment. */
const program = (example: string) => `
import { z } from 'zod';
import type { Construct } from 'constructs';
import { Manifest, Platform, dnsLabel, image, imageSchema, omitEmpty, run, tiersOf } from '${root}/synth';
const tier = tiersOf(z.strictObject({
  imageRegistry: z.string().regex(/^[a-z0-9.]*$/).default('').describe('Registry of all images.'),
  namespaces: z.strictObject({ web: dnsLabel().default('demo').describe('Namespace.') }),
}));
${example}
run(() => {
  const chart = { name: 'demo', description: 'Demo.', version: '0.1.0', appVersion: '1', kubeVersion: '>=1.28.0-0' };
  const dev = { name: 'dev', summary: 'defaults.', release: { name: 'demo', namespace: 'demo' }, values: {} };
  const platform = new Platform({ chart, environments: [dev], checks: [] });
  new Web(platform);
  return platform;
});
`;

test('the example of the README makes the manifests and the template that it shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-readme-'));
  try {
    const [example = ''] = blocks('ts');
    expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(18);
    const main = join(folder, 'main.ts');
    writeFileSync(main, program(example));
    const args = ['--require', resolve(__dirname, '../../register'), main];
    execFileSync(process.execPath, args, { cwd: folder, env: withModules() });
    const [dist = '', template = ''] = blocks('yaml');
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');
    expect(read('dist/dev/01-web.k8s.yaml')).toContain(dist);
    expect(read('helm/demo/charts/web/templates/deployment.yaml')).toContain(template);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The program lies outside the repository, so tell it where the packages are. */
function withModules(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_PATH: join(root, 'node_modules') };
}
