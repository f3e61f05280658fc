import type { Waiver } from '../synth';

/** Findings of the checks that are all right as they are. */
export const waivers: readonly Waiver[] = [
  {
    check: 'store-without-backup',
    object: 'StatefulSet/mongodb',
    environments: ['dev'],
    reason: 'Data of dev can be made again.',
  },
  {
    check: 'store-without-backup',
    object: 'StatefulSet/redis',
    reason: 'It is a cache: what is lost is computed again.',
  },
];
