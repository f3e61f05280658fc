/**
 * Says what changes in the objects of an environment: between a commit and the code as it is, or with
 * --live between the cluster of the current kubeconfig and the code. Writes nothing.
 *
 *     npm run diff -- prod --from main
 *     npm run diff -- prod --live          exit code 0: the same, 1: different, 2: no answer
 */
import { parseArgs } from 'node:util';
import { committedFiles } from './diff/committed';
import { compare, type Compared } from './diff/compare';
import { compareLive, contextName } from './diff/live';
import { report } from './diff/report';
import { fromHere, loadProject, runCommand, type Project } from './project';

const USAGE = 'write it as in npm run diff -- prod --from main';

runCommand(
  () => {
    const { environment, from, live } = options();
    const project = loadProject();
    if (!live) {
      const title = `${environment}, from ${from} to the work tree`;
      return report(fromCommit(project, environment, from), title);
    }
    const objects = fromCluster(project, environment);
    if (objects.some(({ fate }) => fate !== 'stays')) process.exitCode = 1;
    return report(objects, `${environment}, from the cluster of ${contextName()} to the work tree`);
  },
  { trouble: process.argv.includes('--live') ? 2 : 1 },
);

function fromCommit(project: Project, environment: string, from: string): Compared[] {
  const { platform, dist } = project;
  const folder = fromHere(`${platform.outdir}/${environment}`);
  const before = committedFiles(from, `${folder}/`);
  if (before.size === 0)
    requireEnvironment(project, environment, `neither in the code nor in ${from}`);
  const after = [...dist].filter(([file]) => file.startsWith(`${folder}/`));
  return compare(
    [...before.values()],
    after.map(([, text]) => text),
  );
}

function fromCluster(project: Project, environment: string): Compared[] {
  requireEnvironment(project, environment, 'not in the code');
  const tiers = project.tiers.filter((tier) => tier.environment === environment);
  const [written, chartOnly] = (['objects', 'chartOnly'] as const).map((key) =>
    tiers.flatMap((tier) => tier[key].map(({ json }) => json)),
  );
  return compareLive(written ?? [], chartOnly ?? []);
}

function requireEnvironment({ blueprint }: Project, environment: string, where: string): void {
  const names = blueprint.environments.map(({ name }) => name);
  if (names.includes(environment)) return;
  throw new Error(`Environment ${environment} is ${where}; use one of ${names.join(', ')}.`);
}

function options(): { environment: string; from: string; live: boolean } {
  const options = { from: { type: 'string' }, live: { type: 'boolean', default: false } } as const;
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
  const { from, live } = parsed.values;
  if (live && from !== undefined) {
    throw new Error(
      `Options --from ${from} and --live are two comparisons; use one of them, as in npm run diff -- ${environment} --live.`,
    );
  }
  return { environment, from: from ?? 'HEAD', live };
}
