import { asText } from '../node';
import { once } from '../once';
import { check, finding } from './check';
import { listAt, mapAt, someText, textAt, visitTexts } from './json';
import { podOf, type Container } from './pod';
import { referencesOf } from './reference-list';
import { isHarmless, isSecretName } from './secret-names';
import { formsIn, settingsIn, type IsName, type Leak } from './secret-texts';
import type { Item, World } from './world';

export const secretInOutput = check({
  id: 'secret-in-output',
  rule: 'No Secret with content is made.',
  why: 'Its content would be in dist/, in the chart and in the history of the repository, for all who read them.',
  remedy:
    'Let an ExternalSecret or a Job in the cluster make it, or a person, and say so with expectsSecret() of the tier.',
  alone: true,
  *find(world) {
    for (const item of world.ofType('Secret')) {
      for (const field of ['data', 'stringData']) {
        const keys = Object.entries(mapAt(item.json, field)).filter(([, text]) => text !== '');
        if (keys.length === 0) continue;
        yield finding(
          item,
          `/${field} has ${keys.map(([key]) => key).join(', ')}, and would be in dist/ and in the chart for all who read them; let something in the cluster or a person make the Secret, and say so with expectsSecret() of the tier`,
        );
      }
    }
  },
});

export const plainTextSecret = check({
  id: 'plain-text-secret',
  rule: 'No password, token or private key stands in a manifest.',
  why: 'Manifests and charts are read by many, and a repository never forgets.',
  remedy: 'Read it from a Secret: by secretKeyRef, or better from a mounted file.',
  *find(world) {
    const suspects = world.items.filter(isSuspect);
    if (suspects.length === 0) return;
    const isKnown = secretNames(world);
    for (const item of suspects) {
      const told = new Set<string>();
      const isName: IsName = (value) => isKnown.has(`${item.namespace}/${value}`);
      for (const { place, what } of leaksIn(item, isName)) {
        if (told.has(place)) continue;
        told.add(place);
        yield finding(
          item,
          `${place} holds ${what}, which is not shown here; read it from a Secret, and change it where this was published`,
        );
      }
    }
  },
});

/** The Secrets that there are or that something names: their names are no secrets. */
function secretNames(world: World): ReadonlySet<string> {
  const named = referencesOf(world).filter(({ type }) => type === 'Secret');
  return new Set([
    ...[...world.secrets, ...named].map(({ namespace, name }) => `${namespace}/${name}`),
    ...world
      .ofType('Secret', 'ExternalSecret')
      .map(({ namespace, name }) => `${namespace}/${name}`),
  ]);
}

/** Whether an object tells a secret, unless it is the name of one: few do. */
const isSuspect = once((item: Item) => leaksIn(item, () => false).next().done !== true);

function* leaksIn(item: Item, isName: IsName): Generator<Leak> {
  yield* byForm(item);
  if (item.type === 'ConfigMap') yield* inConfigMap(item, isName);
  for (const container of podOf(item)?.containers ?? []) yield* inContainer(container, isName);
}

function byForm({ json }: Item): Leak[] {
  const leaks: Leak[] = [];
  if (!someText(json, (text) => formsIn(text).length > 0)) return leaks;
  visitTexts(json, (text, pathNow) => {
    const forms = formsIn(text);
    if (forms.length > 0) leaks.push(...placed(pathNow(), forms));
  });
  return leaks;
}

const placed = (path: string, leaks: readonly Leak[]) =>
  leaks.map(({ place, what }) => ({ place: path + place, what }));

/** Programs name variables as they like: only quoted texts in them are literals. */
const CODE = /\.(c?js|mjs|ts|py|lua|rb|go|java|pl|php|sql)$/;

function* inConfigMap(item: Item, isName: IsName): Generator<Leak> {
  for (const [key, value] of Object.entries(mapAt(item.json, 'data'))) {
    const text = asText(value);
    const place = `/data/${key}`;
    yield* named(place, key, text, isName);
    yield* placed(place, settingsIn(text, isName, CODE.test(key)));
  }
}

function* inContainer({ path, json }: Container, isName: IsName): Generator<Leak> {
  for (const [index, variable] of listAt(json, 'env').entries()) {
    const place = `${path}/env/${String(index)}/value`;
    yield* named(place, textAt(variable, 'name'), textAt(variable, 'value'), isName);
  }
  for (const field of ['command', 'args']) {
    const words = listAt(json, field).map(asText);
    for (const [index, word] of words.entries()) {
      const place = `${path}/${field}/${String(index)}`;
      const [, before] = /^--?([A-Za-z][\w.-]*)$/.exec(words[index - 1] ?? '') ?? [];
      if (before !== undefined && !word.startsWith('-')) yield* named(place, before, word, isName);
      // A flag with its value, a variable, or a script for a shell.
      yield* placed(place, settingsIn(word, isName));
    }
  }
}

/** One setting: its name says whether it is a secret. */
function* named(place: string, name: string, value: string, isName: IsName): Generator<Leak> {
  if (isSecretName(name) && !isHarmless(name, value) && !isName(value)) {
    yield { place, what: `a literal ${name}` };
  }
}
