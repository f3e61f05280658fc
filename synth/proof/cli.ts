import { compose } from '../../main';
import { runProof } from './run';
import { composeTorture } from './torture';

/*
 * npm run prove -- --runs N --seed S [--chart platform|torture] [--in-turn]
 * The torture chart reaches every branch of the printer.
 */

runProof([
  { name: 'platform', compose },
  { name: 'torture', compose: composeTorture, share: 1 / 5 },
]);
