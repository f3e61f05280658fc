/**
 * Evaluates, prints and writes one environment, and writes the same objects with JSON.stringify, in
 * turns: one-environment.ts <services or "reference"> <rounds>. Prints the times as JSON.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose } from '../../main';
import { distFiles, placeTiers, renderEnvironments } from '../../synth/dist';
import { writeOutput } from '../../synth/output';
import { shopOf } from './platform';

export interface OneEnvironment {
  /** Milliseconds of each round. */
  readonly twin: readonly number[];
  readonly json: readonly number[];
}

function main([platform = '', rounds = '']: readonly string[]): OneEnvironment {
  const read = platform === 'reference' ? compose : shopOf(Number(platform));
  const twin: number[] = [];
  const json: number[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    // The engine knows what a tree was evaluated to, so each round has trees of its own.
    const blueprint = read().build();
    const environments = blueprint.environments.filter(({ name }) => name === 'prod');
    rmSync('one', { recursive: true, force: true });
    const rendered = renderEnvironments({ ...blueprint, environments });
    const start = performance.now();
    const placed = placeTiers({ ...blueprint, environments });
    writeOutput([{ path: 'one', files: distFiles(placed) }]);
    const middle = performance.now();
    mkdirSync('one/json');
    for (const { file, objects: some } of rendered) {
      writeFileSync(join('one/json', file), JSON.stringify(some.map((one) => one.json)));
    }
    json.push(performance.now() - middle);
    twin.push(middle - start);
  }
  return { twin, json };
}

process.stdout.write(JSON.stringify(main(process.argv.slice(2))));
