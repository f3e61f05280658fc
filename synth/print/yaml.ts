import { typeOf, type Expr } from '../expr';
import type { Block, ListItem, ListNode, MapEntry, MapNode, Node, Spread } from '../node';
import { presenceOf } from '../presence';
import { printCondition, type Place } from './expression';
import { remember } from './remember';
import { printScalar } from './scalar';
import { escapeTemplate, printValue, toYaml } from './value';

/*
 * YAML with template actions in it, the way people write charts: two spaces, items indented
 * below their key, control lines on the level of what they control.
 */

const keyText = remember((key) => escapeTemplate(printScalar(key)));
const pad = (indent: number) => ' '.repeat(indent);
const control = (indent: number, action: string) => `${pad(indent)}{{- ${action} }}`;

/** The lines of a document. */
export function printDocument(entries: readonly MapEntry[], place: Place): string[] {
  return printEntries(entries, 0, place);
}

function printContent(node: MapNode | ListNode, indent: number, place: Place): string[] {
  return node.kind === 'map'
    ? printEntries(node.entries, indent, place)
    : printItems(node.items, indent, place);
}

function printEntries(entries: readonly MapEntry[], indent: number, place: Place): string[] {
  return entries.flatMap((entry) => printEntry(entry, indent, place));
}

function printEntry(entry: MapEntry, indent: number, place: Place): string[] {
  switch (entry.kind) {
    case 'field':
      return printField(entry.key, entry.node, indent, place);
    case 'omitEmpty':
      return printWith(entry.expr, indent, place, () =>
        printFieldOfDot(entry.key, entry.expr, indent),
      );
    case 'include':
      return [
        control(
          indent,
          `include ${JSON.stringify(entry.name)} ${place.dotMoved ? '$' : '.'} | nindent ${String(indent)}`,
        ),
      ];
    case 'spread':
      return printSpread(entry, indent, place);
    case 'block':
      return printBlock(entry, indent, place, (part, at) => printEntry(part, at, place));
  }
}

function printField(key: string, node: Node, indent: number, place: Place): string[] {
  const start = `${pad(indent)}${keyText(key)}:`;
  if (node.kind === 'value') {
    const printed = printValue(node.expr, place);
    if (typeof printed === 'string') return [`${start} ${printed}`];
    return [`${start}${printed.header && ' '}${printed.header}`, ...printed.lines(indent + 2)];
  }
  if (isEmptyLiteral(node)) return [`${start} ${node.kind === 'map' ? '{}' : '[]'}`];
  const presence = presenceOf(node);
  if (presence === true) return [start, ...printContent(node, indent + 2, place)];
  const guard = guardOf(node, presence, place);
  return [control(indent, guard.open), start, ...guard.lines(indent + 2), control(indent, 'end')];
}

const isEmptyLiteral = (node: MapNode | ListNode) =>
  (node.kind === 'map' ? node.entries : node.items).length === 0;

/** What opens a map or list that may be left out, and its lines below that. */
interface Guard {
  readonly open: string;
  readonly lines: (indent: number) => string[];
}

function guardOf(node: MapNode | ListNode, presence: Expr, place: Place): Guard {
  const hoisted = guardOfOnly(node, place);
  if (hoisted !== undefined) return hoisted;
  return {
    open: `if ${printCondition(presence, place)}`,
    lines: (indent) => printContent(node, indent, place),
  };
}

/** With one conditional part, the part's own condition moves out and is not said twice. */
function guardOfOnly(node: MapNode | ListNode, place: Place): Guard | undefined {
  const [part, ...more]: readonly (MapEntry | ListItem)[] =
    node.kind === 'map' ? node.entries : node.items;
  if (more.length > 0) return undefined;
  if (part?.kind === 'spread') return guardWith(part.expr, place, (at) => [toYaml('.', at)]);
  if (part?.kind === 'omitEmpty') {
    return guardWith(part.expr, place, (at) => printFieldOfDot(part.key, part.expr, at));
  }
  if (part?.kind !== 'block' || part.otherwise.length > 0) return undefined;
  const inner = (
    node.kind === 'map' ? { kind: 'map', entries: part.then } : { kind: 'list', items: part.then }
  ) as MapNode | ListNode;
  if (presenceOf(inner) !== true) return undefined;
  return {
    open: `if ${printCondition(part.cond, place)}`,
    lines: (indent) => printContent(inner, indent, place),
  };
}

