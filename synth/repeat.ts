import type { Blueprint, TierPlan } from './blueprint';
import { fileTemplate, template } from './chart/templates';
import type { Platform } from './platform';
import { messageOf, type Problems } from './problems';

/**
 * Composes the platform a second time: what then differs is no function of the code. Marks have
 * other ids in it, so a hash or code made of a text with a value shows up as well.
 */
export function checkRepeatable(
  blueprint: Blueprint,
  compose: () => Platform,
  problems: Problems,
): void {
  let plans: readonly TierPlan[];
  try {
    plans = compose().trees();
  } catch (error) {
    problems.add('platform', `It cannot be composed twice in one process: ${messageOf(error)}`);
    return;
  }
  const again = printed(plans);
  for (const [name, { where, text }] of printed(blueprint.tiers)) {
    const line = differentLine(text, again.get(name)?.text ?? '');
    if (line === undefined) continue;
    problems.add(
      where,
      `Line ${JSON.stringify(line.trim())} of ${name} is another each time the code runs; it holds a clock, chance, or the hash or code of a text with a value in it, so use a constant, or sha256() or b64() of this engine.`,
    );
  }
}

interface Printed {
  readonly where: string;
  readonly text: string;
}

/** Templates and files of all tiers, by path. */
function printed(plans: readonly TierPlan[]): Map<string, Printed> {
  const all = new Map<string, Printed>();
  for (const { name, resources, files } of plans) {
    for (const resource of resources) {
      const path = `charts/${name}/templates/${resource.path}`;
      all.set(path, { where: resource.where, text: template(resource) });
    }
    for (const file of files.values()) {
      all.set(`charts/${name}/files/${file.path}`, { where: name, text: fileTemplate(file) });
    }
  }
  return all;
}

function differentLine(text: string, other: string): string | undefined {
  if (text === other) return undefined;
  const others = other.split('\n');
  return text.split('\n').find((line, index) => line !== others[index]);
}
