import { listAt, textAt } from '../../synth/checks/json';
import type { JsonMap } from '../../synth/merge';
import type { Change } from '../diff/changes';
import type { Compared } from '../diff/compare';
import { groupBy } from '../diff/group';
import { refusedFields } from '../diff/immutable';
import { shownIdentity } from '../diff/report';
import { phraseOf, type Finding } from './finding';

/** What of an environment's objects an upgrade refuses, or loses. */
export function findingsInObjects(environment: string, objects: readonly Compared[]): Finding[] {
  const found = [
    ...objects.flatMap(refused),
    ...objects.flatMap(dropped),
    ...objects.flatMap(notKept),
    ...moved(objects),
  ];
  return found.map((finding) => ({ ...finding, where: environment }));
}

type Found = Omit<Finding, 'where'>;

/** Fields that the API server lets nobody change. */
function refused({ identity, before = {}, changes }: Compared): Found[] {
  const object = shownIdentity(identity);
  return refusedFields(kindOf(identity), before, changes).map(
    ({ name, field, changes, why, remedy }) => ({
      rule: name,
      message: `${object}: ${phraseOf(changes)}, but ${field} ${why}; ${remedy}${growing(name, changes)}.`,
      names: [object, field],
    }),
  );
}

/** A template is for claims to come; those that are there grow one by one. */
const growing = (rule: string, changes: readonly Change[]): string =>
  rule === 'claim-template' && changes.some(({ path }) => path.at(-1) === 'storage')
    ? ', after growing its claims themselves (docs/operations.md, "Grow a volume")'
    : '';

/** Volumes and namespaces that the new version knows nothing of any more. */
function dropped({ identity, fate, before = {} }: Compared): Found[] {
  if (fate !== 'disappears') return [];
  const [kind, object] = [kindOf(identity), shownIdentity(identity)];
  if (kind === 'Namespace') {
    const message = `${object} is gone from the output, so nobody looks after what is in it; keep its tier and its name under global.namespaces, or move the data first and delete it.`;
    return [{ rule: 'namespace-dropped', message, names: [object] }];
  }
  const claims = kind === 'StatefulSet.apps' ? claimsOf(before as JsonMap) : [];
  if (kind !== 'PersistentVolumeClaim' && claims.length === 0) return [];
  const lost = claims.length === 0 ? '' : ` with the claims of its template ${claims.join(', ')}`;
  const message = `${object} is gone from the output${lost}, and its data with it; keep its name, or copy the data first.`;
  return [{ rule: 'claim-dropped', message, names: [object] }];
}

const claimsOf = (set: JsonMap): string[] =>
  listAt(set, 'spec', 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name'));

const KEEP = 'helm.sh/resource-policy';

/** Without the annotation, Helm deletes them with the release, and the data with them. */
function notKept({ identity, fate, before, after }: Compared): Found[] {
  if (fate !== 'changes') return [];
  if (!['Namespace', 'PersistentVolumeClaim'].includes(kindOf(identity))) return [];
  const [was, is] = [before, after].map((one) =>
    textAt(one as JsonMap, 'metadata', 'annotations', KEEP),
  );
  if (was !== 'keep' || is === 'keep') return [];
  const object = shownIdentity(identity);
  const now = is === '' ? 'is removed' : `changes to ${JSON.stringify(is)}`;
  const message = `${object}: metadata.annotations["${KEEP}"] ${now}, which was "keep", so Helm would delete it and its data with the release; put it back.`;
  return [{ rule: 'keep-lost', message, names: [object, `metadata.annotations["${KEEP}"]`] }];
}

/** Objects in another namespace than before: new ones beside the old, without their data. */
function moved(objects: readonly Compared[]): Found[] {
  const gone = objects.filter(({ fate }) => fate === 'disappears');
  const moves = objects
    .filter(({ fate }) => fate === 'appears')
    .flatMap(({ identity }) => {
      const { kind, namespace, name } = partsOf(identity);
      const old = gone.map((one) => partsOf(one.identity));
      const from = old.find((one) => one.kind === kind && one.name === name)?.namespace ?? '';
      const object = `${kind.split('.')[0] ?? ''} ${name}`;
      return namespace === '' || from === '' ? [] : [{ object, from, to: namespace }];
    });
  const byWay = groupBy(moves, ({ from, to }) => JSON.stringify([from, to]));
  return [...byWay].map(([way, all]): Found => {
    const [from = '', to = ''] = JSON.parse(way) as string[];
    const told = all.slice(0, 3).map(({ object }) => object);
    const more = all.length > told.length ? ` and ${String(all.length - told.length)} more` : '';
    const verb = all.length === 1 ? 'changes its' : 'change their';
    return {
      rule: 'namespace-moved',
      message: `${told.join(', ')}${more} ${verb} metadata.namespace from ${from} to ${to}, but objects do not move: new ones come to be there, without the data of the old; set the namespace back under global.namespaces, or install a new release and move the data.`,
      names: [`Namespace ${from}`, 'metadata.namespace'],
    };
  });
}

const kindOf = (identity: string): string => partsOf(identity).kind;

function partsOf(identity: string): { kind: string; namespace: string; name: string } {
  const [kind = '', namespace = '', ...name] = identity.split('/');
  return { kind, namespace, name: name.join('/') };
}
