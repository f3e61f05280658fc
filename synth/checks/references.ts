import { show } from '../problems';
import { check, finding } from './check';
import { at, listAt, mapAt, textAt } from './json';
import { referencesOf, type Reference } from './reference-list';
import type { Item, World } from './world';

/** Kubernetes puts it into every namespace. */
const ROOT_CA = 'kube-root-ca.crt';

export const missingReference = check({
  id: 'missing-reference',
  rule: 'A ConfigMap, ServiceAccount, PersistentVolumeClaim, Service, Role or scaled workload that an object names is there.',
  why: 'The pod waits for ever for a ConfigMap, account or claim that is missing; a route or an autoscaler without its target does nothing, without an error.',
  remedy: 'Correct the name, or make the object.',
  *find(world) {
    for (const one of referencesOf(world)) {
      if (one.type === 'Secret' || one.optional || one.name === ROOT_CA) continue;
      if (world.find(one.type, one.namespace, one.name) !== undefined) continue;
      yield finding(
        one.from,
        `${one.path} is ${show(one.name)}, but no ${one.type} of that name is made in ${placeOf(one)}; correct the name, or make the ${one.type}`,
      );
    }
  },
});

export const missingSecret = check({
  id: 'missing-secret',
  rule: 'A Secret that an object names is made by the platform, by an ExternalSecret, SealedSecret or Certificate, or is declared with expectsSecret().',
  why: 'Pods wait for ever for a Secret that is missing; who installs the platform has to know which ones to make.',
  remedy: 'Correct the name, or say with expectsSecret() of the tier that someone else makes it.',
  *find(world) {
    const known = secretsOf(world);
    for (const one of referencesOf(world)) {
      if (one.type !== 'Secret' || one.optional || known.has(keyOf(one))) continue;
      yield finding(
        one.from,
        `${one.path} is ${show(one.name)}, but no Secret of that name is made or expected in ${placeOf(one)}; correct the name, or declare with expectsSecret() of the tier that someone else makes it`,
      );
    }
  },
});

export const missingKey = check({
  id: 'missing-key',
  rule: 'A key that is read of a ConfigMap or Secret is one that it has.',
  why: 'The pod does not start, and says so in its events only.',
  remedy: 'Correct the key, or add it.',
  *find(world) {
    const secrets = secretsOf(world);
    for (const one of referencesOf(world)) {
      const keys = one.type === 'Secret' ? secrets.get(keyOf(one)) : configKeys(world, one);
      if (one.optional || keys === undefined) continue;
      for (const { path, key } of one.keys.filter((read) => !keys.includes(read.key))) {
        const has = keys.length === 0 ? 'no keys' : `only ${keys.join(', ')}`;
        yield finding(
          one.from,
          `${path} is ${show(key)}, but the ${one.type} ${one.name} has ${has}; correct the key, or add it there`,
        );
      }
    }
  },
});

const placeOf = ({ from, namespace }: Reference) =>
  from.namespace === namespace ? 'its namespace' : 'the namespace named there';

const keyOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  `${namespace}/${name}`;

function configKeys(world: World, { type, namespace, name }: Reference): string[] | undefined {
  const item = world.find(type, namespace, name);
  return item === undefined ? undefined : keysIn(item, 'data', 'binaryData');
}

const keysIn = ({ json }: Item, ...fields: readonly string[]) =>
  fields.flatMap((field) => Object.keys(mapAt(json, field)));

/** Every Secret that is there or will be, and its keys where they are known. */
function secretsOf(world: World): ReadonlyMap<string, readonly string[] | undefined> {
  return new Map(
    [...world.secrets, ...secretsMade(world)].map((secret) => [keyOf(secret), secret.keys]),
  );
}

/** A Secret, and the object that makes it. */
export interface MadeSecret {
  readonly namespace: string;
  readonly name: string;
  readonly by: Item;
  /** Undefined where they are not known. */
  readonly keys: readonly string[] | undefined;
}

/** Every Secret that an object is or makes. */
export function* secretsMade(world: World): Generator<MadeSecret> {
  const made = (by: Item, name: string, keys?: readonly string[]): MadeSecret => ({
    ...{ namespace: by.namespace, name, by, keys },
  });
  for (const item of world.ofType('Secret')) {
    // Some types are filled in by the cluster.
    const keys = keysIn(item, 'data', 'stringData');
    yield made(item, item.name, keys.length === 0 ? undefined : keys);
  }
  for (const item of world.ofType('ExternalSecret')) {
    const target = mapAt(item.json, 'spec', 'target');
    yield made(item, textAt(target, 'name') || item.name, externalKeys(item));
  }
  for (const item of world.ofType('SealedSecret')) {
    yield made(item, textAt(item.json, 'spec', 'template', 'metadata', 'name') || item.name);
  }
  for (const item of world.ofType('Certificate')) {
    yield made(item, textAt(item.json, 'spec', 'secretName'));
  }
  for (const item of world.ofType('Ingress').filter(hasIssuer)) {
    for (const tls of listAt(item.json, 'spec', 'tls')) yield made(item, textAt(tls, 'secretName'));
  }
}

/** The keys that an ExternalSecret writes; undefined where the store decides. */
function externalKeys({ json }: Item): string[] | undefined {
  const isOpen = at(json, 'spec', 'dataFrom') ?? at(json, 'spec', 'target', 'template');
  if (isOpen !== undefined) return undefined;
  return listAt(json, 'spec', 'data').map((entry) => textAt(entry, 'secretKey'));
}

/** cert-manager makes the Secret of an Ingress that names an issuer. */
const hasIssuer = ({ json }: Item) =>
  ['issuer', 'cluster-issuer'].some(
    (key) => at(json, 'metadata', 'annotations', `cert-manager.io/${key}`) !== undefined,
  );
