/* What users keep while pods are replaced. Probes are not run here: KWOK says which pods are ready. */
import type { V1Pod } from '@kubernetes/client-node';
import { join } from 'node:path';
import { prod } from '../../platform/environments/prod';
import {
  apps,
  core,
  deleteNamespaces,
  kubectl,
  namespacesOf,
  run,
  untilNone,
  written,
} from './kube';
import { CHART, helm, newest, RELEASE, WAIT } from './releases';
import { unsettled } from './settled';
import { ReadyPods } from './watch';

const { name: environment, release } = prod;
const namespaces = namespacesOf(written(environment));
const given = [RELEASE, CHART, '-f', join(CHART, `values-${environment}.yaml`)];
const change = (...args: string[]): Promise<string> =>
  helm(newest(), ...args, '--namespace', release.namespace);

/** Deployments with several pods, and where their values are. */
const SYSTEMS = [
  { name: 'node-service', namespace: 'platform-app', values: 'app.nodeService' },
  { name: 'gateway', namespace: 'platform-network', values: 'network.gateway' },
] as const;
type System = (typeof SYSTEMS)[number];
/** By which KWOK leaves a pod unready. */
const UNREADY = 'podLabels.sim/state=unready';
/** `--set` of the same key for each of them. */
const set = (key: string): string[] =>
  SYSTEMS.flatMap(({ values }) => ['--set-string', `${values}.${key}`]);

beforeAll(() => change('install', ...given, '--create-namespace', ...WAIT));

afterAll(async () => {
  await change('uninstall', RELEASE, '--wait');
  await deleteNamespaces([release.namespace, ...namespaces]);
});

describe('a changed value of one configuration', () => {
  test.each([
    ['network.gateway.limits.perSecond=60', 'platform-network/gateway-config'],
    ['data.mongodb.cacheSizeGB=1', 'platform-data/mongodb-config'],
  ])('%s rolls the pods that use it, and no other', async (value, configMap) => {
    expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
    const [pods, files] = await Promise.all([allPods(), configurations()]);
    await change('upgrade', RELEASE, CHART, '--reuse-values', '--set', value, ...WAIT);
    expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
    const changed = await configurations();
    expect([...changed.keys()].filter((id) => changed.get(id) !== files.get(id))).toEqual([
      configMap,
    ]);
    const left = (await allPods()).map(({ metadata }) => metadata?.uid);
    const replaced = pods.filter(({ metadata }) => !left.includes(metadata?.uid));
    const users = pods.filter((pod) => mounts(pod).includes(configMap));
    expect(users.length).toBeGreaterThan(0);
    expect(replaced.map(nameOf)).toEqual(users.map(nameOf));
  });
});

