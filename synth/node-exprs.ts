import type { Expr } from './expr';
import type { ListItem, MapEntry, Node } from './node';

/** Every expression of a tree. */
export function exprsOfNode(node: Node): Expr[] {
  const found: Expr[] = [];
  visitExprs(node, (expr) => found.push(expr));
  return found;
}

/** Calls `visit` with every expression of a tree: a platform has a million of them. */
export function visitExprs(node: Node, visit: (expr: Expr) => unknown): void {
  if (node.kind === 'value') visit(node.expr);
  else visitParts(node.kind === 'map' ? node.entries : node.items, visit);
}

function visitParts(parts: readonly (MapEntry | ListItem)[], visit: (expr: Expr) => unknown): void {
  for (const part of parts) visitPart(part, visit);
}

function visitPart(part: MapEntry | ListItem, visit: (expr: Expr) => unknown): void {
  switch (part.kind) {
    case 'field':
    case 'item':
      visitExprs(part.node, visit);
      return;
    case 'omitEmpty':
    case 'spread':
      visit(part.expr);
      return;
    case 'include':
      visitParts(part.entries, visit);
      return;
    case 'each':
      visit(part.list);
      visitExprs(part.body, visit);
      return;
    case 'block':
      visit(part.cond);
      visitParts(part.then, visit);
      visitParts(part.otherwise, visit);
  }
}
