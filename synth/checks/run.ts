import type { PlatformOptions } from '../platform';
import { type Problems, show } from '../problems';
import { checks, type CheckId } from '.';
import type { Check, Finding } from './check';
import { Waivers } from './waivers';
import { World } from './world';

/** A finding, and the environments that have it. */
interface Found extends Finding {
  readonly id: string;
  readonly environments: string[];
}

/** Runs the checks over every environment; what no waiver accepts becomes a problem. */
export function runChecks(
  worlds: readonly World[],
  options: Pick<PlatformOptions, 'checks' | 'waivers'>,
  problems: Problems,
): void {
  const names = worlds.map(({ environment }) => environment.name);
  const waivers = new Waivers(options.waivers ?? [], names, problems);
  const found = new Map<string, Found>();
  const [first, ...others] = worlds;
  const everything = first && World.together([first, ...others]);
  for (const check of selected(options.checks, problems)) {
    // Most find nothing, and most objects are the same in several environments.
    if (check.alone === true && everything !== undefined && findsNothing(check, everything))
      continue;
    for (const world of worlds) collect(check, world, waivers, found);
  }
  for (const { id, object, message, environments } of found.values()) {
    problems.add(
      `${object.where} in ${shownNames(environments)}`,
      `${object.kind}/${object.name}: ${message} (${id}).`,
    );
  }
  waivers.verify(checks.map(({ id }) => id));
}

const findsNothing = ({ find }: Check, world: World) =>
  find(world)[Symbol.iterator]().next().done === true;

/** More of them say nothing to a reader. */
const MOST = 10;

const shownNames = (names: readonly string[]) =>
  names.length <= MOST
    ? names.join(', ')
    : `${names.slice(0, MOST - 1).join(', ')} and ${String(names.length - MOST + 1)} others`;

function collect(check: Check, world: World, waivers: Waivers, found: Map<string, Found>): void {
  const { id } = check;
  const { name } = world.environment;
  for (const { object, message } of check.find(world)) {
    if (waivers.waives(id, object, name)) continue;
    const key = [id, object.where, object.kind, object.name, message].join('\n');
    const known = found.get(key);
    if (known === undefined) found.set(key, { id, object, message, environments: [name] });
    else if (!known.environments.includes(name)) known.environments.push(name);
  }
}

function selected(ids: readonly CheckId[] | undefined, problems: Problems): readonly Check[] {
  if (ids === undefined) return checks;
  for (const id of ids.filter((one) => !checks.some((check) => check.id === one))) {
    problems.add(
      'checks',
      `Check ${show(id)} does not exist; use some of ${checks.map((check) => check.id).join(', ')}.`,
    );
  }
  return checks.filter(({ id }) => ids.includes(id));
}
