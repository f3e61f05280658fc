import { join } from 'node:path';
import {
  deleteEnvironments,
  differing,
  DIST,
  environments,
  kubectl,
  namespacesOf,
  objects,
  refused,
  untilNone,
  version,
  written,
} from './kube';
import { missingRights } from './rights';
import { readyPods, unsettled } from './settled';
import { record, recordTraffic } from './table';
import { differencesAmong, trafficAmong, type Applied } from './traffic';

const TOOLS: Record<string, string[]> = {
  'kubectl apply --server-side': ['--server-side'],
  'kubectl apply': [],
};

describe.each(Object.entries(TOOLS))('%s', (tool, flags) => {
  describe.each(environments)('of dist/%s', (environment) => {
    const folder = join(DIST, environment);
    const all = written(environment);
    // One at a time: nodes have room for the agents of one environment alone, at their ports.
    afterAll(() => deleteEnvironments(environment));
    // Both ways to apply make the same policies.
    const testOnce = (name: string, body: () => Promise<void>): void => {
      if (flags.includes('--server-side')) test(name, body);
    };

    test('makes every object without an error or a warning, and all pods get ready', async () => {
      const start = Date.now();
      expect(await refused(folder, ...flags)).toEqual([]);
      const namespaces = namespacesOf(all);
      expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
      const podsReady = await readyPods(namespaces);
      expect(podsReady).toBeGreaterThan(0);
      const seconds = (Date.now() - start) / 1000;
      record({ kubernetes: version, environment, tool, objects: all.length, podsReady, seconds });
    });

    test('changes nothing the second time', async () => {
      const before = await generations();
      expect(await refused(folder, ...flags)).toEqual([]);
      expect(await generations()).toEqual(before);
      if (!flags.includes('--server-side')) return;
      expect(await differing(folder)).toEqual([]);
      expect(await missingRights(all)).toEqual([]);
    });

    testOnce('lets through what was declared, and nothing else', async () => {
      const { stdout } = await kubectl('get', '-f', folder, '--output', 'json');
      const { items } = JSON.parse(stdout) as { items: Applied[] };
      expect(items).toHaveLength(all.length);
      const traffic = trafficAmong(items);
      expect(differencesAmong(items, traffic)).toEqual({ more: [], less: [] });
      // It listens in the network of its node, where no policy holds.
      expect(traffic.unpoliced).toEqual(environment === 'prod' ? ['node-exporter'] : []);
      recordTraffic({ kubernetes: version, environment, ...traffic });
    });

    async function generations(): Promise<Record<string, number | undefined>> {
      const entries = all.map(async ({ apiVersion, kind, metadata }) => {
        const { name, namespace = '' } = metadata;
        const found = await objects.read({ apiVersion, kind, metadata: { name, namespace } });
        return [`${kind} ${namespace}/${name}`, found.metadata?.generation] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    }
  });
});
