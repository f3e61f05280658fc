import type { Waiver } from '../synth';

/** Findings of the checks that are all right as they are. */
export const waivers: readonly Waiver[] = [];
