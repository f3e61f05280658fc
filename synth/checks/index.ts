import type { Check } from './check';
import { sameNameTwice } from './identity';
import { imageIgnoresRegistry } from './images';

/** All checks, in the order that docs/checks.md tells of them. */
const table = [sameNameTwice, imageIgnoresRegistry] as const;

/** What waivers name. */
export type CheckId = (typeof table)[number]['id'];

export const checks: readonly Check<CheckId>[] = table;
