import type { Environment, Finding } from './validator';
import { environmentOf } from './scene';

/** A finding about one object that is all right as it is. */
export interface Waiver {
  readonly validator: string;
  readonly rule: string;
  /** Kind and name. */
  readonly object: `${string}/${string}`;
  readonly reason: string;
}

/** A rule, or a part of one, that is not for this platform. */
export interface SwitchedOff {
  readonly validator: string;
  readonly rule: string;
  /** What the message begins with, where the rule says other things, too. */
  readonly message?: string;
  /** Default: all. */
  readonly environments?: readonly Environment[];
  readonly reason: string;
}

export interface Verdict {
  readonly left: readonly Finding[];
  readonly waived: readonly Finding[];
  readonly off: readonly Finding[];
  /** Exceptions of the validator that no finding needs. */
  readonly unused: readonly (Waiver | SwitchedOff)[];
}

export interface Exceptions {
  readonly waivers: readonly Waiver[];
  readonly switchedOff: readonly SwitchedOff[];
}

/** What is left of the findings of a validator. */
export function judge(
  validator: string,
  findings: readonly Finding[],
  { waivers, switchedOff }: Exceptions,
): Verdict {
  const own = <T extends Waiver | SwitchedOff>(all: readonly T[]) =>
    all.filter((one) => one.validator === validator);
  const [offs, waives] = [own(switchedOff), own(waivers)];
  const off = findings.filter((finding) => offs.some((one) => isOff(one, finding)));
  const rest = findings.filter((finding) => !off.includes(finding));
  const waived = rest.filter((finding) => waives.some((one) => isWaived(one, finding)));
  return {
    off,
    waived,
    left: rest.filter((finding) => !waived.includes(finding)),
    unused: [
      ...offs.filter((one) => !off.some((finding) => isOff(one, finding))),
      ...waives.filter((one) => !waived.some((finding) => isWaived(one, finding))),
    ],
  };
}

const isWaived = (waiver: Waiver, finding: Finding) =>
  finding.rule === waiver.rule && finding.object === waiver.object;

function isOff({ rule, message = '', environments }: SwitchedOff, finding: Finding): boolean {
  const environment = environmentOf(finding.file);
  return (
    finding.rule === rule &&
    finding.message.startsWith(message) &&
    (environments === undefined ||
      (environment !== undefined && environments.includes(environment)))
  );
}
