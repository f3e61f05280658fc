import type { Blueprint, TierPlan } from '../blueprint';
import { printYaml } from '../print/plain-yaml';

export function umbrellaChartYaml({ chart, tiers }: Blueprint): string {
  return printYaml({
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
  return printYaml({
    apiVersion: 'v2',
    name: tier.name,
    description: tier.description,
    type: 'application',
    version: chart.version,
    appVersion: chart.appVersion,
    kubeVersion: chart.kubeVersion,
  });
}
