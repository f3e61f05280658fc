import { isCarried } from './check-expr';
import type { Environment, NamedOverlay } from './environment';
import { hasMark, noticeMarks } from './marks';
import { isMap } from './merge';
import { copyPlain } from './plain';
import { show, type Problems } from './problems';
import { nameOf, opaqueOf } from './value';

/** The environments as declared, their overlays plain data; what is no such thing is a problem. */
export function checkEnvironments(declared: unknown, problems: Problems): Environment[] {
  const environments: unknown[] = Array.isArray(declared) ? declared : [];
  if (environments.length === 0) {
    problems.add(
      'environments',
      'There is no environment; declare at least one, as dist/ has a folder for each.',
    );
  }
  const names = new Set<unknown>();
  return environments.flatMap((environment, index) => {
    if (!isMap(environment)) {
      problems.add(
        'environments',
        `Environment ${String(index + 1)} is ${show(environment)}; it must be an object with name, summary, release and values.`,
      );
      return [];
    }
    const { name } = environment;
    if (names.has(name)) {
      problems.add('environments', `Environment ${show(name)} is declared twice; remove one.`);
    }
    names.add(name);
    return [checkEnvironment(environment as unknown as Environment, problems)];
  });
}

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** As environments: overlays are values files beside theirs, so all names differ. */
export function checkOverlays(
  declared: readonly NamedOverlay[],
  environments: readonly Environment[],
  problems: Problems,
): NamedOverlay[] {
  const names = new Set(environments.map(({ name }) => name));
  return declared.map((overlay) => {
    if (names.has(overlay.name)) {
      problems.add(
        'overlays',
        `Overlay ${show(overlay.name)} has the name of an environment or of another overlay; give it one of its own.`,
      );
    }
    names.add(overlay.name);
    if (!isName(overlay.name)) {
      problems.add(
        'overlays',
        `Overlay name ${show(overlay.name)} cannot be part of a file name; ${NAME_RULE}.`,
      );
    }
    return checkNamed(overlay, `overlay ${overlay.name}`, problems);
  });
}

function checkEnvironment(environment: Environment, problems: Problems): Environment {
  const { name, release } = environment as Partial<Environment>;
  if (!isName(name)) {
    problems.add(
      'environments',
      `Environment name ${show(name)} cannot be a folder of dist/; ${NAME_RULE}.`,
    );
  }
  const where = `environment ${String(name)}`;
  const checked = checkNamed(environment, where, problems);
  for (const [key, limit] of [['name', 53] as const, ['namespace', 63] as const]) {
    const text: unknown = release?.[key];
    if (typeof text === 'string' && LABEL.test(text) && text.length <= limit) continue;
    problems.add(
      where,
      `The release ${key} is ${show(text)}, which Helm refuses; use up to ${String(limit)} lower-case letters, digits and "-".`,
    );
  }
  return checked;
}

const isName = (name: unknown) => typeof name === 'string' && NAME.test(name);
const NAME_RULE = 'use up to 63 lower-case letters, digits and "-"';

function checkNamed<T extends NamedOverlay>(overlay: T, where: string, problems: Problems): T {
  const { summary, values } = overlay as Partial<NamedOverlay>;
  if (!isLine(summary)) {
    problems.add(where, `The summary is ${show(summary)}; it must be one line of text.`);
  }
  return { ...overlay, values: plainOverlay(values, where, problems) };
}

/** Whether it is one line of text that YAML and Helm carry. */
export const isLine = (text: unknown): text is string =>
  typeof text === 'string' && /^\S[^\r\n]*$/.test(text) && !hasMark(text) && isCarried(text);

function plainOverlay(values: unknown, where: string, problems: Problems): Environment['values'] {
  if (!isMap(values)) {
    problems.add(
      where,
      `The overlay is ${show(values)}; it must be an object with a key for each tier.`,
    );
    return {};
  }
  const { copy, faults } = copyPlain(values, judge);
  for (const { path, message } of faults) {
    problems.add(where, `Value ${path.join('.') || 'of the overlay'} ${message}.`);
  }
  return copy as Environment['values'];
}

/** An overlay is data: null and odd texts are refused later, by the schema. */
function judge(part: unknown) {
  if (part === null) return { keep: true } as const;
  const opaque = opaqueOf(part);
  if (opaque !== undefined) return { refuse: `is ${nameOf(opaque)}, ${PLAIN}` };
  if (typeof part === 'number' && !Number.isFinite(part)) {
    return { refuse: `is ${String(part)}, which is no JSON; use a number` };
  }
  if (typeof part !== 'string' || !hasMark(part)) return undefined;
  noticeMarks(part);
  return { refuse: `is ${show(part)}, ${PLAIN}` };
}

const PLAIN = 'but the overlay of an environment is plain data; write what it shall be there';
