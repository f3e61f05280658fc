import type { Blueprint, TierPlan } from '../blueprint';
import { escapeTemplate } from '../print/value';

/** NOTES.txt of the umbrella: what is there now, and what to look at next. */
export function umbrellaNotes({ chart, tiers }: Blueprint): string {
  const lines = tiers.flatMap(({ name, description }) => [
    `{{- if .Values.${name}.enabled }}`,
    `  ${name}  {{ .Values.global.namespaces.${name} }}  ${escapeTemplate(description)}`,
    '{{- end }}',
  ]);
  return [
    `${chart.name} {{ .Chart.AppVersion }} is installed as release {{ .Release.Name }}. Tier, namespace, content:`,
    ...lines,
    '',
    'See whether it is ready:',
    '  kubectl get pods --all-namespaces -l app.kubernetes.io/instance={{ .Release.Name }}',
    'Test it from inside the cluster:',
    '  helm test {{ .Release.Name }} --namespace {{ .Release.Namespace }}',
    '',
  ].join('\n');
}

/** NOTES.txt of a tier's chart, shown when the tier is installed alone. */
export function tierNotes(tier: TierPlan): string {
  const installed = `Tier ${tier.name} is installed as release {{ .Release.Name }}`;
  // A tier of objects without a namespace does not read that value, so its chart lacks it.
  if (!tier.globals.includes('namespaces')) return `${installed}.\n`;
  const namespace = `{{ .Values.global.namespaces.${tier.name} }}`;
  return [
    `${installed} in namespace ${namespace}.`,
    '',
    'See whether it is ready:',
    `  kubectl get pods --namespace ${namespace}`,
    '',
  ].join('\n');
}
