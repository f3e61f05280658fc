import { identityOf } from '../dist';
import { check, finding } from './check';

export const sameNameTwice = check({
  id: 'same-name-twice',
  rule: 'Two objects of one kind are not in the same namespace under the same name.',
  why: 'The one that is applied last replaces the other; Helm refuses to install both.',
  remedy:
    'Give one another name or namespace; for namespaces that tiers share, set global.namespaces.create to false.',
  *find({ items, hasNamesakes }) {
    if (!hasNamesakes) return;
    const seen = new Map<string, string>();
    for (const item of items) {
      const identity = identityOf(item.json);
      const other = seen.get(identity);
      if (other === undefined) seen.set(identity, item.where);
      else {
        yield finding(
          item,
          `${other} makes an object of this kind, namespace and name too, and one would replace the other; give one another name or namespace (for namespaces that tiers share, set global.namespaces.create to false)`,
        );
      }
    }
  },
});
