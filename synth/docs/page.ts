/**
 * The text of a page. It begins with a line by which a run knows its own pages: none is written
 * over one by hand.
 * @param source what it is made from.
 * @param blocks headings, paragraphs and lists.
 */
export const page = (source: string, blocks: readonly string[]): string =>
  [`<!-- Made by synth from ${source}; edits are lost. -->`, ...blocks].join('\n\n') + '\n';

export const list = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join('\n');

export const code = (text: string): string => `\`${text}\``;

/** A table as the formatter has it: columns in line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, at) => Math.max(3, ...lines.map((line) => line[at]?.length ?? 0)));
  const shown = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const padded = lines.map((line) =>
    shown(widths.map((width, at) => (line[at] ?? '').padEnd(width))),
  );
  return padded.toSpliced(1, 0, shown(widths.map((width) => '-'.repeat(width)))).join('\n');
}
