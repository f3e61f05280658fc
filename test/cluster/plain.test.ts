import { join } from 'node:path';
import {
  deleteEnvironments,
  DIST,
  environments,
  kubectl,
  namespacesOf,
  objects,
  untilNone,
  version,
  written,
} from './kube';
import { readyPods, unsettled } from './settled';
import { record } from './table';

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
    const apply = () => kubectl('apply', ...flags, '--validate=strict', '-f', folder);

    test('makes every object without an error or a warning, and all pods get ready', async () => {
      const start = Date.now();
      const { code, stdout, stderr } = await apply();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().split('\n')).toHaveLength(all.length);
      const namespaces = namespacesOf(all);
      expect(await untilNone(() => unsettled(namespaces), 120)).toEqual([]);
      const podsReady = await readyPods(namespaces);
      expect(podsReady).toBeGreaterThan(0);
      const seconds = (Date.now() - start) / 1000;
      record({ kubernetes: version, environment, tool, objects: all.length, podsReady, seconds });
    });

    test('changes nothing the second time', async () => {
      const before = await generations();
      const { code, stderr } = await apply();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(await generations()).toEqual(before);
      if (!flags.includes('--server-side')) return;
      const diff = await kubectl('diff', ...flags, '-f', folder);
      expect(diff).toEqual({ code: 0, stdout: '', stderr: '' });
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
