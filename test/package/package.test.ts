import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { helm3, helm4, kubectl } from '../../synth/proof/programs';

/* Packs the package, installs it with npm into a project elsewhere, and works with it there. */

const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'twinchart-package-'));
const project = join(folder, 'project');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const versionOf = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, devDependencies[name]]));

let packed: readonly string[];

beforeAll(() => {
  const [{ filename, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  cpSync(join(__dirname, 'project'), project, { recursive: true });
  cpSync(join(ROOT, '.npmrc'), join(project, '.npmrc'));
  const manifest = {
    name: 'shop',
    private: true,
    dependencies: { twinchart: `file:../${filename}`, zod: '^4.0.0', constructs: '^10.0.0' },
    devDependencies: {
      ...versionOf(['typescript', 'esbuild', '@types/node', 'eslint', 'typescript-eslint']),
      // What the declarations of @kubernetes/client-node need and do not bring.
      '@types/ws': '^8',
    },
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  run('npm', 'install', '--no-audit', '--no-fund');
}, 300_000);

test('the package holds code, declarations and what the code reads, and nothing else', () => {
  const kinds = packed.map((path) =>
    path.replace(/^lib\/.*?(\.d\.ts|\.js|\.mjs|\.sh)$/, 'lib/*$1'),
  );
  expect([...new Set(kinds)].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'lib/*.d.ts',
    'lib/*.js',
    'lib/*.mjs',
    'lib/*.sh',
    'lint-preset.mjs',
    'package.json',
    'register/cache.js',
    'register/index.js',
    'register/listings.js',
    'register/sources.js',
    'register/stacks.js',
  ]);
});

test('a project that uses it compiles, with declarations of its own', () => {
  expect(run('npx', 'tsc')).toBe('');
  expect(readFileSync(join(project, 'out/main.d.ts'), 'utf8')).toContain('compose(): Platform');
}, 120_000);

test('the compiler refuses there what it refuses here', () => {
  writeFileSync(
    join(project, 'wrong.ts'),
    `import { httpProbes } from 'twinchart/constructs';\nhttpProbes({ liveness: 1, readiness: '/' });\n`,
  );
  const { status, stdout } = spawnSync('npx', ['tsc', '--noEmit'], { cwd: project });
  rmSync(join(project, 'wrong.ts'));
  expect(status).not.toBe(0);
  expect(String(stdout)).toContain(
    "wrong.ts(2,14): error TS2322: Type 'number' is not assignable to type 'string'.",
  );
}, 120_000);

test('the lint preset finds a Value in a condition', () => {
  expect(run('npx', 'eslint', 'main.ts')).toBe('');
  writeFileSync(
    join(project, 'wrong.ts'),
    `import type { Value } from 'twinchart';\nexport const size = (on: Value<boolean>) => (on ? 1 : 2);\n`,
  );
  const { stdout } = spawnSync('npx', ['eslint', 'wrong.ts'], { cwd: project });
  rmSync(join(project, 'wrong.ts'));
  expect(String(stdout)).toContain('@typescript-eslint/strict-boolean-expressions');
}, 120_000);

test('it makes manifests and a chart of its own', () => {
  // Namespace, default policy, account, policy, Service, Deployment; in prod HPA and PDB as well.
  expect(run('node', '--require', 'twinchart/register', 'main.ts')).toMatch(
    /^1 tier, 14 objects, \d+ files /,
  );
  expect(readdirSync(join(project, 'dist')).sort()).toEqual(['dev', 'images.txt', 'prod']);
  const values = readFileSync(join(project, 'helm/shop/charts/shop/values.yaml'), 'utf8');
  expect(values).toContain('\ncatalog:\n');
}, 60_000);

test('it runs its own proof', () => {
  const printed = run(
    'node',
    '--require',
    'twinchart/register',
    'prove.ts',
    '--runs',
    '5',
    '--seed',
    '1',
  );
  expect(printed).toMatch(/^shop: 7 values, \d+ renderings, \d+ objects compared, 0 differences/m);
}, 120_000);

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: project,
    encoding: 'utf8',
    env: {
      ...process.env,
      TWINCHART_HELM3: helm3().path,
      TWINCHART_HELM4: helm4().path,
      TWINCHART_KUBECTL: kubectl().path,
    },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
