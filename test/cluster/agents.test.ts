import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prod } from '../../platform/environments/prod';
import { helm4 } from '../../synth/proof/programs';
import { CHART } from './releases';
import {
  core,
  deleteFolders,
  DIST,
  namespacesOf,
  parsed,
  refused,
  run,
  untilNone,
  writtenIn,
  written,
} from './kube';
import { unsettled } from './settled';

/*
 * Environments side by side: the agents of the nodes are in one of them. That two GPU device plugins are
 * in each other's way, only a real kubelet can show.
 */

const root = mkdtempSync(join(tmpdir(), 'twinchart-agents-'));
const [ofProd, ofDev, ofStaging] = ['prod', 'dev', 'staging'].map((name) => {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}) as [string, string, string];
const left = (folder: string): Promise<string[]> => unsettled(namespacesOf(writtenIn(folder)));

beforeAll(async () => {
  for (const [name, folder] of Object.entries({ prod: ofProd, dev: ofDev })) {
    cpSync(join(DIST, name, '05-cluster.k8s.yaml'), join(folder, 'objects.yaml'));
    expect(await refused(folder, '--server-side')).toEqual([]);
  }
});

afterAll(async () => {
  await deleteFolders([ofProd, ofDev, ofStaging]);
  rmSync(root, { recursive: true });
});

test('staging has none, so that those of prod are alone on each node', async () => {
  const kinds = written('staging').map(({ kind }) => kind);
  expect(kinds).not.toContain('DaemonSet');
  expect(await untilNone(async () => [...(await left(ofProd)), ...(await left(ofDev))])).toEqual(
    [],
  );
  const nodes = (await core.listNode()).items.map(({ metadata }) => metadata?.name ?? '');
  for (const agent of ['node-exporter', 'cadvisor']) {
    expect((await nodesWith(agent)).sort()).toEqual(nodes.sort());
  }
});

test('a second environment with them is told: their port is taken on each node', async () => {
  const objects = await stagingWithAgents();
  writeFileSync(join(ofStaging, 'objects.yaml'), objects);
  expect(await refused(ofStaging, '--server-side')).toEqual([]);
  const nodes = (await core.listNode()).items.length;
  let told: string[] = [];
  await untilNone(async () => {
    told = (await left(ofStaging)).filter((line) => /^Pod .*free ports/.test(line));
    return told.length < nodes ? ['not yet'] : [];
  });
  const pod = /^Pod platform-staging-cluster\/node-exporter-\w+: .* free ports for the requested/;
  expect(told).toEqual(Array.from({ length: nodes }, () => expect.stringMatching(pod) as string));
  expect(await left(ofProd)).toEqual([]);
});

/** The node of each of its pods, in all environments. */
async function nodesWith(agent: string): Promise<string[]> {
  const labelSelector = `app.kubernetes.io/name=${agent}`;
  const { items } = await core.listPodForAllNamespaces({ labelSelector });
  return items.map(({ spec }) => spec?.nodeName ?? '');
}

async function stagingWithAgents(): Promise<string> {
  const path = join(root, 'values.json');
  writeFileSync(path, JSON.stringify({ cluster: { ...prod.values.cluster, enabled: true } }));
  const values = ['-f', join(CHART, 'values-staging.yaml'), '-f', path];
  const args = ['template', 'platform', CHART, '--namespace', 'platform-staging-release'];
  const { code, stdout, stderr } = await run(helm4().path, [...args, ...values]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const namespace = 'platform-staging-cluster';
  return parsed(stdout)
    .filter(({ metadata }) => `${metadata.namespace ?? ''} ${metadata.name}`.includes(namespace))
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
}
