import { identityOf } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';
import { parseManifests, type Parsed } from '../../synth/proof/parse';
import { changesIn, type Change } from './changes';
import { refusals } from './immutable';

/** One object in two versions of an environment. */
export interface Compared {
  /** `StatefulSet.apps/platform-data/mongodb` */
  readonly identity: string;
  readonly fate: 'appears' | 'disappears' | 'changes' | 'stays';
  readonly changes: readonly Change[];
  /** What the API server will refuse. */
  readonly refusals: readonly string[];
  /** The object where there is one. */
  readonly before?: Manifest;
  readonly after?: Manifest;
}

export type Manifest = Record<string, Parsed>;

/** Compares all objects, whichever file they are in: those of the new version first, in its order. */
export function compare(before: readonly string[], after: readonly string[]): Compared[] {
  return compareObjects(
    before.flatMap((text) => parseManifests(text)),
    after.flatMap((text) => parseManifests(text)),
  );
}

/** As compare, of objects. */
export function compareObjects(
  before: readonly Manifest[],
  after: readonly Manifest[],
): Compared[] {
  const [old, now] = [byIdentity(before), byIdentity(after)];
  const kept = [...now].map(([identity, after]): Compared => {
    const before = old.get(identity);
    if (before === undefined) {
      return { identity, fate: 'appears', changes: [], refusals: [], after };
    }
    const [kind = ''] = identity.split('/');
    const changes = changesIn(before, after);
    return {
      identity,
      fate: changes.length === 0 ? 'stays' : 'changes',
      changes: kind === 'Secret' ? changes.map(withoutSecret) : changes,
      refusals: refusals(kind, before, changes),
      before,
      after,
    };
  });
  const gone = [...old].filter(([identity]) => !now.has(identity));
  return [
    ...kept,
    ...gone.map(([identity, before]): Compared => ({
      identity,
      fate: 'disappears',
      changes: [],
      refusals: [],
      before,
    })),
  ];
}

const HIDDEN = 'not shown';

/** That a Secret's content changes is told, and not what it is. */
function withoutSecret(change: Change): Change {
  const [field] = change.path;
  if (field !== 'data' && field !== 'stringData') return change;
  return {
    ...change,
    ...('before' in change && { before: HIDDEN }),
    ...('after' in change && { after: HIDDEN }),
  } as Change;
}

function byIdentity(objects: readonly Manifest[]): Map<string, Manifest> {
  // Of an object, identityOf reads texts only, and those are the same in both kinds of data.
  return new Map(objects.map((object) => [identityOf(object as JsonMap), object]));
}
