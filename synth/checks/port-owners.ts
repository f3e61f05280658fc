import { ownersOf, remedyFor, type PortOwner, type PortRegistry } from '../ports';
import { check, finding } from './check';
import { textAt } from './json';
import { portUses, type PortUse } from './port-uses';
import type { Item } from './world';

const NAME = 'app.kubernetes.io/name';

export const portUnregistered = check({
  id: 'port-unregistered',
  rule: 'Where the platform registers its ports, each port of a container, node or Service is registered.',
  why: 'The registry is where people see who has a number, and which one they can take.',
  remedy: 'Register it with its purpose, tier and owner, or take a registered one.',
  alone: true,
  *find({ items, options: { ports } }) {
    if (ports === undefined) return;
    for (const item of items) {
      for (const { path, port } of portUses(item)) {
        if (entriesOf(port, ports).length > 0) continue;
        const free = remedyFor(ports, item.tier);
        const remedy = free === undefined ? '' : `, or ${free}`;
        yield finding(
          item,
          `${path} is ${String(port)}, which is not registered; register it with its purpose, tier and owner${remedy}`,
        );
      }
    }
  },
});

export const portOwner = check({
  id: 'port-owner',
  rule: `A registered port is only in objects of its tier whose label ${NAME} names its owner, or someone that it is shared by.`,
  why: 'Two programs on one number are taken for each other in scrape targets, network policies and logs, even where they do not clash.',
  remedy:
    'Take another number; where a program has this one by itself, name the object in sharedBy of the registered port, with the reason.',
  alone: true,
  *find({ items, options: { ports } }) {
    if (ports === undefined) return;
    for (const item of items) {
      for (const use of portUses(item)) {
        const message = complaint(item, use, ports);
        if (message !== undefined) yield finding(item, message);
      }
    }
  },
});

function complaint(
  { tier, json }: Item,
  { path, port }: PortUse,
  registry: PortRegistry,
): string | undefined {
  const entries = entriesOf(port, registry);
  const [entry] = entries;
  const name = textAt(json, 'metadata', 'labels', NAME);
  const isOwner = (one: PortOwner) => one.tier === tier && one.owner === name;
  if (entry === undefined || entries.flatMap(ownersOf).some(isOwner)) return undefined;
  const owned = `${path} is ${String(port)}, which belongs to ${entry.owner} of tier ${entry.tier}`;
  if (name === '') {
    return `${owned}, and the object has no label ${NAME}; label it with the name of its owner`;
  }
  const remedy = remedyFor(registry, tier) ?? 'give it a number of its own';
  const shared = entry.range === undefined ? `, or name it in sharedBy of port ${entry.name}` : '';
  return `${owned}, not to ${name} of tier ${tier}; ${remedy}${shared}`;
}

const entriesOf = (number: number, { entries }: PortRegistry) =>
  entries.filter(({ port }) => port === number);
