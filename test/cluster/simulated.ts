import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { kubectl } from '../../synth/proof/programs';

/*
 * Before each file, in a cluster that is somebody's (KUBECONFIG_UNDER_TEST): where no node is simulated,
 * pods would need images, Secrets and GPUs, usage is not what annotations say, and no node can be lost.
 * Then only the files that need nothing of it are run, and the tests of all others are skipped.
 */

const ANYWHERE = [
  'control-plane.test.ts',
  'dev-secrets.test.ts',
  'foreign.test.ts',
  'immutable.test.ts',
  'network.test.ts',
  'previous.test.ts',
  'prune.test.ts',
];

const path = process.env['KUBECONFIG_UNDER_TEST'] ?? '';
const file = basename(expect.getState().testPath ?? '');

if (path !== '' && !ANYWHERE.includes(file) && simulatedNodes() === '') {
  process.stderr.write(`${file} is skipped: ${path} has no simulated nodes, labelled type=kwok.\n`);
  const skipped = Object.assign(test.skip, { concurrent: test.concurrent.skip });
  Object.assign(globalThis, { test: skipped, describe: describe.skip });
}

function simulatedNodes(): string {
  const args = ['--kubeconfig', path, 'get', 'nodes', '--selector=type=kwok', '--output=name'];
  return execFileSync(kubectl().path, args, { encoding: 'utf8' });
}
