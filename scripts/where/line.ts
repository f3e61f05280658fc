import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type ParsedNode,
} from 'yaml';

export type Path = readonly (string | number)[];

/** What a line of a file of dist/ belongs to. */
export interface Spot {
  /** Which of the file's objects, from 0. */
  readonly document: number;
  readonly path: Path;
  /** Which line of a text of several lines, from 0; undefined for the line of the field itself. */
  readonly textLine: number | undefined;
}

/** The field that a line shows; undefined for a line between two objects. */
export function spotOf(text: string, line: number): Spot | undefined {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter });
  const spots = new Map<number, Spot>();
  const lineAt = (offset: number) => lineCounter.linePos(offset).line;
  const visit = (node: unknown, document: number, path: Path) => {
    if (isPair<ParsedNode, ParsedNode | null>(node)) {
      const key = isScalar(node.key) ? String(node.key.value) : '';
      const below = [...path, key];
      spots.set(lineAt(node.key.range[0]), { document, path: below, textLine: undefined });
      visit(node.value, document, below);
    } else if (isMap(node)) {
      for (const pair of node.items) visit(pair, document, path);
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        const below = [...path, index];
        const [start] = (item as ParsedNode).range;
        spots.set(lineAt(start), { document, path: below, textLine: undefined });
        visit(item, document, below);
      }
    } else if (isScalar(node) && node.type === 'BLOCK_LITERAL') {
      const [start, end] = (node as ParsedNode).range;
      const first = lineAt(start) + 1;
      for (let at = first; at <= lineAt(end - 1); at += 1)
        spots.set(at, { document, path, textLine: at - first });
    }
  };
  for (const [index, { contents }] of documents.entries()) visit(contents, index, []);
  return spots.get(line);
}

/** `spec.containers[0].image`; keys with dots in them in quotes. */
export const shownPath = (path: Path): string => path.map(shownPart).join('').replace(/^\./, '');

export function shownPart(part: string | number): string {
  if (typeof part === 'number') return `[${String(part)}]`;
  return /^[\w-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
}