describe('a rolling update', () => {
  let watches: ReadyPods[];
  let promised: Promised[];

  beforeEach(async () => {
    expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
    promised = await Promise.all(SYSTEMS.map(promiseOf));
    watches = await Promise.all(
      SYSTEMS.map(({ name, namespace }) =>
        ReadyPods.watch(namespace, `app.kubernetes.io/name=${name}`),
      ),
    );
  });

  /** All the time, from the start of the watches. */
  async function expectPromisesKept(): Promise<void> {
    await Promise.all(watches.map((watch) => watch.stop()));
    for (const [index, watch] of watches.entries()) {
      expect(watch.least).toBeGreaterThanOrEqual(promised[index]?.ready ?? Infinity);
      const most = Math.max(...watch.seen.map(({ pods }) => pods));
      expect(most).toBeLessThanOrEqual(promised[index]?.pods ?? 0);
    }
  }

  const uids = (): string[] => watches.flatMap((watch) => watch.uids);
  /** Until each rollout waits for a pod that does not get ready. */
  const untilStuck = async (): Promise<void> => {
    for (const watch of watches) {
      await watch.until('A new pod', ({ ready, pods }) => pods > ready && ready >= 3);
    }
  };

  test('has as many pods ready as before, and one more pod at the most', async () => {
    const before = uids();
    await change('upgrade', ...given, ...set('image.tag=9.9.9'), ...WAIT);
    await expectPromisesKept();
    expect(uids().filter((uid) => before.includes(uid))).toEqual([]);
  });

  test('stops at a pod that never gets ready, and is rolled back by Helm', async () => {
    const before = uids();
    await change('upgrade', ...given, ...set('image.tag=9.9.9'), ...set(UNREADY));
    await untilStuck();
    await change('rollback', RELEASE, ...WAIT);
    await expectPromisesKept();
    expect(uids()).toEqual(before);
  });

  test('stops at a pod that never gets ready, and is undone by kubectl', async () => {
    const before = uids();
    await change('upgrade', ...given, ...set(UNREADY));
    await untilStuck();
    for (const { name, namespace } of SYSTEMS) {
      const of = [`deployment/${name}`, '--namespace', namespace];
      expect((await kubectl('rollout', 'status', ...of, '--timeout', '2s')).code).toBe(1);
      expect(uids()).toEqual(expect.arrayContaining(before));
      expect((await kubectl('rollout', 'undo', ...of)).code).toBe(0);
      expect((await kubectl('rollout', 'status', ...of, '--timeout', '180s')).code).toBe(0);
    }
    await expectPromisesKept();
    expect(uids()).toEqual(before);
  });

  test('that kubectl has undone is in the way of Helm 4, until it is told to force', async () => {
    const flags = ['--namespace', release.namespace, ...WAIT];
    const next = [...given, ...set('image.tag=7.7.7'), ...flags];
    const { code, stderr } = await run(newest().path, ['upgrade', ...next]);
    const isHelm4 = newest().name === 'helm4';
    expect(code).toBe(isHelm4 ? 1 : 0);
    if (isHelm4) expect(stderr).toContain('conflict with "kubectl"');
    if (isHelm4) await change('upgrade', ...next, '--force-conflicts');
    await expectPromisesKept();
  });

  test('without its promise is seen', async () => {
    const [{ name, namespace }] = SYSTEMS;
    const [watch] = watches;
    const strategy = { rollingUpdate: { maxUnavailable: '100%' } };
    // No new pod may be ready before the old ones are gone.
    const template = { metadata: { labels: { 'sim/state': 'unready' } } };
    const patch = JSON.stringify({ spec: { strategy, template } });
    await kubectl('patch', `deployment/${name}`, '--namespace', namespace, '--patch', patch);
    await watch?.until('None is ready', ({ ready }) => ready === 0);
    await expect(expectPromisesKept()).rejects.toThrow('toBeGreaterThanOrEqual');
  });
});

interface Promised {
  readonly ready: number;
  readonly pods: number;
}

/** Its least ready pods and its most pods; NaN, which nothing is, for a percentage. */
async function promiseOf({ name, namespace }: System): Promise<Promised> {
  const { spec } = await apps.readNamespacedDeployment({ name, namespace });
  const [replicas, bounds] = [Number(spec?.replicas), spec?.strategy?.rollingUpdate];
  const [fewer, more] = [Number(bounds?.maxUnavailable), Number(bounds?.maxSurge)];
  return { ready: replicas - fewer, pods: replicas + more };
}

async function allPods(): Promise<V1Pod[]> {
  const lists = namespaces.map((namespace) => core.listNamespacedPod({ namespace }));
  return (await Promise.all(lists)).flatMap(({ items }) => items);
}

/** Content by namespace and name. */
async function configurations(): Promise<Map<string, string>> {
  const lists = namespaces.map((namespace) => core.listNamespacedConfigMap({ namespace }));
  const all = (await Promise.all(lists)).flatMap(({ items }) => items);
  return new Map(all.map((one) => [nameOf(one), JSON.stringify(one.data)]));
}

const nameOf = ({ metadata }: Pick<V1Pod, 'metadata'>): string =>
  `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;

const mounts = ({ metadata, spec }: V1Pod): string[] =>
  (spec?.volumes ?? []).map((one) => `${metadata?.namespace ?? ''}/${one.configMap?.name ?? ''}`);
