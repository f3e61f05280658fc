import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { helm4 } from '../../synth/proof/programs';
import {
  deleteFolders,
  differing,
  kubectl,
  parsed,
  refused,
  run,
  untilNone,
  type Written,
} from './kube';
import { built } from './programs';

/* Kinds of other projects, switched on, against the definitions that those projects publish. */

const CHART = resolve(__dirname, '../../helm/platform');

/** By API group: where definitions lie, and the values that switch its kinds on. */
const PROJECTS = {
  'external-secrets.io': {
    definitions: ['external-secrets', 'config/crds/bases'],
    values: { global: { secrets: { external: { enabled: true } } } },
  },
  'karpenter.sh': {
    definitions: ['karpenter', 'pkg/apis/crds'],
    values: { gpu: { pool: { karpenter: { enabled: true } } } },
  },
} as const;
type Group = keyof typeof PROJECTS;
const GROUPS = Object.keys(PROJECTS) as Group[];

const root = mkdtempSync(join(tmpdir(), 'twinchart-foreign-'));
const [definitions, objects, spoilt] = ['definitions', 'objects', 'spoilt'].map((name) =>
  mkdtempSync(join(root, name)),
) as [string, string, string];
let all: Written[];
let foreign: Written[];

beforeAll(async () => {
  all = await rendered();
  foreign = all.filter(({ apiVersion }) => isForeign(apiVersion));
  for (const group of GROUPS) await define(group);
  write(objects, [...all.filter(({ kind }) => kind === 'Namespace'), ...foreign]);
});

afterAll(async () => {
  await deleteFolders([objects]);
  if (readdirSync(definitions).length > 0) await deleteFolders([definitions]);
  rmSync(root, { recursive: true });
});

test('all kinds of other projects that templates have are switched on', () => {
  const templates = readdirSync(CHART, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && path.includes('templates/'))
    .map((path) => readFileSync(join(CHART, path), 'utf8'));
  const found = templates
    .map((text) => `${field(text, 'apiVersion')} ${field(text, 'kind')}`)
    .filter(isForeign);
  const kinds = foreign.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(new Set(kinds)).toEqual(new Set(found));
  expect(new Set(found.map((one) => one.split('/')[0]))).toEqual(new Set(GROUPS));
});

test('are taken without an error or a warning, and kept as they are', async () => {
  expect(await refused(objects, '--server-side')).toEqual([]);
  expect(await differing(objects)).toEqual([]);
});

test('are refused with a field that is not known', async () => {
  write(
    spoilt,
    foreign.map((object) => ({ ...object, spec: { ...spec(object), spoilt: 1 } }) as Written),
  );
  const lines = await refused(spoilt, '--server-side', '--dry-run=server');
  const told = lines.filter((line) => line.includes('.spec.spoilt: field not declared in schema'));
  expect(told).toHaveLength(foreign.length);
});

test('every object has a namespace where its kind has one, and nowhere else', async () => {
  const ask = async (namespaced: boolean): Promise<string[]> => {
    const flags = ['--no-headers', `--namespaced=${String(namespaced)}`];
    const { stdout } = await kubectl('api-resources', ...flags);
    return stdout.split('\n').map((line) => line.trim().split(/ +/).at(-1) ?? '');
  };
  const inNone = await ask(false);
  const wrong = all.filter(
    ({ kind, metadata }) => (metadata.namespace === undefined) !== inNone.includes(kind),
  );
  expect(wrong.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([]);
});

/** Karpenter is in the pool of EKS only. */
async function rendered(): Promise<Written[]> {
  const files = ['prod', 'eks'].flatMap((name) => ['-f', join(CHART, `values-${name}.yaml`)]);
  const more = GROUPS.flatMap((group) => {
    const path = join(root, `${group}.json`);
    writeFileSync(path, JSON.stringify(PROJECTS[group].values));
    return ['-f', path];
  });
  const args = ['template', 'platform', CHART, '--namespace', 'platform-release'];
  const { code, stdout, stderr } = await run(helm4().path, [...args, ...files, ...more]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return parsed(stdout);
}

/** In a cluster that has a definition, that one stays. */
async function define(group: Group): Promise<void> {
  const [module, folder] = PROJECTS[group].definitions;
  const kinds = foreign.filter(({ apiVersion }) => apiVersion.startsWith(`${group}/`));
  for (const kind of new Set(kinds.map((one) => `${one.kind.toLowerCase()}s`))) {
    if ((await kubectl('get', 'crd', `${kind}.${group}`)).code === 0) continue;
    const text = readFileSync(join(await built(module), folder, `${group}_${kind}.yaml`), 'utf8');
    writeFileSync(join(definitions, `${kind}.yaml`), text);
    const path = join(definitions, `${kind}.yaml`);
    // What an older API server does not know of a definition, it drops.
    const made = await kubectl('create', '--validate=ignore', '-f', path);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const wait = ['wait', '--for=condition=Established', '--timeout=180s', '-f', path];
    expect((await kubectl(...wait)).code).toBe(0);
    // Known to discovery a moment later.
    const listed = async () => (await kubectl('get', `${kind}.${group}`, '-A')).stderr;
    const isServed = async () => ((await listed()).includes('not have a resource') ? [kind] : []);
    expect(await untilNone(isServed)).toEqual([]);
  }
}

function isForeign(apiVersion: string): boolean {
  const [group = ''] = apiVersion.split('/');
  return group.includes('.') && !group.endsWith('.k8s.io');
}

function field(text: string, name: string): string {
  return new RegExp(`^${name}: (\\S+)$`, 'm').exec(text)?.[1] ?? '';
}

function spec(object: Written): object {
  return (object as Written & { readonly spec: object }).spec;
}

function write(folder: string, documents: readonly Written[]): void {
  const text = documents.map((object) => JSON.stringify(object)).join('\n---\n');
  writeFileSync(join(folder, 'objects.yaml'), text);
}
