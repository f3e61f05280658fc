import { compose } from '../../main';
import { runProof } from './run';
import { helmProcesses } from '../../test/hostile/helm-processes';
import { composeTorture } from './torture';

/*
 * npm run prove -- --runs N --seed S [--chart platform|torture] [--in-turn [--in-one-process]]
 * The torture chart reaches every branch of the printer.
 */

runProof(
  [
    { name: 'platform', compose },
    { name: 'torture', compose: composeTorture, share: 1 / 5 },
  ],
  helmProcesses,
);
