import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dev } from '../../platform/environments/dev';
import { prod } from '../../platform/environments/prod';
import { staging } from '../../platform/environments/staging';
import type { Program } from '../../synth/proof/programs';
import { adopting } from './helms';
import {
  core,
  deleteNamespaces,
  DIST,
  environments,
  kubectl,
  namespacesOf,
  parsed,
  run,
  untilNone,
  version,
  written,
  type Ended,
} from './kube';
import { follow, procedure } from './page';
import { CHART, newest, RELEASE, WAIT } from './releases';
import { readyPods, unsettled } from './settled';
import { record } from './table';

/* The life of releases: Helm 3 on the oldest Kubernetes, Helm 4 on all that are newer. */

/** A release elsewhere would be another one: telemetry names it. */
const releaseNamespace = (environment: string): string =>
  [dev, staging, prod].find(({ name }) => name === environment)?.release.namespace ??
  `release-${environment}`;
const valuesOf = (environment: string): string => join(CHART, `values-${environment}.yaml`);

function helm(program: Program, environment: string, ...args: string[]): Promise<Ended> {
  return run(program.path, ['--namespace', releaseNamespace(environment), ...args]);
}

/** With what Helm waits for; and it must say nothing on stderr, where warnings of the API server go. */
async function succeeds(program: Program, environment: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await helm(program, environment, ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const given = (environment: string): string[] => [RELEASE, CHART, '-f', valuesOf(environment)];

async function install(environment: string, ...more: string[]): Promise<void> {
  const args = [...given(environment), '--create-namespace', ...WAIT, ...more];
  const start = Date.now();
  const program = newest();
  await succeeds(program, environment, 'install', ...args);
  const namespaces = namespacesOf(written(environment));
  expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
  record({
    kubernetes: version,
    environment,
    tool: `Helm ${program.version}`,
    objects: parsed(await succeeds(program, environment, 'get', 'manifest', RELEASE)).length,
    podsReady: await readyPods(namespaces),
    seconds: (Date.now() - start) / 1000,
  });
}

const manifest = (environment: string): Promise<string> =>
  succeeds(newest(), environment, 'get', 'manifest', RELEASE);

async function removeAll(): Promise<void> {
  for (const environment of environments) {
    await helm(newest(), environment, 'uninstall', RELEASE, '--wait');
  }
  const names = environments.flatMap((one) => [
    releaseNamespace(one),
    ...namespacesOf(written(one)),
  ]);
  await deleteNamespaces(names);
}

/** By namespace and name. */
async function claims(environment: string): Promise<string[]> {
  const lists = namespacesOf(written(environment)).map((namespace) =>
    core.listNamespacedPersistentVolumeClaim({ namespace }),
  );
  return (await Promise.all(lists))
    .flatMap(({ items }) => items)
    .map(({ metadata }) => `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`);
}

async function podNames(namespaces: readonly string[]): Promise<string[]> {
  const lists = namespaces.map((namespace) => core.listNamespacedPod({ namespace }));
  const pods = (await Promise.all(lists)).flatMap(({ items }) => items);
  return pods.map(({ metadata }) => metadata?.name ?? '').sort();
}

/** A value that all charts share. */
const CHANGE = ['--set-string', 'global.domain=changed.example'];

describe('a release', () => {
  afterAll(removeAll);
  const environment = 'prod';
  let first = '';
  let kept: string[];

  test('is installed, and all pods get ready', async () => {
    await install(environment);
    first = await manifest(environment);
    kept = await claims(environment);
    expect(kept.length).toBeGreaterThan(0);
  });

  test('is upgraded with a changed value', async () => {
    await succeeds(newest(), environment, 'upgrade', ...given(environment), ...CHANGE, ...WAIT);
    expect(await manifest(environment)).toContain('changed.example');
    expect(await untilNone(() => unsettled(namespacesOf(written(environment))))).toEqual([]);
  });

  test.each(['--reuse-values', '--reset-then-reuse-values'])('keeps it with %s', async (flag) => {
    const before = await manifest(environment);
    await succeeds(newest(), environment, 'upgrade', RELEASE, CHART, flag, ...WAIT);
    expect(await manifest(environment)).toBe(before);
  });

  test('is what it was after a rollback', async () => {
    await succeeds(newest(), environment, 'rollback', RELEASE, '1', ...WAIT);
    expect(await manifest(environment)).toBe(first);
    expect(await untilNone(() => unsettled(namespacesOf(written(environment))))).toEqual([]);
  });

  test('leaves its namespaces and claims when it is uninstalled', async () => {
    await succeeds(newest(), environment, 'uninstall', RELEASE, '--wait');
    const there = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name);
    expect(there).toEqual(expect.arrayContaining(namespacesOf(written(environment))));
    expect(await claims(environment)).toEqual(kept);
    expect(await readyPods(namespacesOf(written(environment)))).toBe(0);
  });
});

describe('environments side by side', () => {
  afterAll(removeAll);

  test.each(environments.filter((name) => name !== 'prod'))(
    '%s is installed, and all pods get ready',
    (environment) => install(environment),
  );
});

describe('a platform that kubectl applied', () => {
  afterAll(removeAll);
  const environment = 'dev';

  test('is adopted by Helm, without a new pod', async () => {
    const { name, path } = await adopting();
    const namespaces = namespacesOf(written(environment));
    const { code } = await kubectl('apply', '--server-side', '-f', join(DIST, environment));
    expect(code).toBe(0);
    expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
    const before = await podNames(namespaces);
    const [command = ''] = procedure('Take over with Helm');
    await follow(name === 'helm4' ? `${command.trimEnd()} --force-conflicts` : command, {
      'helm install': `${path} install`,
      'helm/platform ': `${CHART} `,
      'helm/platform/values-prod.yaml': valuesOf(environment),
      'platform-release': releaseNamespace(environment),
    });
    expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
    expect(await podNames(namespaces)).toEqual(before);
  });
});

interface Values {
  readonly global: { readonly namespaces: Record<string, unknown> };
}

describe('one namespace', () => {
  const namespace = 'shared';
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-helm-'));
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await run(newest().path, ['uninstall', RELEASE, '--namespace', namespace, '--wait']);
    await deleteNamespaces([namespace]);
  });

  test('takes all tiers', async () => {
    const path = join(folder, 'values.yaml');
    const { global } = parse(readFileSync(join(CHART, 'values.yaml'), 'utf8')) as Values;
    const tiers = Object.keys(global.namespaces).map((tier) => [tier, namespace] as const);
    const namespaces = { ...Object.fromEntries<string>(tiers), create: false };
    writeFileSync(path, JSON.stringify({ global: { namespaces } }));
    const args = ['install', ...given('dev'), '-f', path, '--create-namespace', ...WAIT];
    const { code, stderr } = await run(newest().path, [...args, '--namespace', namespace]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await untilNone(() => unsettled([namespace]))).toEqual([]);
  });
});
