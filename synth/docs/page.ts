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
