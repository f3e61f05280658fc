/** The program of a user of this engine: node --require ./register test/bench/synth.ts <services>. */
import { run } from '../../synth';
import { shopOf } from './platform';

run(shopOf(Number(process.argv[2])));
