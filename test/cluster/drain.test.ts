import { at, mapAt, textAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import { core, deleteEnvironments, namespacesOf, untilNone, type Written } from './kube';
import { make, prod, succeeds } from './make';
import { nodes } from './nodes';
import { procedure } from './page';
import { unsettled } from './settled';
import { ReadyPods } from './watch';

/* Each node of prod is drained as docs/operations.md says, one right after the other. */

const [drain = '', uncordon = ''] = procedure('Drain a node');
const on = (command: string, node: string): string[] =>
  command.replace('NODE', node).trim().split(/ +/).slice(1);

/** New pods are not ready at once: the next drain finds a service that lacks one. */
const podAnnotations = { 'sim/ready-delay': '2s' };
const all = prod(['data', 'gpu', 'app', 'network', 'cluster'], {
  app: { nodeService: { podAnnotations } },
  network: { gateway: { podAnnotations }, backend: { podAnnotations } },
});
const namespaces = namespacesOf(all as unknown as Written[]);
const named = (kind: string): JsonMap[] => all.filter((one) => one['kind'] === kind);
/** From zone to zone: the pods of a service are in different ones. */
const inTurn = [...nodes].sort((a, b) => (a.name.slice(-1) < b.name.slice(-1) ? -1 : 1));

interface Watched {
  readonly name: string;
  readonly pods: ReadyPods;
}

async function watched(object: JsonMap): Promise<Watched> {
  const labels = mapAt(object, 'spec', 'selector', 'matchLabels');
  const selector = Object.keys(labels).map((key) => `${key}=${textAt(labels, key)}`);
  const pods = await ReadyPods.watch(textAt(object, 'metadata', 'namespace'), selector.join());
  return { name: textAt(object, 'metadata', 'name'), pods };
}

let budgets: readonly (Watched & { readonly spare: number })[] = [];
let agents: readonly Watched[] = [];
let stores: readonly Watched[] = [];

beforeAll(async () => {
  await make(all);
  expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
  budgets = await Promise.all(
    named('PodDisruptionBudget').map(async (one) => ({
      ...(await watched(one)),
      spare: Number(at(one, 'spec', 'maxUnavailable')),
    })),
  );
  agents = await Promise.all(named('DaemonSet').map(watched));
  stores = await Promise.all(named('StatefulSet').map(watched));
});

afterAll(async () => {
  await succeeds('uncordon', ...nodes.map(({ name }) => name));
  await deleteEnvironments('prod');
});

/** What a drain leaves there, but for agents of nodes. */
async function leftOn(node: string): Promise<string[]> {
  const { items } = await core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${node}` });
  return items.flatMap(({ metadata }) => {
    const isAgent = metadata?.ownerReferences?.some(({ kind }) => kind === 'DaemonSet') === true;
    return isAgent ? [] : [metadata?.name ?? ''];
  });
}

const uids = (some: readonly Watched[]): string[] => some.flatMap(({ pods }) => pods.uids);

test('each node is drained, and no service ever has fewer pods than its budget says', async () => {
  const before = { agents: uids(agents), stores: uids(stores) };
  const full = budgets.map(({ pods }) => pods.now.ready);
  for (const { name } of inTurn) {
    await succeeds(...on(drain, name));
    expect(await leftOn(name)).toEqual([]);
    await succeeds(...on(uncordon, name));
  }
  expect(await untilNone(() => unsettled(namespaces))).toEqual([]);
  await Promise.all([...budgets, ...agents, ...stores].map(({ pods }) => pods.stop()));

  const least = (some: readonly Watched[]) => some.map(({ name, pods }) => [name, pods.least]);
  expect(budgets.map(({ name }) => name).sort()).toEqual([
    'gateway',
    'nginx-backend',
    'node-service',
  ]);
  expect(full).toEqual([3, 3, 3]);
  // One was away at times, since each node was drained; two never were.
  expect(least(budgets)).toEqual(budgets.map(({ name, spare }) => [name, 3 - spare]));
  // A pod alone has no budget, and does not keep its node.
  expect(stores.map(({ pods }) => pods.most)).toEqual(stores.map(() => 1));
  expect(uids(stores)).not.toEqual(before.stores);
  expect(uids(agents)).toEqual(before.agents);
});
