/* Autoscaling is switched on and off under six pods, with each tool, by docs/operations.md. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { apps, autoscaling, deleteNamespaces, kubectl, untilNone, type Ended } from './kube';
import { follow, procedure } from './page';
import { clear, TOOLS, type Place, type Tool } from './tools';
import { ReadyPods } from './watch';

const page = readFileSync(resolve(__dirname, '../../docs/operations.md'), 'utf8');
const [handOver = ''] = procedure('On, server-side');
const [setAside = '', putAway = ''] = procedure('On, client-side');
const [takeOver = ''] = procedure('Off');

const REPLICAS = 6;
const on = (least: number): string[] =>
  ['enabled=true', `minReplicas=${String(least)}`].map((one) => `nodeService.autoscaling.${one}`);
const off = (replicas: number): string[] => [
  'nodeService.autoscaling.enabled=false',
  `nodeService.replicas=${String(replicas)}`,
];
const SELECTOR = 'app.kubernetes.io/name=node-service';

const places: Place[] = [];
afterAll(() => deleteNamespaces(places.map(({ namespace }) => namespace)));

interface Started {
  readonly place: Place;
  readonly pods: ReadyPods;
  readonly names: Readonly<Record<string, string>>;
}

/** The Node service with all of its pods, and without an autoscaler. */
async function start(tool: Tool, name: string): Promise<Started> {
  const place = { tier: 'app', namespace: `${name}-${String(TOOLS.indexOf(tool))}` };
  places.push(place);
  await clear(place);
  await succeeds(tool.bring(place, off(REPLICAS)));
  const pods = await ReadyPods.watch(place.namespace, SELECTOR);
  await untilExactly(pods, REPLICAS);
  pods.restart();
  return { place, pods, names: { 'platform-app': place.namespace } };
}

const untilExactly = (watch: ReadyPods, count: number): Promise<void> =>
  watch.until(`${String(count)} pods`, ({ ready, pods }) => ready === count && pods === count);

async function succeeds(ended: Promise<Ended>): Promise<void> {
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
}

async function replicasOf({ namespace }: Place): Promise<number | undefined> {
  const { spec } = await apps.readNamespacedDeployment({ name: 'node-service', namespace });
  return spec?.replicas;
}

async function autoscalers({ namespace }: Place): Promise<number> {
  return (await autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace })).items.length;
}

/** On with 8 and off again with 6, without preparation: a row of the page. */
async function switched(tool: Tool, name: string): Promise<string[]> {
  const { place, pods } = await start(tool, name);
  await succeeds(tool.bring(place, on(8)));
  await untilExactly(pods, 8);
  const least = pods.least;
  pods.restart();

  await succeeds(tool.bring(place, off(REPLICAS)));
  const stays = (await autoscalers(place)) > 0;
  const unsteady = async (): Promise<string[]> => {
    const { ready, pods: all } = pods.now;
    const wanted = await replicasOf(place);
    // As long as there is an autoscaler, its number comes back.
    if (ready === wanted && all === wanted && (!stays || wanted === 8)) return [];
    return [`${String(ready)} of ${String(all)} pods are ready, ${String(wanted)} are wanted`];
  };
  expect(await untilNone(unsteady)).toEqual([]);
  await pods.stop();
  const after = stays ? `${String(pods.least)}, then 8` : String(pods.now.ready);
  return [tool.name, String(least), after, stays ? 'stays' : 'goes'];
}

describe('without preparation', () => {
  test.concurrent.each(TOOLS)('$name does what the page says', async (tool) => {
    const said = rows().find(([name]) => name === tool.name);
    let seen: string[] = [];
    // Sometimes the autoscaler looks between two steps of a tool; the page has what is seen most.
    for (let tries = 1; tries <= 3 && !isDeepStrictEqual(seen, said); tries += 1) {
      seen = await switched(tool, `plain-${String(tries)}`);
    }
    expect(seen).toEqual(said);
  });
});

test.concurrent.each(TOOLS.filter(({ name }) => name.startsWith('Helm')))(
  '$name takes back a number that was left by somebody else',
  async (tool) => {
    const { place, pods } = await start(tool, 'left');
    const scale = ['deployment/node-service', '--replicas=8', '--namespace', place.namespace];
    expect(await kubectl('scale', ...scale)).toMatchObject({ code: 0, stderr: '' });
    await untilExactly(pods, 8);
    const flags = tool.isServerSide ? ['--force-conflicts'] : [];
    await succeeds(tool.bring(place, off(REPLICAS), flags));
    await untilExactly(pods, REPLICAS);
    await pods.stop();
  },
);

describe('by the procedures', () => {
  test.concurrent.each(TOOLS)('$name never has fewer pods than the minimum', async (tool) => {
    const { place, pods, names } = await start(tool, 'prepared');
    await follow(tool.isServerSide ? handOver : setAside, names);
    await succeeds(tool.bring(place, on(REPLICAS)));
    if (!tool.isServerSide) await follow(putAway, names);
    await untilExactly(pods, REPLICAS);
    expect(pods.least).toBe(REPLICAS);

    // The autoscaler sets the number from now on.
    const patch = ['hpa/node-service', '--patch', '{"spec": {"minReplicas": 8}}'];
    await succeeds(kubectl('patch', ...patch, '--namespace', place.namespace));
    await untilExactly(pods, 8);
    pods.restart();
    const replicas = Number((await follow(takeOver, names)).trimEnd().split('\n').at(-1));
    expect(replicas).toBe(8);
    await succeeds(tool.bring(place, off(replicas)));
    expect(await autoscalers(place)).toBe(0);
    expect(pods.least).toBe(8);

    // Once handed over, the number belongs to the autoscaler also after its end.
    const next = await tool.bring(place, off(9));
    expect(next.code === 0).toBe(!tool.isServerSide);
    if (tool.isServerSide) expect(next.stderr).toContain('conflict with "kube-controller-manager"');
    if (tool.isServerSide) await succeeds(tool.bring(place, off(9), ['--force-conflicts']));
    await untilExactly(pods, 9);
    await pods.stop();
    expect(pods.least).toBe(8);
  });
});

/** Of all tables of the page. */
function rows(): string[][] {
  const lines = page.split('\n').filter((line) => line.startsWith('|'));
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
