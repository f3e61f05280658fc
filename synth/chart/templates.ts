import type { Resource, TierPlan, TierTree } from '../blueprint';
import type { FileText } from '../expr';
import type { Field } from '../node';
import { printCondition, TEMPLATE } from '../print/expression';
import { printParts, textParts } from '../print/value';
import { printDocument } from '../print/yaml';

/** One template file: the object as YAML, whole below its condition. */
export function template(resource: Resource): string {
  const printed = printDocument(resource.node.entries, TEMPLATE);
  const body = endsInToYaml(printed) ? [...printed, KEEP_END] : printed;
  const lines =
    resource.cond === undefined
      ? body
      : [`{{- if ${printCondition(resource.cond, TEMPLATE)} }}`, ...body, '{{- end }}'];
  return `${lines.join('\n')}\n`;
}

/**
 * Helm cuts newlines off the end of a document, and a text in a map or list of the values may end in
 * some that count. Not where something that is always there follows.
 */
const KEEP_END = '# Keeps the newlines at the end of the value above.';

function endsInToYaml(lines: readonly string[]): boolean {
  if (!lines.some((line) => line.includes('{{- toYaml'))) return false;
  let depth = 0;
  let open = false;
  for (const line of lines) {
    const [, action] = /^ *\{\{- (if|with|range|end|else|toYaml)\b/.exec(line) ?? [];
    if (action === 'end') depth -= 1;
    else if (action === 'toYaml') open = true;
    else if (action === undefined && depth === 0) open = false;
    else if (action !== undefined && action !== 'else') depth += 1;
  }
  return open;
}

/** _helpers.tpl: the fragments of the tier. */
export function helpersTpl(tier: TierPlan): string {
  const defines = fragments(tier);
  if (tier.usesImages) defines.push(imageHelper(tier.name));
  return `${defines.join('\n\n')}\n`;
}

/** The definitions of the fragments. */
export const fragments = ({ helpers }: TierTree): string[] =>
  [...helpers].map(([name, fields]) => define(name, fields));

function define(name: string, fields: readonly Field[]): string {
  const body = printDocument(fields, TEMPLATE);
  return [`{{- define "${name}" -}}`, ...body, '{{- end }}'].join('\n');
}

/** The image reference: the registry of all, or the image's own; the digest where there is one. */
function imageHelper(tier: string): string {
  return [
    `{{- define "${tier}.image" -}}`,
    '{{- $registry := .registry | default .image.registry -}}',
    '{{- printf "%s/%s:%s" $registry .image.repository .image.tag -}}',
    '{{- with .image.digest }}@{{ . }}{{ end -}}',
    '{{- end }}',
  ].join('\n');
}

/** A file of files/: the text with its values as actions, or, without any, as it is. */
export function fileTemplate(file: FileText): string {
  const parts = textParts(file.text);
  const [only] = parts;
  // Without values the text is not rendered by tpl, so nothing in it needs escaping.
  if (parts.length === 1 && only?.op === 'const') return String(only.value);
  return printParts(parts, TEMPLATE, (constant) => constant);
}
