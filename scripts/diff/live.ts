import { spawnSync } from 'node:child_process';
import { identityOf } from '../../synth/dist';
import { merge, type JsonMap } from '../../synth/merge';
import { listAt, mapAt, textAt } from '../../synth/checks/json';
import { kubectl } from '../../synth/proof/programs';
import { compareObjects, type Compared, type Manifest } from './compare';
import { groupBy } from './group';
import { leftovers } from './leftovers';

/*
 * What applying objects would change in the cluster of the current kubeconfig. The API server says it in
 * a dry run, so that its defaults, and fields that controllers set, are no differences.
 */

/** One sentence of the API server for each object that it refuses. */
type Refused = ReadonlyMap<string, string>;

/**
 * Compares what is written with what is there.
 * @param chartOnly objects that Helm installs beside them.
 * @throws Error where kubectl cannot ask the cluster.
 */
export function compareLive(
  written: readonly JsonMap[],
  chartOnly: readonly JsonMap[],
): Compared[] {
  const live = itemsOf(succeed(['get', '--ignore-not-found', ...JSON_OUT], written));
  const there = new Map(live.map((object) => [identityOf(object), object]));
  const planned = written.map((object) => asManaged(object, there.get(identityOf(object))));
  const asked = planned.filter((object) => there.has(identityOf(object)));
  const groups = groupBy(asked, (object) => JSON.stringify(wayOf(there.get(identityOf(object)))));
  const dryRuns = [...groups].map(([way, objects]) => dryRun(JSON.parse(way) as string[], objects));
  const refused = new Map(dryRuns.flatMap((one) => [...one.refused]));
  const after = [
    ...dryRuns.flatMap((one) => one.objects),
    ...planned.filter((object) => !there.has(identityOf(object))),
  ];
  const order = new Map(written.map((object, index) => [identityOf(object), index]));
  const before = live.filter((object) => !refused.has(identityOf(object)));
  const compared = compareObjects(
    [...before, ...leftovers(written, chartOnly, (args) => itemsOf(succeed(args)))].map(bare),
    after.map(bare),
  );
  return [...compared, ...[...refused].map(asCompared)].sort(
    (one, other) => (order.get(one.identity) ?? Infinity) - (order.get(other.identity) ?? Infinity),
  );
}

/** The name of the current context, for people. */
export const contextName = (): string => succeed(['config', 'current-context']).trim();

const JSON_OUT = ['--output', 'json'];

const asCompared = ([identity, why]: readonly [string, string]): Compared => ({
  identity,
  fate: 'changes',
  changes: [],
  refusals: [why],
});

/** A release of Helm has one label of its own, wherever an object is the same otherwise. */
function asManaged(object: JsonMap, live: JsonMap = {}): JsonMap {
  const label = 'app.kubernetes.io/managed-by';
  if (textAt(live, 'metadata', 'labels', label) !== 'Helm') return object;
  return merge(object, { metadata: { labels: { [label]: 'Helm' } } }) as JsonMap;
}

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The flags that apply an object as it was applied last, so that fields it had from there and has no
 * more are taken away.
 */
function wayOf(live: JsonMap = {}): string[] {
  const appliers = listAt(live, 'metadata', 'managedFields')
    .filter((one) => textAt(one, 'operation') === 'Apply' && textAt(one, 'subresource') === '')
    .sort((one, other) => textAt(other, 'time').localeCompare(textAt(one, 'time')));
  if (appliers.length === 0 && textAt(live, 'metadata', 'annotations', APPLIED) !== '') return [];
  const manager = textAt(appliers[0], 'manager') || 'kubectl';
  return ['--server-side', '--force-conflicts', `--field-manager=${manager}`];
}

interface DryRun {
  readonly objects: readonly JsonMap[];
  readonly refused: Refused;
}

/** kubectl prints nothing where one object is refused, so those are asked about one by one. */
function dryRun(way: readonly string[], objects: readonly JsonMap[]): DryRun {
  const args = ['apply', '--dry-run=server', ...way, ...JSON_OUT];
  const { status, stdout, stderr } = ask(args, objects);
  if (status === 0) return { objects: itemsOf(stdout), refused: new Map() };
  const [only, ...more] = objects;
  if (only !== undefined && more.length === 0) {
    const why = /(?:is invalid|forbidden|denied the request): (.*)/i.exec(stderr)?.[1];
    if (why === undefined) throw unasked(args, stderr);
    const isSecret = textAt(only, 'kind') === 'Secret';
    const sentence = isSecret ? 'The API server refuses it.' : `The API server refuses it: ${why}`;
    return { objects: [], refused: new Map([[identityOf(only), sentence]]) };
  }
  const middle = Math.ceil(objects.length / 2);
  const halves = [objects.slice(0, middle), objects.slice(middle)].map((half) => dryRun(way, half));
  return {
    objects: halves.flatMap((half) => half.objects),
    refused: new Map(halves.flatMap((half) => [...half.refused])),
  };
}

/** What the cluster notes about an object. */
const NOTED = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp'];

const without = (map: JsonMap, ...keys: readonly string[]): JsonMap =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));

function bare(object: JsonMap): Manifest {
  const metadata = without(mapAt(object, 'metadata'), ...NOTED, 'annotations');
  const annotations = without(mapAt(object, 'metadata', 'annotations'), APPLIED);
  const hasOwn = Object.keys(annotations).length > 0;
  return {
    ...without(object, 'status'),
    metadata: { ...metadata, ...(hasOwn && { annotations }) },
  };
}

/** One object, or a list of them; none where nothing was printed. */
function itemsOf(json: string): JsonMap[] {
  if (json.trim() === '') return [];
  const data = JSON.parse(json) as JsonMap;
  return data['kind'] === 'List' ? (data['items'] as JsonMap[]) : [data];
}

function succeed(args: readonly string[], objects?: readonly JsonMap[]): string {
  const { status, stdout, stderr } = ask(args, objects);
  if (status === 0) return stdout;
  throw unasked(args, stderr);
}

function ask(args: readonly string[], objects?: readonly JsonMap[]) {
  const input = (objects ?? []).map((object) => JSON.stringify(object)).join('\n---\n');
  const given = objects === undefined ? args : [...args, '--filename', '-'];
  const options = { input, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  return spawnSync(kubectl().path, given, options);
}

/** Its own words, of the last line: those before are attempts. */
function unasked([command = '']: readonly string[], stderr: string): Error {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return new Error(
    `kubectl ${command} fails: ${line.replace(/^error: |\.$/g, '')}; see that kubectl reaches the cluster (kubectl config current-context).`,
  );
}
