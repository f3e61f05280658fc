import { globals } from '../constructs';
import { tiersOf } from '../synth';
import { modelValues } from './models';

/** What all tiers share; everything else is a tier's own. */
export const globalValues = globals({
  domain: 'platform.example',
  tiers: ['data', 'gpu', 'app', 'network', 'cluster'],
}).extend({ models: modelValues });

/** Declares a tier of this platform. */
export const tier = tiersOf(globalValues);
