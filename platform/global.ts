import { globals } from '../constructs';
import { tiersOf } from '../synth';

/** What all tiers share; everything else is a tier's own. */
export const globalValues = globals({
  domain: 'platform.example',
  tiers: ['data', 'app', 'network', 'gpu', 'cluster'],
});

/** Declares a tier of this platform. */
export const tier = tiersOf(globalValues);
