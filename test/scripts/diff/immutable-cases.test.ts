import { fixedFields } from '../../../scripts/diff/immutable';
import { CASES, told } from '../../cluster/immutable-cases';

/* test/cluster/immutable.test.ts shows each of these to real API servers. */
test('every field that is refused is one that the cluster suite shows to an API server', () => {
  const shown = CASES.flatMap((one) =>
    one.changes.flatMap((change) => told(one, change).map(({ field }) => `${one.kind} ${field}`)),
  );
  const fixed = fixedFields().map(({ kind, field }) => `${kind} ${field}`);
  // Of a spec that is fixed as a whole, a field of it stands for it.
  const isShown = (field: string) =>
    shown.some((one) => one === field || one.startsWith(`${field}.`));
  expect(fixed.filter((field) => !isShown(field))).toEqual([]);
});
