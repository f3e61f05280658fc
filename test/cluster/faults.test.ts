import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { copy } from './copies';
import { FAULTS, type Check, type Fault } from './faults';
import {
  deleteFolders,
  deleteNamespaces,
  differing,
  namespacesOf,
  refused,
  untilNone,
  writtenIn,
  type Written,
} from './kube';
import { missingRights } from './rights';
import { unsettled } from './settled';

/* What the suite asks of every environment catches what is broken, and nothing where nothing is. */

const CHECKS: Readonly<Record<Check, (folder: string) => Promise<string[]>>> = {
  'strict apply': (folder) => refused(folder, '--server-side'),
  'strict apply over it': (folder) => refused(folder, '--server-side', '--dry-run=server'),
  diff: differing,
  settled: (folder) => unsettled(namespacesOf(writtenIn(folder))),
  rights: (folder) => missingRights(writtenIn(folder)),
};

const root = join(tmpdir(), `twinchart-faults-${String(process.pid)}`);
const isOver = ({ caughtBy }: Fault): boolean => /over it|diff/.test(caughtBy);

const ENVIRONMENTS = ['dev', 'staging'] as const;
const sound = ENVIRONMENTS.map((environment) => join(root, `sound-${environment}`));
const spoilt = FAULTS.map((_, index) => join(root, String(index + 1)));
const added = spoilt.filter((_, index) => !isOver(FAULTS[index] as Fault));
const applied = new Map<string, string[]>();

beforeAll(async () => {
  for (const environment of ENVIRONMENTS) {
    const all = FAULTS.filter((fault) => fault.environment === environment);
    const tiers = [...new Set(all.flatMap((fault) => fault.tiers))].sort();
    const prefix = `sound-${environment}`;
    copy(join(root, prefix), environment, { tiers, prefix });
  }
  for (const [index, fault] of FAULTS.entries()) {
    const { environment, tiers } = fault;
    const prefix = isOver(fault) ? `sound-${environment}` : `fault-${String(index + 1)}`;
    const change = (objects: Written[]): void => {
      plant(fault, objects);
    };
    copy(spoilt[index] ?? '', environment, { tiers, prefix, change });
  }
  const apply = CHECKS['strict apply'];
  for (const folder of sound) applied.set(folder, await apply(folder));
  await Promise.all(added.map(async (folder) => applied.set(folder, await apply(folder))));
});

afterAll(async () => {
  // What has objects in no namespace, and can be read by kubectl.
  const whole = [...sound, ...spoilt.filter((_, index) => FAULTS[index]?.caughtBy === 'rights')];
  const rest = added.filter((folder) => !whole.includes(folder)).map(writtenIn);
  await Promise.all([deleteFolders(whole), deleteNamespaces(rest.flatMap(namespacesOf))]);
  rmSync(root, { recursive: true });
});

describe.each(sound.map((folder) => [basename(folder), folder] as const))('%s', (_, folder) => {
  test.each(Object.entries(CHECKS))('passes without a fault: %s', async (__, check) => {
    expect(applied.get(folder)).toEqual([]);
    expect(await untilNone(() => check(folder))).toEqual([]);
  });
});

test.each(FAULTS.map((fault, index) => [fault.name, fault.caughtBy, fault, index] as const))(
  '%s is caught by: %s',
  async (_, caughtBy, { told }, index) => {
    const folder = spoilt[index] ?? '';
    const atOnce = applied.get(folder) ?? [];
    let lines: string[] = atOnce;
    if (caughtBy !== 'strict apply') {
      // The API server takes it.
      expect(atOnce).toEqual([]);
      await untilNone(async () => {
        lines = await CHECKS[caughtBy](folder);
        return lines.some((line) => told.test(line)) ? [] : lines;
      });
    }
    expect(lines).toContainEqual(expect.stringMatching(told));
  },
);

function plant({ kind, object, change }: Fault, objects: readonly Written[]): void {
  const [path, value] = change;
  const found = objects.find((one) => one.kind === kind && one.metadata.name.endsWith(object));
  let place = found as unknown as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) place = place[step] as typeof place;
  place[path.at(-1) ?? ''] = value;
}
