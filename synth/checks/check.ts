import type { World } from './world';

/** The object that a finding is about. */
export interface Place {
  /** Construct path. */
  readonly where: string;
  readonly kind: string;
  readonly name: string;
}

/** One thing that a check found in one environment. */
export interface Finding {
  readonly object: Place;
  /**
   * Path in the object, value received, rule and what to do, without the full stop. It names
   * neither environment nor namespace, so that the same finding in several environments is one.
   */
  readonly message: string;
}

/** A rule for the objects of every environment. */
export interface Check<Id extends string = string> {
  /** Waivers name it, so it never changes. */
  readonly id: Id;
  /** What must hold, in one sentence. */
  readonly rule: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do about a finding. */
  readonly remedy: string;
  /**
   * Whether it looks at each object alone, and so finds the same wherever that is.
   * @default false
   */
  readonly alone?: boolean;
  readonly find: (world: World) => Iterable<Finding>;
}

/** A check whose id the compiler knows. */
export const check = <const Id extends string>(definition: Check<Id>): Check<Id> => definition;

export const finding = ({ where, kind, name }: Place, message: string): Finding => ({
  object: { where, kind, name },
  message,
});
