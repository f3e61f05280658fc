/** The program of a user of this engine: node --require tsx/cjs test/bench/synth.ts <services>. */
import { run } from '../../synth';
import { composeShop } from './platform';

run(() => composeShop(Number(process.argv[2])));
