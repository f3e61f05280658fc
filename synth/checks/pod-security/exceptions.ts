import type { JsonMap } from '../../merge';
import { asText } from '../../node';
import { show } from '../../problems';
import type { Val } from '../../value';
import { controls, type ControlId } from './controls';

/* Exceptions stand in annotations, so that whoever meets the object in a cluster reads the reason. */

/** How the keys of the annotations begin; the control follows. */
export const EXCEPTION = 'twinchart.dev/pod-security.';

/** The annotation of a Namespace that enforces less than "restricted". */
export const ENFORCE = `${EXCEPTION}enforce`;

/** That a control lets one value pass. */
export interface Exception {
  readonly key: string;
  /** Undefined where the key names none. */
  readonly control: ControlId | undefined;
  readonly value: string;
  readonly reason: string;
}

/**
 * The annotation of a pod that declares an exception from Pod Security "restricted".
 * @param control what does not hold for the pod.
 * @param value what stands in the field, or `missing`.
 * @param reason why, in one line.
 * @param name ends the key; needed where a control has several exceptions.
 */
export function podSecurityException(
  control: ControlId | 'enforce',
  value: Val<string | number | boolean>,
  reason: string,
  name?: string,
): Readonly<Record<string, string>> {
  const key = EXCEPTION + control + (name === undefined ? '' : `.${name}`);
  return { [key]: `${value as string}: ${reason}` };
}

/** The exceptions that annotations declare. */
export const exceptionsIn = (annotations: JsonMap): Exception[] =>
  Object.entries(annotations)
    .filter(([key]) => key.startsWith(EXCEPTION))
    .map(([key, text]) => {
      const [value, reason] = partsOf(asText(text));
      return { key, control: controlIn(key), value, reason };
    });

/** The value, and the reason; both empty where the text is not of that form. */
export function partsOf(text: string): readonly [value: string, reason: string] {
  const [, value = '', reason = ''] = /^(\S.*?): (\S.*)$/.exec(text) ?? [];
  return [value, reason];
}

/** What is wrong with an exception itself, as the end of a sentence; empty where it is sound. */
export function complaintAbout({ control, value }: Exception): string {
  if (value === '') return 'is of another form; write "<value>: <reason>", in one line';
  if (control !== undefined) return '';
  return `names no control; use one of ${controls.map(({ id }) => id).join(', ')}`;
}

/** As exceptions write it. */
export const valueOf = (value: Parameters<typeof asText>[0]): string =>
  value === undefined ? 'missing' : asText(value);

/** For people; what is missing has no value. */
export const shown = (value: Parameters<typeof asText>[0]): string =>
  value === undefined ? 'missing' : show(value);

/** Controls have dots in their names, and so do the names behind them. */
function controlIn(key: string): ControlId | undefined {
  const rest = key.slice(EXCEPTION.length);
  return controls.find(({ id }) => rest === id || rest.startsWith(`${id}.`))?.id;
}
