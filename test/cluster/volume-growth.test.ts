/*
 * Volumes grow under running pods, by docs/operations.md. KWOK has no driver that resizes: what is seen
 * here is that the API server takes the new sizes, and that no pod goes meanwhile.
 */
import { apps, core, deleteNamespaces, untilNone } from './kube';
import { follow, procedure } from './page';
import { newest } from './releases';
import { clear, TOOLS } from './tools';
import { ReadyPods } from './watch';

const isOldest = newest().name === 'helm3';
const [commands = ''] = procedure('Grow a volume');
const CLAIM = 'data-mongodb-0';
const OWN_CLAIM = 'mongodb-backup';
const GROWN = ['mongodb.storage=200Gi', 'mongodb.backup.storage=400Gi'];

/** One of each kind; both Helms have their turn by the version of Kubernetes. */
const tools = TOOLS.filter(
  ({ name }) => name === 'kubectl, server-side' || name === (isOldest ? 'Helm 3' : 'Helm 4'),
);
const places = tools.map((_, index) => ({ tier: 'data', namespace: `growth-${String(index)}` }));
afterAll(() => deleteNamespaces(places.map(({ namespace }) => namespace)));

test.concurrent.each(tools.map((tool, index) => ({ ...tool, place: places[index] })))(
  'the volume of a store grows under its pod with $name',
  async ({ bring, place }) => {
    if (place === undefined) return;
    const { namespace } = place;
    await clear(place);
    expect(await bring(place, [])).toMatchObject({ code: 0, stderr: '' });
    const pods = await ReadyPods.watch(namespace, 'app.kubernetes.io/name=mongodb');
    await pods.until('The store', ({ ready }) => ready === 1);
    pods.restart();
    const before = pods.uids;

    const refused = await bring(place, GROWN);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/Forbidden: updates to statefulset spec|field is immutable/);
    await follow(commands, { 'platform-data': namespace });
    expect(await bring(place, GROWN)).toMatchObject({ code: 0, stderr: '' });
    await untilAdopted(namespace);

    await pods.stop();
    expect(pods.least).toBe(1);
    expect(pods.uids).toEqual(before);
    expect(await sizeOf(namespace, CLAIM)).toBe('200Gi');
    expect(await sizeOf(namespace, OWN_CLAIM)).toBe('400Gi');
  },
);

async function sizeOf(namespace: string, name: string): Promise<string | undefined> {
  const { spec } = await core.readNamespacedPersistentVolumeClaim({ namespace, name });
  return spec?.resources?.requests?.['storage'];
}

/** Until the new StatefulSet has the pod as its own, and as of its newest revision. */
async function untilAdopted(namespace: string): Promise<void> {
  const left = await untilNone(async () => {
    const { spec, status } = await apps.readNamespacedStatefulSet({ namespace, name: 'mongodb' });
    const claim = spec?.volumeClaimTemplates?.[0]?.spec?.resources?.requests?.['storage'];
    const isCurrent = status?.currentRevision === status?.updateRevision;
    const isAdopted = status?.readyReplicas === 1 && isCurrent && claim === '200Gi';
    return isAdopted ? [] : [JSON.stringify({ claim, status })];
  });
  expect(left).toEqual([]);
}
