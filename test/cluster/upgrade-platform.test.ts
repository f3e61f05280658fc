import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prod } from '../../platform/environments/prod';
import { helm3, helm4 } from '../../synth/proof/programs';
import {
  deleteNamespaces,
  DIST,
  kubectl,
  namespacesOf,
  run,
  untilNone,
  version,
  written,
} from './kube';
import { unsettled } from './settled';

/*
 * The platform itself, from an older output to that of now: from the newest tag, and until there is one
 * from the first output that can be upgraded. Where a clone has no such history, it is skipped;
 * upgrade.test.ts has an old version of its own.
 */

const FIRST = '9c2b1bc21b9abbfc31281165bcdc7a97b6e6b02b';

const ROOT = resolve(__dirname, '../..');
const git = (...args: string[]): string =>
  spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout.trim();
const from =
  git('describe', '--tags', '--abbrev=0') || git('rev-parse', '--quiet', '--verify', `${FIRST}^0`);
const describeIfThere = from === '' ? describe.skip : describe;

const folder = mkdtempSync(join(tmpdir(), 'twinchart-old-'));
const namespaces = namespacesOf(written('prod'));
const succeeded = { code: 0, stderr: '' };

beforeAll(() => {
  if (from === '') return;
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync('git', ['archive', from, 'dist/prod', 'helm/platform'], {
    cwd: ROOT,
    maxBuffer: 2 ** 28,
  });
  execFileSync('tar', ['--extract', '--directory', folder], { input: archive });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Whether the change passes npm run upgrade-check; a failure there is a failure here. */
const verdict = () => {
  const script = ['--require', './register', 'scripts/upgrade-check.ts', '--from', from];
  const { status, stderr } = spawnSync('node', script, { cwd: ROOT, encoding: 'utf8' });
  return { code: status, stderr };
};

describeIfThere(`prod, from ${from.slice(0, 12)}`, () => {
  test('passes npm run upgrade-check', () => {
    expect(verdict()).toEqual(succeeded);
  });

  describe('with kubectl', () => {
    const apply = async (dist: string) => {
      const { code, stderr } = await kubectl('apply', '--server-side', '-f', dist);
      expect({ code, stderr }).toEqual(succeeded);
      expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
    };
    afterAll(async () => {
      const flags = ['--ignore-not-found', '--wait=false'];
      for (const dist of [DIST, join(folder, 'dist')])
        await kubectl('delete', ...flags, '-f', join(dist, 'prod'));
      await deleteNamespaces(namespaces);
    });

    test('the old one is applied, then the new one, and all pods get ready', async () => {
      await apply(join(folder, 'dist/prod'));
      await apply(join(DIST, 'prod'));
    });
  });

  describe('with Helm', () => {
    const program = version.startsWith('1.28.') ? helm3() : helm4();
    const { name, namespace } = prod.release;
    const helm = async (command: string, chart: string, ...flags: string[]) => {
      const values = ['--values', join(chart, 'values-prod.yaml')];
      const args = [command, name, chart, ...values, '--namespace', namespace, ...flags];
      const { code, stderr } = await run(program.path, args);
      expect({ code, stderr }).toEqual(succeeded);
    };
    afterAll(async () => {
      await run(program.path, ['uninstall', name, '--namespace', namespace, '--wait']);
      await deleteNamespaces([...namespaces, namespace]);
    });

    test(`Helm ${program.version} installs the old one, then upgrades to the new one`, async () => {
      await helm('install', join(folder, 'helm/platform'), '--create-namespace');
      await helm('upgrade', join(ROOT, 'helm/platform'), '--wait', '--timeout', '4m');
      expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
    });
  });
});
