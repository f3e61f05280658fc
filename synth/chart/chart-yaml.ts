import type { Blueprint, TierPlan } from '../blueprint';
import type { JsonMap } from '../merge';
import { entriesOf } from '../node';
import { PLAIN_YAML } from '../print/expression';
import { printDocument } from '../print/yaml';

export const yamlOf = (json: JsonMap): string =>
  `${printDocument(entriesOf(json), PLAIN_YAML).join('\n')}\n`;

export function umbrellaChartYaml({ chart, tiers }: Blueprint): string {
  return yamlOf({
    apiVersion: 'v2',
    name: chart.name,
    description: chart.description,
    type: 'application',
    version: chart.version,
    appVersion: chart.appVersion,
    kubeVersion: chart.kubeVersion,
    dependencies: tiers.map(({ name }) => ({
      name,
      version: chart.version,
      condition: `${name}.enabled`,
    })),
  });
}

export function tierChartYaml({ chart }: Blueprint, tier: TierPlan): string {
  return yamlOf({
    apiVersion: 'v2',
    name: tier.name,
    description: tier.description,
    type: 'application',
    version: chart.version,
    appVersion: chart.appVersion,
    kubeVersion: chart.kubeVersion,
  });
}
