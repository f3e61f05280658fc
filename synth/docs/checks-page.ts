import { checks } from '../checks';
import type { Check } from '../checks/check';
import type { Waiver } from '../checks/waivers';
import type { Told } from '../checks/world';
import { code, list, page } from './page';

const INTRODUCTION = `\
Each run of synth looks at the objects of every environment. It tells all findings at once, each with
the construct, the environments, the path in the object, and what to do; then nothing is written. What
is all right as it is gets a waiver with a reason in the platform's options. A waiver that nothing
needs any more is a problem too.`;

/** What is checked, what is waived, and which Secrets someone else makes. */
export function checksPage(told: Told): string {
  const { checks: selected, waivers = [] } = told.options;
  const isRun = ({ id }: Check) => selected === undefined || selected.some((one) => one === id);
  const off = checks.filter((check) => !isRun(check));
  return page("the table of checks and the platform's options", [
    '# Checks',
    INTRODUCTION,
    ...checks.filter(isRun).flatMap(aboutCheck),
    ...(off.length === 0 ? [] : ['## Checks that are off', list(off.map(({ id }) => code(id)))]),
    '## Waivers',
    waivers.length === 0 ? 'There are none.' : list(waivers.map(aboutWaiver)),
    '## Secrets that someone else makes',
    ...aboutSecrets(told),
  ]);
}

const aboutCheck = ({ id, rule, why, remedy }: Check) => [`## ${id}`, `**${rule}** ${why}`, remedy];

function aboutWaiver({ check, object, reason, environments }: Waiver): string {
  const objects = object === '*' ? 'all objects' : code(object);
  const places = environments === undefined ? '' : `, in ${environments.join(', ')}`;
  return `${code(check)} for ${objects}${places}: ${reason}`;
}

function aboutSecrets({ tiers }: Told): string[] {
  const lines = tiers.flatMap(({ environment, secrets }) =>
    secrets
      .filter(({ name }) => name !== '')
      .map(({ namespace, name, keys, why }) => {
        const which = keys.length === 0 ? '' : ` with ${keys.map(code).join(', ')}`;
        return `${environment}: ${code(`${namespace}/${name}`)}${which}. ${why}`;
      }),
  );
  return [lines.length === 0 ? 'There are none.' : list(lines)];
}
