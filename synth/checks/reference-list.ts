import type { Json } from '../node';
import { at, listAt, mapAt, textAt } from './json';
import { once } from '../once';
import type { Pod } from './pod';
import { typeOf, type Item, type World } from './world';

/** A place in an object that names another object. */
export interface Reference {
  readonly from: Item;
  /** Path of the name. */
  readonly path: string;
  /** Type of the other, as objects have it. */
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  /** Whether Kubernetes does without the other. */
  readonly optional: boolean;
  /** The keys that are read of it, with their paths. */
  readonly keys: readonly { readonly path: string; readonly key: string }[];
}

/** All references in an environment. */
export const referencesOf = once((world: World): readonly Reference[] => [...referencesIn(world)]);

function* referencesIn(world: World): Generator<Reference> {
  for (const pod of world.pods) yield* ofPod(pod);
  for (const item of world.ofType('StatefulSet')) {
    yield* reference(item, 'Service', '/spec/serviceName');
  }
  for (const item of world.ofType('Ingress')) yield* ingressReferences(item);
  for (const item of world.ofType('HTTPRoute')) yield* routeReferences(item);
  for (const item of world.ofType('HorizontalPodAutoscaler', 'ScaledObject')) {
    yield* reference(item, targetType(item), '/spec/scaleTargetRef/name');
  }
  const namespaces = new Set(world.items.map(({ namespace }) => namespace));
  for (const item of world.ofType('RoleBinding', 'ClusterRoleBinding')) {
    yield* bindingReferences(item, namespaces);
  }
}

/** The type of what an autoscaler scales. */
export function targetType({ json }: Item): string {
  // A ScaledObject may leave both out, and then means a Deployment.
  const target = { apiVersion: 'apps/v1', kind: 'Deployment' };
  return typeOf({ ...target, ...mapAt(json, 'spec', 'scaleTargetRef') });
}

const ofPod = once((pod: Pod) => [...podReferences(pod)]);

function* podReferences(pod: Pod): Generator<Reference> {
  const { owner, path, spec } = pod;
  if (textAt(spec, 'serviceAccountName') !== 'default') {
    yield* reference(owner, 'ServiceAccount', `${path}/serviceAccountName`);
  }
  for (const index of listAt(spec, 'volumes').keys()) {
    yield* volumeReferences(owner, `${path}/volumes/${String(index)}`);
  }
  for (const container of pod.containers) {
    for (const [index, variable] of listAt(container.json, 'env').entries()) {
      if (at(variable, 'valueFrom') === undefined) continue;
      const source = `${container.path}/env/${String(index)}/valueFrom`;
      yield* reference(owner, 'ConfigMap', `${source}/configMapKeyRef/name`, ['key']);
      yield* reference(owner, 'Secret', `${source}/secretKeyRef/name`, ['key']);
    }
    for (const index of listAt(container.json, 'envFrom').keys()) {
      const source = `${container.path}/envFrom/${String(index)}`;
      yield* reference(owner, 'ConfigMap', `${source}/configMapRef/name`);
      yield* reference(owner, 'Secret', `${source}/secretRef/name`);
    }
  }
}

function* volumeReferences(owner: Item, path: string): Generator<Reference> {
  yield* reference(
    owner,
    'ConfigMap',
    `${path}/configMap/name`,
    itemKeys(owner, `${path}/configMap`),
  );
  yield* reference(owner, 'Secret', `${path}/secret/secretName`, itemKeys(owner, `${path}/secret`));
  yield* reference(owner, 'PersistentVolumeClaim', `${path}/persistentVolumeClaim/claimName`);
  for (const index of listAt(find(owner, path), 'projected', 'sources').keys()) {
    const source = `${path}/projected/sources/${String(index)}`;
    for (const [type, key] of [
      ['ConfigMap', 'configMap'] as const,
      ['Secret', 'secret'] as const,
    ]) {
      yield* reference(owner, type, `${source}/${key}/name`, itemKeys(owner, `${source}/${key}`));
    }
  }
}

const itemKeys = (owner: Item, path: string) =>
  [...listAt(find(owner, path), 'items').keys()].map((index) => `items/${String(index)}/key`);

function* ingressReferences(item: Item): Generator<Reference> {
  yield* reference(item, 'Service', '/spec/defaultBackend/service/name');
  for (const { path } of ingressBackends(item)) {
    yield* reference(item, 'Service', `${path}/name`);
  }
  for (const index of listAt(item.json, 'spec', 'tls').keys()) {
    yield* reference(item, 'Secret', `/spec/tls/${String(index)}/secretName`);
  }
}

/** The Services that the rules of an Ingress lead to: the path of each, and what it says. */
export const ingressBackends = ({ json }: Item) =>
  listAt(json, 'spec', 'rules').flatMap((rule, row) =>
    listAt(rule, 'http', 'paths').map((route, column) => ({
      path: `/spec/rules/${String(row)}/http/paths/${String(column)}/backend/service`,
      service: mapAt(route, 'backend', 'service'),
    })),
  );

function* routeReferences(item: Item): Generator<Reference> {
  for (const { path, backend } of routeBackends(item)) {
    yield* reference(item, 'Service', `${path}/name`, [], textAt(backend, 'namespace'));
  }
}

/** The Services that the rules of an HTTPRoute lead to. */
export const routeBackends = ({ json }: Item) =>
  listAt(json, 'spec', 'rules')
    .flatMap((rule, row) =>
      listAt(rule, 'backendRefs').map((backend, column) => ({
        path: `/spec/rules/${String(row)}/backendRefs/${String(column)}`,
        backend,
      })),
    )
    .filter(({ backend }) => ['', 'Service'].includes(textAt(backend, 'kind')));

function* bindingReferences(item: Item, namespaces: ReadonlySet<string>): Generator<Reference> {
  if (textAt(item.json, 'roleRef', 'kind') === 'Role') {
    yield* reference(item, 'Role', '/roleRef/name');
  }
  for (const [index, subject] of listAt(item.json, 'subjects').entries()) {
    const namespace = textAt(subject, 'namespace');
    // Accounts in namespaces of others are theirs.
    if (textAt(subject, 'kind') !== 'ServiceAccount' || !namespaces.has(namespace)) continue;
    if (textAt(subject, 'name') === 'default') continue;
    yield* reference(item, 'ServiceAccount', `/subjects/${String(index)}/name`, [], namespace);
  }
}

/** What stands at the path, if anything does. Paths of keys start where the name stands. */
function* reference(
  from: Item,
  type: string,
  path: string,
  keys: readonly string[] = [],
  namespace = '',
): Generator<Reference> {
  const name = textAt(from.json, ...partsOf(path));
  if (name === '') return;
  const place = path.slice(0, path.lastIndexOf('/'));
  yield {
    from,
    path,
    type,
    namespace: namespace === '' ? from.namespace : namespace,
    name,
    optional: at(find(from, place), 'optional') === true,
    keys: keys.map((key) => ({
      path: `${place}/${key}`,
      key: textAt(find(from, `${place}/${key}`)),
    })),
  };
}

const partsOf = (path: string) => path.split('/').slice(1);

const find = ({ json }: Item, path: string): Json | undefined => at(json, ...partsOf(path));
