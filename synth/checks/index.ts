import type { Check } from './check';
import { sameNameTwice } from './identity';
import { imageIgnoresRegistry } from './images';
import { missingPort } from './missing-port';
import { portClash } from './port-clashes';
import { portOwner, portUnregistered } from './port-owners';
import { missingKey, missingReference, missingSecret } from './references';
import { selectorMatchesNothing, selectorMissesOwnPods, selectorShared } from './selectors';

/** All checks, in the order that docs/checks.md tells of them. */
const table = [
  sameNameTwice,
  missingReference,
  missingSecret,
  missingKey,
  missingPort,
  selectorMissesOwnPods,
  selectorMatchesNothing,
  selectorShared,
  imageIgnoresRegistry,
  portUnregistered,
  portOwner,
  portClash,
] as const;

/** What waivers name. */
export type CheckId = (typeof table)[number]['id'];

export const checks: readonly Check<CheckId>[] = table;
