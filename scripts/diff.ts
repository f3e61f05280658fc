/**
 * Says what changes in the objects of an environment, between a commit and the code as it is.
 * Writes nothing.
 *
 *     npm run diff -- prod --from main
 */
import { parseArgs } from 'node:util';
import { committedFiles } from './diff/committed';
import { compare } from './diff/compare';
import { report } from './diff/report';
import { fromHere, loadProject, runCommand } from './project';

const USAGE = 'write it as in npm run diff -- prod --from main';

runCommand(() => {
  const { environment, from } = options();
  const { blueprint, platform, dist } = loadProject();
  const folder = fromHere(`${platform.outdir}/${environment}`);
  const before = committedFiles(from, `${folder}/`);
  const names = blueprint.environments.map(({ name }) => name);
  if (!names.includes(environment) && before.size === 0) {
    throw new Error(
      `Environment ${environment} is neither in the code nor in ${from}; use one of ${names.join(', ')}.`,
    );
  }
  const after = [...dist].filter(([file]) => file.startsWith(`${folder}/`));
  const objects = compare(
    [...before.values()],
    after.map(([, text]) => text),
  );
  return report(objects, `${environment}, from ${from} to the work tree`);
});

function options(): { environment: string; from: string } {
  const options = { from: { type: 'string', default: 'HEAD' } } as const;
  let parsed;
  try {
    parsed = parseArgs({ options, allowPositionals: true });
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('. ');
    throw new Error(`${reason}; ${USAGE}.`, { cause: error });
  }
  const [environment, ...more] = parsed.positionals;
  if (environment === undefined || more.length > 0) {
    throw new Error(
      `Expected one environment, got ${parsed.positionals.join(' ') || 'nothing'}; ${USAGE}.`,
    );
  }
  return { environment, from: parsed.values.from };
}
