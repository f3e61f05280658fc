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
  const distinct = told(items, labels, ({ name }) => name);
  const names = told(items, distinct, ({ kind }, name) => `${name} (${kind})`);
  return items.map((item, index) => ({ item, name: names[index] ?? item.name }));
}

/** The names, but for those that several of a tier have. */
function told(
  items: readonly Item[],
  names: readonly string[],
  instead: (item: Item, name: string) => string,
): string[] {
  const keys = items.map(({ tier }, index) => `${tier}\n${names[index] ?? ''}`);
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return items.map((item, index) => {
    const name = names[index] ?? item.name;
    return counts.get(keys[index] ?? '') === 1 ? name : instead(item, name);
  });
}
