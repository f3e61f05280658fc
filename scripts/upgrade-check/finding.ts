import { show } from '../../synth/problems';
import type { Parsed } from '../../synth/proof/parse';
import type { Change } from '../diff/changes';
import { jsonOf, shownPath } from '../diff/report';

/** What an upgrade would stumble over. */
export interface Finding {
  /** Of the rule, such as `claim-template`; docs/upgrades.md lists them. */
  readonly rule: string;
  /** `prod`, or `chart`. */
  readonly where: string;
  /** One sentence: object, field, old and new value, why, and what to do. */
  readonly message: string;
  /** What an upgrade note must name, all of them, for the finding to be accepted. */
  readonly names: readonly string[];
}

/** Changes of one field that are told; what more there are is counted. */
const TOLD = 3;

/** `spec.serviceName changes from "a" to "b", and 2 more` */
export function phraseOf(changes: readonly Change[]): string {
  const told = changes.slice(0, TOLD).map(phrase);
  const more = changes.length - told.length;
  return [...told, ...(more > 0 ? [`and ${String(more)} more`] : [])].join(', ');
}

function phrase(change: Change): string {
  const path = shownPath(change.path);
  switch (change.kind) {
    case 'changed':
      return `${path} changes from ${shown(change.before)} to ${shown(change.after)}`;
    case 'added':
      return `${path} is added as ${shown(change.after)}`;
    case 'removed':
      return `${path} is removed, which was ${shown(change.before)}`;
    case 'moved':
      return `${path} changes its order from ${change.before.join(', ')} to ${change.after.join(', ')}`;
  }
}

const shown = (data: Parsed): string => show(jsonOf(data));
