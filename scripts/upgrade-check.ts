/**
 * Refuses what would fail, or lose data, when a platform is upgraded from the output that a commit has
 * to what the code makes now. Reads git and composes in memory; writes nothing.
 *
 *     npm run upgrade-check -- --from v1.0.0
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ProblemsError } from '../synth/problems';
import { committedFiles } from './diff/committed';
import { fromHere, loadProject, runCommand, type Project } from './project';
import { CHART_FILES } from './upgrade-check/chart';
import { checkUpgrade, reportOf, type Output } from './upgrade-check/check';

const USAGE = 'write it as in npm run upgrade-check -- --from v1.0.0';
const CHANGELOG = 'CHANGELOG.md';

runCommand(() => {
  const from = option();
  const project = loadProject();
  const result = checkUpgrade(committed(from, project), present(project), from);
  const { refused } = result;
  if (refused.length > 0) {
    throw new ProblemsError(
      refused.map(({ where, rule, message }) => ({ where: `${where}, ${rule}`, message })),
    );
  }
  return reportOf(result, from);
});

function foldersOf({ platform, blueprint }: Project): Output['folders'] {
  return { dist: fromHere(platform.outdir), helm: `helm/${blueprint.chart.name}` };
}

function committed(from: string, project: Project): Output {
  const folders = foldersOf(project);
  const { dist, helm } = folders;
  const output = {
    dist: committedFiles(from, `${dist}/`),
    chart: committedFiles(from, `${helm}/`, CHART_FILES),
  };
  const missing = [
    ...(output.dist.size === 0 ? [dist] : []),
    ...(output.chart.size === 0 ? [helm] : []),
  ];
  if (missing.length > 0) {
    throw new Error(
      `Option --from is ${JSON.stringify(from)}, which has nothing in ${missing.join(' and ')}; give a commit with the output of npm run synth.`,
    );
  }
  const changelog = committedFiles(from, CHANGELOG, /./).get(CHANGELOG) ?? '';
  return { folders, ...output, changelog };
}

function present(project: Project): Output {
  const changelog = existsSync(CHANGELOG) ? readFileSync(CHANGELOG, 'utf8') : '';
  return { folders: foldersOf(project), dist: project.dist, chart: project.chart, changelog };
}

function option(): string {
  let values: { from?: string };
  try {
    ({ values } = parseArgs({ options: { from: { type: 'string' } } }));
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('. ');
    throw new Error(`${reason}; ${USAGE}.`, { cause: error });
  }
  if (values.from === undefined || values.from === '') {
    throw new Error(`Option --from is missing, which names what is upgraded; ${USAGE}.`);
  }
  return values.from;
}
