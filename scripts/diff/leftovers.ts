import { listAt, textAt } from '../../synth/checks/json';
import { identityOf } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';

/** Labels by which objects of one installation know each other. */
const SHARED = ['app.kubernetes.io/part-of', 'app.kubernetes.io/instance'];

/**
 * Objects in the cluster that are of the same installation and kind, in the same namespaces, and are
 * written no more: kubectl apply leaves them. None where what is written shares no label.
 * @param others objects that may be there, too.
 * @param get runs kubectl.
 */
export function leftovers(
  written: readonly JsonMap[],
  others: readonly JsonMap[],
  get: (args: string[]) => readonly JsonMap[],
): JsonMap[] {
  const labels = SHARED.flatMap((key) => {
    const values = new Set(written.map((object) => textAt(object, 'metadata', 'labels', key)));
    const [value = ''] = values;
    return values.size === 1 && value !== '' ? [`${key}=${value}`] : [];
  });
  const inNamespaces = written.filter((object) => namespaceOf(object) !== '');
  const kinds = [...new Set(inNamespaces.map((object) => identityOf(object).split('/')[0]))];
  if (labels.length === 0 || kinds.length === 0) return [];
  const known = new Set([...written, ...others].map(identityOf));
  return [...new Set(inNamespaces.map(namespaceOf))].flatMap((namespace) =>
    get([
      ...['get', kinds.join(','), '--namespace', namespace],
      ...['--selector', labels.join(','), '--output', 'json'],
    ]).filter((object) => !known.has(identityOf(object)) && !isMade(object, written)),
  );
}

const namespaceOf = (object: JsonMap) => textAt(object, 'metadata', 'namespace');

/** Whether another object made it. */
function isMade(object: JsonMap, written: readonly JsonMap[]): boolean {
  if (listAt(object, 'metadata', 'ownerReferences').length > 0) return true;
  return (
    textAt(object, 'kind') === 'PersistentVolumeClaim' &&
    written.some((set) => isClaimOf(object, set))
  );
}

/** `data-mongodb-0` */
const isClaimOf = (claim: JsonMap, set: JsonMap): boolean =>
  namespaceOf(set) === namespaceOf(claim) &&
  listAt(set, 'spec', 'volumeClaimTemplates').some((template) => {
    const start = `${textAt(template, 'metadata', 'name')}-${textAt(set, 'metadata', 'name')}-`;
    const name = textAt(claim, 'metadata', 'name');
    return name.startsWith(start) && /^\d+$/.test(name.slice(start.length));
  });
