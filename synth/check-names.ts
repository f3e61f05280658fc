import type { ChartInfo } from './blueprint';
import { isLine } from './check-environments';
import { show, type Problems } from './problems';

const CHART_NAME = /^[a-z][a-z0-9-]{0,62}$/;
const TIER_NAME = /^[a-z][a-z0-9]{0,62}$/;
/** Keys of a values file that Helm itself reads. */
const TAKEN = ['global', 'tags'];
const PRE_RELEASE = String.raw`(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`;
const SEMVER = new RegExp(String.raw`^(?:(?:0|[1-9]\d*)\.){2}(?:0|[1-9]\d*)${PRE_RELEASE}$`);
const BOUND = String.raw`[<>=!~^]{0,2} ?v?[0-9xX*]+(?:\.[0-9xX*]+){0,2}${PRE_RELEASE}`;
const SEMVER_RANGE = new RegExp(`^${BOUND}(?:(?:,? | - | ?\\|\\| ?)${BOUND})*$`);

/** What is said of the chart goes into Chart.yaml, and its name into paths. */
export function checkChart(chart: ChartInfo, problems: Problems): void {
  const { name, version, appVersion, kubeVersion, description, service } = chart;
  const refuse = (field: string, value: unknown, rule: string) => {
    problems.add('chart', `The ${field} is ${show(value)}; ${rule}.`);
  };
  if (!isChartName(name)) {
    refuse(
      'name',
      name,
      'it becomes a folder of helm/, so use up to 63 lower-case letters, digits and "-"',
    );
  }
  if (!isMatch(version, SEMVER)) refuse('version', version, 'write it as 1.2.3 (SemVer 2)');
  if (!isMatch(kubeVersion, SEMVER_RANGE)) {
    refuse('kubeVersion', kubeVersion, 'write it as a range of versions, such as >=1.28.0-0');
  }
  if (!isLine(description)) refuse('description', description, ONE_LINE);
  if (!isLine(appVersion)) refuse('appVersion', appVersion, ONE_LINE);
  if (service !== undefined && !isLine(service)) refuse('service', service, ONE_LINE);
}

/** Whether it can be the name of a chart, and of its folder. */
export const isChartName = (name: unknown): boolean => isMatch(name, CHART_NAME);

const ONE_LINE = 'it must be one line of text';

const isMatch = (value: unknown, pattern: RegExp) =>
  typeof value === 'string' && pattern.test(value);

/** What is wrong with the name and description of a tier. */
export function complaintsAboutTier(name: unknown, description: unknown): string[] {
  const complaints: string[] = [];
  if (!isMatch(name, TIER_NAME)) {
    complaints.push(
      `Tier name ${show(name)} cannot be a key of values and a folder of the chart; use up to 63 lower-case letters and digits.`,
    );
  } else if (TAKEN.includes(String(name))) {
    complaints.push(`Tier name ${show(name)} is one that Helm reads itself; use another.`);
  }
  if (!isLine(description)) {
    complaints.push(
      `The description of tier ${String(name)} is ${show(description)}; ${ONE_LINE}.`,
    );
  }
  return complaints;
}
