import { complaintsAboutValues } from '../../synth/check-values';
import { isMap, merge, type JsonMap } from '../../synth/merge';
import type { Json } from '../../synth/node';
import { checkedParts, type ChartValues } from './chart';
import type { Finding } from './finding';
import { findingsInSchemas } from './schemas';

/**
 * What of a chart's values an upgrade refuses: of values that users have in files of their own, those
 * that are the chart's defaults and overlays stand for all.
 */
export function findingsInValues(before: ChartValues, after: ChartValues, from: string): Finding[] {
  const ofSchemas = findingsInSchemas(before, after, from);
  const told = ofSchemas.map(({ path }) => path);
  const found = [
    ...ofSchemas,
    ...overlaysGone(before, after, from),
    ...narrowed(before, after, from).filter(({ path }) => !told.some((one) => isIn(path, one))),
  ];
  return found.map(({ path, ...finding }) => ({ ...finding, where: 'chart', names: [path] }));
}

type Found = ReturnType<typeof findingsInSchemas>[number];

/** Values that were accepted before, and are refused now. */
function narrowed(before: ChartValues, after: ChartValues, from: string): Found[] {
  const sets: [string, JsonMap][] = [['values.yaml', {}], ...before.overlays];
  const found = new Map<string, Found>();
  for (const [file, overlay] of sets) {
    // What was not there before, Helm takes from the new defaults.
    const old = merge(before.defaults, overlay);
    const values = merge(after.defaults, old) as JsonMap;
    for (const [name, schema, part] of checkedParts(after, values)) {
      for (const complaint of complaintsAboutValues(part, schema, name)) {
        const [, path = '', told = ''] =
          /^Value (?:the chart\.)?(\S+) (.*)\.$/.exec(complaint) ?? [];
        const message = `Value ${path} ${told}, but ${file} of ${from} was accepted with it; accept it further, or name it under "Upgrade notes" in CHANGELOG.md.`;
        const key = `${path} ${told}`;
        if (!found.has(key)) found.set(key, { rule: 'value-narrowed', path, message });
      }
    }
  }
  return [...found.values()];
}

function overlaysGone(before: ChartValues, after: ChartValues, from: string): Found[] {
  const gone = [...before.overlays.keys()].filter((file) => !after.overlays.has(file));
  return gone.map((file) => ({
    rule: 'overlay-removed',
    path: file,
    message: `${file} is gone from the chart, which ${from} had, and releases are upgraded with it; keep the environment or overlay, or name the file under "Upgrade notes" in CHANGELOG.md.`,
  }));
}

/** Whether the path is that of a schema, or below it; items of lists and maps have any name. */
function isIn(path: string, schema: string): boolean {
  const parts = schema.replaceAll('[]', '.*').split('.');
  const keys = path.split('.');
  return parts.every((part, index) => part === '*' || part === keys[index]);
}

/** How many values there are, without what is in maps and lists of any content. */
export const countOf = (values: Json): number =>
  isMap(values) && Object.keys(values).length > 0
    ? Object.values(values).reduce<number>((sum, one) => sum + countOf(one), 0)
    : 1;
