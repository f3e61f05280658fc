import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { helm3 } from '../../../synth/proof/programs';
import { validatorPrograms } from '../go-programs';
import { pythonEnvironment, pythonFolder } from '../python';
import { ask, type Validator } from '../validator';

/** `ct lint`, with the rules that come with it. */
export function chartTesting(): Validator {
  const program = validatorPrograms.find('chart-testing');
  const home = pythonFolder();
  return {
    name: 'ct lint',
    missing:
      program === undefined || home === undefined
        ? 'no chart-testing, or no yamllint and yamale'
        : undefined,
    version: validatorPrograms.version('chart-testing'),
    planted: ['ct'],
    run: (scene) => {
      const module = 'github.com/helm/chart-testing/v3';
      const rules = join(validatorPrograms.moduleFolder('chart-testing', module), 'etc');
      const env = pythonEnvironment(home ?? '');
      const PATH = `${dirname(helm3().path)}:${env['PATH'] ?? ''}`;
      const lint = (charts: readonly string[], file: string) => {
        const paths = charts.map((chart) => join(scene.charts, chart)).join(',');
        const flags = {
          charts: paths,
          'chart-yaml-schema': join(rules, 'chart_schema.yaml'),
          'lint-conf': join(rules, 'lintconf.yaml'),
          'helm-lint-extra-args': '--strict',
          // No chart was published to compare with, and the repository names no people.
          'check-version-increment': 'false',
          'validate-maintainers': 'false',
        };
        const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
        const { stdout, stderr } = ask(program ?? '', ['lint', ...args], {
          env: { ...env, PATH },
        });
        const all = `${stdout}${stderr}`.split('\n');
        return all
          .filter((line) => /✖|\[(?:error|warning)\]|\[(?:ERROR|WARNING)\]|^Error/i.test(line))
          .map((message) => ({ file, rule: 'ct', object: file, message }));
      };
      const tiers = readdirSync(join(scene.charts, 'platform/charts'), { withFileTypes: true });
      const own = tiers
        .filter((one) => one.isDirectory())
        .map(({ name }) => `platform/charts/${name}`);
      const charts = ['platform', ...own];
      return {
        // Chart.yaml and values.yaml of each.
        files: charts.length * 2,
        findings: [...lint(charts, 'helm/platform'), ...lint(['planted'], 'planted/chart')],
      };
    },
  };
}
