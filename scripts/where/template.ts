import { shownPart, type Path } from './line';

/** Spaces, dashes, and either a key with what stands behind it or something else. */
const LINE = /^( *)((?:-(?: |$))*)(?:("(?:[^"\\]|\\.)*"|[^\s"'{-][^:]*?):(?= |$) ?)?(.*)$/;

interface Line {
  /** Columns of its dashes. */
  readonly dashes: readonly number[];
  /** Column of what follows them. */
  readonly column: number;
  readonly key: string | undefined;
  readonly opensText: boolean;
}

/** Stands for an item of a list: which one is not known before the values are. */
const ITEM = Symbol('item');

export interface TemplateField {
  /** `spec.containers[].image` */
  readonly shown: string;
  /** The part before the first list. */
  readonly path: Path;
}

/** The field that a line of a template shows, found by indentation. */
export function fieldInTemplate(lines: readonly string[], line: number): TemplateField {
  const path: (string | typeof ITEM)[] = [];
  let left = Infinity;
  for (const { dashes, column, key, opensText } of lines.slice(0, line).reverse().flatMap(parse)) {
    const [start = column] = dashes;
    if (start >= left) continue;
    // What is in a text may look like a field.
    if (opensText) path.length = 0;
    if (key !== undefined && column < left) path.unshift(key);
    for (const dash of dashes.toReversed()) if (dash < left) path.unshift(ITEM);
    // An action or a line of a text is no field, but what it belongs to stands further left.
    left = start;
  }
  const known = path.slice(0, [...path, ITEM].indexOf(ITEM)) as string[];
  const shown = path.map((part) => (part === ITEM ? '[]' : shownPart(part))).join('');
  return { shown: shown.replace(/^\./, ''), path: known };
}

function parse(text: string): Line[] {
  const [, pad = '', dashes = '', name, rest = ''] = LINE.exec(text) ?? [];
  if (text.trim() === '') return [];
  const count = Math.ceil(dashes.length / 2);
  const columns = Array.from({ length: count }, (_, index) => pad.length + 2 * index);
  return [
    {
      dashes: columns,
      column: pad.length + 2 * count,
      key: name?.startsWith('"') === true ? (JSON.parse(name) as string) : name,
      opensText: /^\|[+-]?\d*$/.test(rest),
    },
  ];
}
