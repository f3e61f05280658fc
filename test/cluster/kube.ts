import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  AppsV1Api,
  AuthorizationV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  KubeConfig,
  KubernetesObjectApi,
  PolicyV1Api,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { kubectl as findKubectl } from '../../synth/proof/programs';
import { sleep } from './processes';

/* The cluster of the run, and what tests ask of it. */

function given(name: string): string {
  const value = process.env[name] ?? '';
  if (value !== '') return value;
  throw new Error(`${name} is not set: start these tests with "npm run test:cluster".`);
}

export const kubeconfig = given('TWINCHART_CLUSTER_KUBECONFIG');
/** Such as 1.28.15. */
export const version = given('TWINCHART_CLUSTER_VERSION');

export const config = new KubeConfig();
config.loadFromFile(kubeconfig);
export const core = config.makeApiClient(CoreV1Api);
export const apps = config.makeApiClient(AppsV1Api);
export const authorization = config.makeApiClient(AuthorizationV1Api);
export const autoscaling = config.makeApiClient(AutoscalingV2Api);
export const batch = config.makeApiClient(BatchV1Api);
export const discovery = config.makeApiClient(DiscoveryV1Api);
export const policy = config.makeApiClient(PolicyV1Api);
export const objects = KubernetesObjectApi.makeApiClient(config);

/** What was written, by folder of dist/. */
export const DIST = resolve(__dirname, '../../dist');
export const environments = readdirSync(DIST, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export interface Written extends KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export function written(environment: string): readonly Written[] {
  const all = known.get(environment) ?? writtenIn(join(DIST, environment));
  known.set(environment, all);
  return all;
}

const known = new Map<string, readonly Written[]>();

export function writtenIn(folder: string): Written[] {
  return readdirSync(folder).flatMap((name) => parsed(readFileSync(join(folder, name), 'utf8')));
}

/** The objects in a text of several documents. */
export function parsed(yaml: string): Written[] {
  return parseAllDocuments(yaml)
    .map((document) => document.toJS() as Written | null)
    .filter((object) => object !== null);
}

export function namespacesOf(all: readonly Written[]): string[] {
  const names = all.map(({ kind, metadata }) =>
    kind === 'Namespace' ? metadata.name : metadata.namespace,
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** Warnings of the API server too. */
  readonly stderr: string;
}

/** Empty when the API server takes all files of a folder without an error or a warning; else its words. */
export async function refused(folder: string, ...flags: readonly string[]): Promise<string[]> {
  const { code, stderr } = await kubectl('apply', ...flags, '--validate=strict', '-f', folder);
  const lines = stderr.split('\n').filter((line) => line !== '');
  return code === 0 || lines.length > 0 ? lines : [`kubectl ended with ${String(code)}`];
}

/** Empty when the cluster has what the files of a folder say; else what kubectl says differs. */
export async function differing(folder: string): Promise<string[]> {
  const { code, stdout, stderr } = await kubectl('diff', '--server-side', '-f', folder);
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  return code === 0 || lines.length > 0 ? lines : [`kubectl ended with ${String(code)}`];
}

export function kubectl(...args: string[]): Promise<Ended> {
  return run(findKubectl().path, ['--kubeconfig', kubeconfig, ...args]);
}

/** What kubectl says to objects that are in no file. */
export function applied(all: readonly object[]): Promise<Ended> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: all });
  return run(findKubectl().path, ['apply', '--server-side', '--filename', '-'], list);
}

/** A client of the cluster, stopped after five minutes. */
export async function run(path: string, args: readonly string[], input = ''): Promise<Ended> {
  // They end before it pays to collect what they no longer need.
  const env = { ...process.env, KUBECONFIG: kubeconfig, GOGC: '400' };
  const child = spawn(path, args, { env, timeout: 300_000 });
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code: code ?? -1, stdout, stderr };
}

/** In seconds: a busy machine takes its time, and only a failure takes all of this. */
export const PATIENCE = 200;

/** Waits until nothing is left to say, and returns what is, at the end of patience. */
export async function untilNone(find: () => Promise<string[]>): Promise<string[]> {
  const end = Date.now() + PATIENCE * 1000;
  for (;;) {
    const left = await find();
    if (left.length === 0 || Date.now() > end) return left;
    await sleep(500);
  }
}

/** Takes away what kubectl applied of environments, what lies in no namespace included. */
export async function deleteEnvironments(...names: readonly string[]): Promise<void> {
  await deleteFolders(names.map((name) => join(DIST, name)));
}

export async function deleteFolders(folders: readonly string[]): Promise<void> {
  const all = folders.flatMap(writtenIn);
  // Namespaces take what is in them along.
  const items = all.filter(
    ({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace === undefined,
  );
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const args = ['delete', '--ignore-not-found', '--wait=false', '--filename', '-'];
  const ended = items.length === 0 ? undefined : await run(findKubectl().path, args, list);
  expect(ended ?? { code: 0, stderr: '' }).toMatchObject({ code: 0, stderr: '' });
  await deleteNamespaces(namespacesOf(all));
}

/** Namespaces keep claims and Secrets, and so they outlive releases: tests end by deleting them. */
export async function deleteNamespaces(names: readonly string[]): Promise<void> {
  const { items } = await core.listNamespace();
  const there = items.map(({ metadata }) => metadata?.name ?? '');
  const doomed = names.filter((name) => there.includes(name));
  await Promise.all(doomed.map(async (name) => core.deleteNamespace({ name })));
  // What ends slowly goes first: the controller looks every five seconds whether anything is left.
  await Promise.all(
    doomed.map(async (namespace) => {
      await core.deleteCollectionNamespacedPod({ namespace, gracePeriodSeconds: 1 });
      await core.deleteCollectionNamespacedPersistentVolumeClaim({ namespace });
    }),
  );
  const left = await untilNone(async () => {
    const all = (await core.listNamespace()).items.map(({ metadata }) => metadata?.name ?? '');
    return doomed.filter((name) => all.includes(name));
  });
  expect(left).toEqual([]);
}
