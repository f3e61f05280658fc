import type { Expr } from './expr';

/** A Secret that someone else makes before the tier starts. */
export interface ExpectedSecret {
  readonly namespace: Expr;
  /** Empty where the tier does without it. */
  readonly name: Expr;
  readonly keys: readonly string[];
  /** What it is for. */
  readonly why: string;
}

/** The same in one environment. */
export interface KnownSecret {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly why: string;
}
