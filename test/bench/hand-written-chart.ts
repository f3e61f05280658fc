import { stringify } from 'yaml';
import { templatesOf } from './hand-written-service';
import { CHART, changesOf, namespaceOf, PLACES, VERSION, type Tier } from './services';

/** A chart of the same objects as people write them, with a subchart for each tier. */
export function handWrittenChart(tiers: readonly Tier[]): Map<string, string> {
  const dependencies = tiers.map(({ name }) => ({
    name,
    version: VERSION,
    condition: `${name}.enabled`,
  }));
  const namespaces = Object.fromEntries(tiers.map(({ name }) => [name, namespaceOf(name)]));
  const global = { domain: 'shop.example', imageRegistry: '' };
  const files = new Map([
    ['Chart.yaml', stringify({ ...chartYaml(CHART), dependencies })],
    [
      'values.yaml',
      stringify({
        global: { ...global, namespaces },
        ...Object.fromEntries(tiers.map(({ name }) => [name, { enabled: true }])),
      }),
    ],
  ]);
  for (const place of PLACES)
    files.set(`values-${place.name}.yaml`, stringify(changesOf(tiers, place)));
  for (const { name, services } of tiers) {
    const values = Object.fromEntries(services.map(({ key, defaults }) => [key, defaults]));
    const own = { [name]: namespaceOf(name) };
    const folder = `charts/${name}`;
    files.set(`${folder}/Chart.yaml`, stringify(chartYaml(name)));
    files.set(
      `${folder}/values.yaml`,
      stringify({ global: { ...global, namespaces: own }, ...values }),
    );
    files.set(`${folder}/templates/_helpers.tpl`, helpers(name));
    for (const service of services) {
      for (const [file, text] of Object.entries(templatesOf(name, service))) {
        files.set(`${folder}/templates/${service.name}/${file}`, text);
      }
    }
  }
  return files;
}

const chartYaml = (name: string) => ({
  apiVersion: 'v2',
  name,
  type: 'application',
  version: VERSION,
  appVersion: VERSION,
});

const helpers = (tier: string) => `\
{{- define "${tier}.selectorLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "${tier}.labels" -}}
{{ include "${tier}.selectorLabels" . }}
app.kubernetes.io/part-of: ${CHART}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "${tier}.image" -}}
{{ .global.imageRegistry | default .image.registry }}/{{ .image.repository }}:{{ .image.tag }}
{{- with .image.digest }}@{{ . }}{{ end }}
{{- end }}
`;
