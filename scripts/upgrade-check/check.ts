import { compare, type Compared } from '../diff/compare';
import { readChart } from './chart';
import type { Finding } from './finding';
import { isNoted, upgradeNotes } from './notes';
import { findingsInObjects } from './objects';
import { countOf, findingsInValues } from './values';

/** What one version of a platform comes as. */
export interface Output {
  readonly folders: { readonly dist: string; readonly helm: string };
  /** Contents by path: the files of dist/, and those of the chart that say what values there are. */
  readonly dist: ReadonlyMap<string, string>;
  readonly chart: ReadonlyMap<string, string>;
  readonly changelog: string;
}

export interface Checked {
  readonly refused: readonly Finding[];
  /** Findings that an upgrade note names. */
  readonly noted: readonly Finding[];
  /** Compared: environments that both have, their objects, and the values of the chart now. */
  readonly environments: readonly string[];
  readonly objects: readonly Compared[];
  readonly values: number;
}

/** Compares two versions; `from` is what messages call the old one. */
export function checkUpgrade(before: Output, after: Output, from: string): Checked {
  const [old, now] = [environmentsOf(before), environmentsOf(after)];
  const shared = [...old.keys()].filter((name) => now.has(name));
  const compared = shared.map((name) => {
    return [name, compare(old.get(name) ?? [], now.get(name) ?? [])] as const;
  });
  const [was, is] = [before, after].map(({ chart, folders }) => readChart(chart, folders.helm));
  const findings = [
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => gone(name, from)),
    ...compared.flatMap(([name, objects]) => findingsInObjects(name, objects)),
    ...(was === undefined || is === undefined ? [] : findingsInValues(was, is, from)),
  ];
  const notes = upgradeNotes(after.changelog, before.changelog);
  return {
    refused: findings.filter(({ names }) => !isNoted(notes, names)),
    noted: findings.filter(({ names }) => isNoted(notes, names)),
    environments: shared,
    objects: compared.flatMap(([, objects]) => objects),
    values: countOf(is?.defaults ?? {}),
  };
}

/** The YAML of each folder of dist/. */
function environmentsOf({ dist, folders }: Output): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, text] of dist) {
    const [name = '', file] = path.slice(`${folders.dist}/`.length).split('/');
    if (file?.endsWith('.yaml') !== true) continue;
    found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}

function gone(name: string, from: string): Finding {
  const message = `Environment ${name} is gone from the output, which ${from} had, and its namespaces and claims with it; keep it, or name it under "Upgrade notes" in CHANGELOG.md.`;
  return { rule: 'environment-dropped', where: name, message, names: [name] };
}

/** What was compared, and what was accepted for its note; for people. */
export function reportOf({ noted, environments, objects, values }: Checked, from: string): string {
  const lines = noted.map(
    ({ where, rule, message }) => `  [${where}, ${rule}, in the upgrade notes] ${message}`,
  );
  const old = objects.filter(({ before }) => before !== undefined).length;
  const now = objects.filter(({ after }) => after !== undefined).length;
  const summary = `${from} can be upgraded to the work tree: ${environments.join(', ')} with ${String(old)} objects then and ${String(now)} now, ${String(values)} values, nothing refused`;
  const accepted = noted.length === 0 ? '' : `, ${String(noted.length)} in the upgrade notes`;
  return [...lines, `${summary}${accepted}.`, ''].join('\n');
}
