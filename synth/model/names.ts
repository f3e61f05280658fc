import { textAt } from '../checks/json';
import type { Item } from '../checks/world';

export const NAME = 'app.kubernetes.io/name';

export interface Named {
  readonly item: Item;
  readonly name: string;
}

/** What people call each system: its label; where several of a tier share one, their own names. */
export function named(items: readonly Item[]): Named[] {
  const labels = items.map((item) => textAt(item.json, 'metadata', 'labels', NAME) || item.name);
  const distinct = items.map((item, index) =>
    isShared(items, labels, index) ? item.name : (labels[index] ?? item.name),
  );
  return items.map((item, index) => {
    const name = distinct[index] ?? item.name;
    return { item, name: isShared(items, distinct, index) ? `${name} (${item.kind})` : name };
  });
}

const isShared = (items: readonly Item[], names: readonly string[], index: number) =>
  items.some(
    ({ tier }, at) => at !== index && tier === items[index]?.tier && names[at] === names[index],
  );
