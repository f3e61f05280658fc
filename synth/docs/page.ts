/** The line by which a run knows its own pages: none is written over one by hand. */
export const sign = (source: string): string => `Made by synth from ${source}; edits are lost.`;

/**
 * The text of a page, which begins with its sign.
 * @param source what it is made from.
 * @param blocks headings, paragraphs and lists.
 */
export const page = (source: string, blocks: readonly string[]): string =>
  [`<!-- ${sign(source)} -->`, ...blocks].join('\n\n') + '\n';

export const list = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join('\n');

/** As code; a text with backticks stands between more of them. */
export function code(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const space = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${space}${text}${space}${fence}`;
}

/** As it is, whatever of Markdown or HTML it looks like. */
export const plain = (text: string): string => text.replace(/[\\`*_[\]<>~]/g, '\\$&');

/** A table as the formatter has it: columns in line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(cellText));
  const widths = head.map((_, at) => Math.max(3, ...lines.map((line) => line[at]?.length ?? 0)));
  const shown = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = lines.map((line) =>
    shown(widths.map((width, at) => (line[at] ?? '').padEnd(width))),
  );
  return padded.toSpliced(1, 0, shown(widths.map((width) => '-'.repeat(width)))).join('\n');
}

/** A row is one line, and a bar is no border. */
const cellText = (text: string) => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
