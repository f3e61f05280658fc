import type { JsonMap } from '../merge';
import type { Json } from '../node';
import { remember } from './remember';
import { isBlockText, printScalar } from './scalar';

/*
 * JSON as plain YAML, which looks as what the templates give: two spaces, items indented below their
 * key. It makes one text, since there are a hundred thousand lines of it.
 */

const scalar = remember(printScalar);

/** Each field on lines of its own, the last one with its end; empty where there is none. */
export function printYaml(json: JsonMap, indent = 0): string {
  return fields(json, ' '.repeat(indent), ' '.repeat(indent));
}

/** `first` stands before the first field, `pad` before each other. */
function fields(json: JsonMap, first: string, pad: string): string {
  let text = '';
  let lead = first;
  for (const [key, value] of Object.entries(json)) {
    text += `${lead}${scalar(key)}:${below(value, pad)}`;
    lead = pad;
  }
  return text;
}

function items(json: readonly Json[], first: string, pad: string): string {
  let text = '';
  let lead = first;
  for (const item of json) {
    const nested = typeof item === 'object' ? content(item, '', `${pad}  `) : '';
    text += nested === '' ? `${lead}-${below(item, pad)}` : `${lead}- ${nested}`;
    lead = pad;
  }
  return text;
}

const content = (json: JsonMap | readonly Json[], first: string, pad: string): string =>
  Array.isArray(json) ? items(json, first, pad) : fields(json as JsonMap, first, pad);

/** What stands behind a key or a dash, to the end of its last line. */
function below(value: Json, pad: string): string {
  if (typeof value === 'string') return textBelow(value, pad);
  if (typeof value !== 'object') return ` ${String(value)}\n`;
  const nested = content(value, `${pad}  `, `${pad}  `);
  if (nested !== '') return `\n${nested}`;
  return Array.isArray(value) ? ' []\n' : ' {}\n';
}

function textBelow(text: string, pad: string): string {
  if (!isBlockText(text)) return ` ${scalar(text)}\n`;
  // No /^/m: it takes more than a newline for the end of a line.
  const lines = text.replace(/(^|\n)(?=[^\n])/g, `$1${pad}  `);
  return text.endsWith('\n') ? ` |\n${lines}` : ` |-\n${lines}\n`;
}
