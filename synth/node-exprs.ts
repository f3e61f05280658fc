import type { Expr } from './expr';
import type { ListItem, MapEntry, Node } from './node';

/** Every expression of a tree. */
export function exprsOfNode(node: Node): Expr[] {
  if (node.kind === 'value') return [node.expr];
  return node.kind === 'map' ? node.entries.flatMap(exprsOfPart) : node.items.flatMap(exprsOfPart);
}

function exprsOfPart(part: MapEntry | ListItem): Expr[] {
  switch (part.kind) {
    case 'field':
    case 'item':
      return exprsOfNode(part.node);
    case 'omitEmpty':
    case 'spread':
      return [part.expr];
    case 'include':
      return part.entries.flatMap(exprsOfPart);
    case 'each':
      return [part.list, ...exprsOfNode(part.body)];
    case 'block':
      return [part.cond, ...[...part.then, ...part.otherwise].flatMap(exprsOfPart)];
  }
}
