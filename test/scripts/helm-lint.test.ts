import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: sample
data:
  size: {{ .Values.limits.size | quote }}
`;
const LIMITS = 'limits: { size: 1 }\n';

let chart: string;

beforeEach(() => {
  chart = mkdtempSync(join(tmpdir(), 'twinchart-lint-'));
  write('', minimal('platform', 'dependencies: [{ name: data, version: 0.1.0 }]\n'));
  write('charts/data/', minimal('data'));
  write('', {
    'values-dev.yaml': `${LIMITS}data:\n  ${LIMITS}`,
    'values-prod.yaml': `${LIMITS}data:\n  ${LIMITS}`,
  });
  write('charts/data/', { 'values-dev.yaml': LIMITS });
});

afterEach(() => {
  rmSync(chart, { recursive: true });
});

test('every chart is linted with each of its overlays, under both Helms', () => {
  expect(lint()).toEqual({ status: 0, stdout: 'helm lint: 6 of 6 runs passed.\n', stderr: '' });
});

test('a template that fails with one overlay of the umbrella is found under both Helms', () => {
  write('', { 'values-prod.yaml': `data:\n  ${LIMITS}` });
  const { status, stdout, stderr } = lint();
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'helm lint: 4 of 6 runs passed.\n' });
  expect(stderr).toMatch(/^helm 3\..*values-prod\.yaml$/m);
  expect(stderr).toMatch(/^helm 4\..*values-prod\.yaml$/m);
  expect(stderr).toContain('nil pointer');
});

test('a template that fails when a tier is installed alone is found', () => {
  write('charts/data/', { 'values-dev.yaml': 'other: 1\n' });
  expect(lint()).toMatchObject({ status: 1, stdout: 'helm lint: 4 of 6 runs passed.\n' });
});

test('a warning, such as a deprecated API, is a failure', () => {
  const deprecated = 'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata:\n  name: sample\n';
  write('', { 'templates/ingress.yaml': deprecated });
  const { stdout, stderr } = lint();
  expect(stdout).toBe('helm lint: 2 of 6 runs passed.\n');
  expect(stderr).toContain('extensions/v1beta1 Ingress is deprecated');
});

test('a chart without overlays is refused', () => {
  rmSync(join(chart, 'charts/data/values-dev.yaml'));
  const { status, stderr } = lint();
  expect(status).toBe(1);
  expect(stderr).toContain(
    `Error: ${chart}/charts/data has no values-<env>.yaml to lint with; run "npm run synth".\n`,
  );
});

function lint(): { status: number | null; stdout: string; stderr: string } {
  const args = ['--require', './register', 'scripts/helm-lint.ts', chart];
  const { status, stdout, stderr } = spawnSync('node', args, { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(chart, folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function minimal(name: string, dependencies = ''): Record<string, string> {
  const icon = 'icon: https://example.com/icon.svg\n';
  return {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${icon}${dependencies}`,
    'values.yaml': '{}\n',
    'templates/sample.yaml': CONFIG_MAP,
  };
}
