import type { JsonMap } from '../merge';
import { isEmpty, type Json } from '../node';
import { remember } from './remember';
import { isBlockText, printScalar } from './scalar';

/*
 * JSON as plain YAML, which looks as what the templates give: two spaces, items indented below their
 * key. It makes one text by adding at its end, since there are a hundred thousand lines of it: to put
 * texts of parts into those of larger parts took twice as long.
 */

/** Each field on lines of its own, the last one with its end; empty where there is none. */
export function printYaml(json: JsonMap, indent = 0): string {
  const printer = new Printer();
  printer.fields(json, indent);
  return printer.text;
}

/** A file of several documents. */
export function printDocuments(documents: readonly JsonMap[]): string {
  const printer = new Printer();
  for (const [index, document] of documents.entries()) {
    if (index > 0) printer.text += '---\n';
    printer.fields(document, 0);
  }
  return printer.text;
}

class Printer {
  public text = '';

  /** @param first columns of the first field, where it is not below what stands above. */
  public fields(json: JsonMap, pad: number, first = pad): void {
    let before = first;
    for (const key of Object.keys(json)) {
      this.below(keyAt(before)(key), json[key] as Json, pad);
      before = pad;
    }
  }

  private items(json: readonly Json[], pad: number, first = pad): void {
    let before = first;
    for (const item of json) {
      const dash = `${' '.repeat(before)}-`;
      before = pad;
      if (typeof item !== 'object' || isEmpty(item)) {
        this.below(dash, item, pad);
        continue;
      }
      this.text += `${dash} `;
      if (Array.isArray(item)) this.items(item, pad + 2, 0);
      else this.fields(item, pad + 2, 0);
    }
  }

  /** A key or a dash, and what stands behind it to the end of its last line. */
  private below(head: string, value: Json, pad: number): void {
    if (typeof value === 'string') {
      this.text += head + (lineOf(value) ?? blockOf(value, pad));
    } else if (typeof value !== 'object') {
      this.text += `${head} ${String(value)}\n`;
    } else if (isEmpty(value)) {
      this.text += head + (Array.isArray(value) ? ' []\n' : ' {}\n');
    } else {
      this.text += `${head}\n`;
      if (Array.isArray(value)) this.items(value, pad + 2);
      else this.fields(value, pad + 2);
    }
  }
}

/** A key with its colon, by the columns before it. */
const keys: ((key: string) => string)[] = [];
const keyAt = (columns: number) =>
  (keys[columns] ??= remember((key) => `${' '.repeat(columns)}${printScalar(key)}:`));

/** What stands behind a key or a dash, to the end of the line; undefined for a text of several lines. */
const lineOf = remember((text) => (isBlockText(text) ? undefined : ` ${printScalar(text)}\n`));

function blockOf(text: string, pad: number): string {
  // No /^/m: it takes more than a newline for the end of a line.
  const lines = text.replace(/(^|\n)(?=[^\n])/g, `$1${' '.repeat(pad + 2)}`);
  return text.endsWith('\n') ? ` |\n${lines}` : ` |-\n${lines}\n`;
}
