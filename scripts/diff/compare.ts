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
}

/** Compares all objects, whichever file they are in: those of the new version first, in its order. */
export function compare(before: readonly string[], after: readonly string[]): Compared[] {
  const [old, now] = [objectsIn(before), objectsIn(after)];
  const kept = [...now].map(([identity, object]): Compared => {
    const was = old.get(identity);
    if (was === undefined) return { identity, fate: 'appears', changes: [], refusals: [] };
    const changes = changesIn(was, object);
    const [kind = ''] = identity.split('/');
    const fate = changes.length === 0 ? 'stays' : 'changes';
    return { identity, fate, changes, refusals: refusals(kind, was, changes) };
  });
  const gone = [...old.keys()].filter((identity) => !now.has(identity));
  return [
    ...kept,
    ...gone.map((identity): Compared => ({
      identity,
      fate: 'disappears',
      changes: [],
      refusals: [],
    })),
  ];
}

type Manifest = Record<string, Parsed>;

function objectsIn(files: readonly string[]): Map<string, Manifest> {
  const objects = files.flatMap((text) => parseManifests(text));
  // Of an object, identityOf reads texts only, and those are the same in both kinds of data.
  return new Map(objects.map((object) => [identityOf(object as JsonMap), object]));
}