const guardWith = (expr: Expr, place: Place, lines: Guard['lines']): Guard => ({
  open: `with ${printCondition(expr, place)}`,
  lines,
});

function printItems(items: readonly ListItem[], indent: number, place: Place): string[] {
  return items.flatMap((item) => printItem(item, indent, place));
}

function printItem(item: ListItem, indent: number, place: Place): string[] {
  switch (item.kind) {
    case 'item':
      return printDashed(item.node, indent, place);
    case 'spread':
      return printSpread(item, indent, place);
    case 'block':
      return printBlock(item, indent, place, (part, at) => printItem(part, at, place));
    case 'each': {
      const list = printCondition(item.list, place);
      return [
        control(indent, `range $${item.binding.variable} := ${list}`),
        ...printDashed(item.body, indent, { ...place, dotMoved: true }),
        control(indent, 'end'),
      ];
    }
  }
}

/** An item: its first line carries the dash, so that line must be one that is always there. */
function printDashed(node: Node, indent: number, place: Place): string[] {
  if (node.kind === 'value') {
    const printed = printValue(node.expr, place);
    if (typeof printed === 'string') return [`${pad(indent)}- ${printed}`];
    return [
      `${pad(indent)}-${printed.header && ' '}${printed.header}`,
      ...printed.lines(indent + 2),
    ];
  }
  if (isEmptyLiteral(node)) return [`${pad(indent)}- ${node.kind === 'map' ? '{}' : '[]'}`];
  const lines = printContent(fixedFirst(node), indent + 2, place);
  if (lines[0]?.trimStart().startsWith('{{-') === true) return [`${pad(indent)}-`, ...lines];
  return lines.map((line, index) => (index > 0 ? line : `${pad(indent)}- ${line.trimStart()}`));
}

/** Moves the first field that is always there to the front; the order of keys means nothing. */
function fixedFirst(node: MapNode | ListNode): MapNode | ListNode {
  if (node.kind === 'list') return node;
  const fixed = node.entries.find(
    (entry) => entry.kind === 'field' && presenceOf(entry.node) === true,
  );
  if (fixed === undefined) return node;
  return { kind: 'map', entries: [fixed, ...node.entries.filter((entry) => entry !== fixed)] };
}

function printBlock<T>(
  block: Block<T>,
  indent: number,
  place: Place,
  print: (part: T, indent: number) => string[],
): string[] {
  const branch = (parts: readonly T[]) => parts.flatMap((part) => print(part, indent));
  const otherwise =
    block.otherwise.length === 0 ? [] : [control(indent, 'else'), ...branch(block.otherwise)];
  return [
    control(indent, `if ${printCondition(block.cond, place)}`),
    ...branch(block.then),
    ...otherwise,
    control(indent, 'end'),
  ];
}

function printSpread(spread: Spread, indent: number, place: Place): string[] {
  return printWith(spread.expr, indent, place, () => [toYaml('.', indent)]);
}

function printWith(expr: Expr, indent: number, place: Place, body: () => string[]): string[] {
  return [
    control(indent, `with ${printCondition(expr, place)}`),
    ...body(),
    control(indent, 'end'),
  ];
}

/** A field whose value is the dot that `with` set. */
function printFieldOfDot(key: string, expr: Expr, indent: number): string[] {
  const start = `${pad(indent)}${keyText(key)}:`;
  if (typeOf(expr) === 'string') return [`${start} {{ . | quote }}`];
  return [start, toYaml('.', indent + 2)];
}
