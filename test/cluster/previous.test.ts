import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHART, newest } from './releases';
import { deleteNamespaces, parsed, run, type Ended, type Written } from './kube';

/*
 * Upgrades from a previous release that keep its values: today's chart has a value that the previous one
 * had not, or had by another name. What comes out is as if today's chart were new, or the value is named.
 */

const RELEASE = 'platform';
const [TODAY, THEN] = ['slowOpThresholdMs', 'slowMs'];

const root = mkdtempSync(join(tmpdir(), 'twinchart-previous-'));

/** Edits of the tier data that make the previous chart of today's. */
const CHARTS = {
  without: {
    'values.yaml': (text: string) =>
      text.replace(/^ {2}slowOpThresholdMs: .*\n/m, '').replace(/^ {4}dnsNamespace: .*\n/m, ''),
    'values.schema.json': (text: string) => JSON.stringify(without(JSON.parse(text))),
    'files/mongodb/mongod.conf': (text: string) => text.replace(/{{ .Values.*Ms }}/, '100'),
    'templates/namespace/networkpolicy.yaml': (text: string) =>
      text.replace(/{{ .Values.global.network.dnsNamespace .*}}/, 'kube-system'),
  },
  renamed: {
    'values.yaml': (text: string) => text.replaceAll(TODAY, THEN),
    'values.schema.json': (text: string) => text.replaceAll(TODAY, THEN),
    'files/mongodb/mongod.conf': (text: string) =>
      text.replace(`.Values.mongodb.${TODAY}`, `.Values.mongodb.${THEN}`),
  },
};

interface Release {
  readonly chart: keyof typeof CHARTS;
  /** Of the tier, set by whoever installed it. */
  readonly mongodb: object;
}

const RELEASES = {
  'previous-without': { chart: 'without', mongodb: { cacheSizeGB: 0.5 } },
  'previous-renamed': { chart: 'renamed', mongodb: { cacheSizeGB: 0.5 } },
  'previous-renamed-set': { chart: 'renamed', mongodb: { [THEN]: 250 } },
} as const satisfies Record<string, Release>;
type Name = keyof typeof RELEASES;
const NAMES = Object.keys(RELEASES) as Name[];

beforeAll(async () => {
  const installed = NAMES.map(async (name) => {
    const args = [previous(RELEASES[name].chart, name), '-f', valuesOf(name)];
    return helm(name, 'install', RELEASE, ...args, '--create-namespace');
  });
  for (const ended of await Promise.all(installed)) {
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  }
});

afterAll(async () => {
  await Promise.all(NAMES.map((name) => helm(name, 'uninstall', RELEASE)));
  await deleteNamespaces(NAMES.flatMap((name) => [name, `${name}-data`]));
  rmSync(root, { recursive: true });
});

test.each([
  ['previous-without', '--reuse-values'],
  ['previous-without', '--reset-then-reuse-values'],
  ['previous-renamed', '--reset-then-reuse-values'],
] as const)('%s with %s is as today’s chart makes it, with what was set', async (name, flag) => {
  const { code, stdout, stderr } = await upgrade(name, flag);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { manifest } = JSON.parse(stdout) as { readonly manifest: string };
  const fresh = await helm(name, 'template', RELEASE, CHART, '-f', valuesOf(name), '--no-hooks');
  expect(indexed(manifest)).toEqual(indexed(fresh.stdout));
  expect(manifest).toContain('cacheSizeGB: 0.5');
});

test.each([
  ['previous-renamed', '--reuse-values'],
  ['previous-renamed-set', '--reuse-values'],
  ['previous-renamed-set', '--reset-then-reuse-values'],
] as const)('%s with %s is refused, naming the value', async (name, flag) => {
  const { code, stderr } = await upgrade(name, flag);
  expect(code).toBe(1);
  // Helm 3 and Helm 4 word it differently.
  expect(stderr).toMatch(
    /mongodb: Additional property slowMs is not allowed|at '\/mongodb': additional properties 'slowMs' not allowed/,
  );
});

function upgrade(name: Name, flag: string): Promise<Ended> {
  return helm(name, 'upgrade', RELEASE, CHART, flag, '--dry-run=server', '--output', 'json');
}

function helm(name: Name, ...args: string[]): Promise<Ended> {
  return run(newest().path, ['--namespace', name, ...args]);
}

/** The path of a chart that is today's but for the edits. */
function previous(chart: keyof typeof CHARTS, name: string): string {
  const folder = join(root, name);
  cpSync(CHART, folder, { recursive: true });
  for (const [path, edit] of Object.entries(CHARTS[chart])) {
    const file = join(folder, 'charts/data', path);
    const [before, after] = [readFileSync(file, 'utf8'), edit(readFileSync(file, 'utf8'))];
    expect(after).not.toBe(before);
    writeFileSync(file, after);
  }
  const values = join(folder, 'values.yaml');
  const text = readFileSync(values, 'utf8');
  if (chart === 'without') writeFileSync(values, text.replace(/^ {4}dnsNamespace: .*\n/m, ''));
  return folder;
}

/** The tier data alone, in a namespace of its own. */
function valuesOf(name: Name): string {
  const path = join(root, `${name}.json`);
  const off = ['gpu', 'app', 'network', 'cluster'].map((tier) => [tier, { enabled: false }]);
  const values = {
    global: { namespaces: { data: `${name}-data` } },
    data: { mongodb: RELEASES[name].mongodb },
    ...(Object.fromEntries(off) as object),
  };
  writeFileSync(path, JSON.stringify(values));
  return path;
}

/** Takes both values out of a schema, wherever they are. */
function without(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.filter((one) => one !== TODAY && one !== 'dnsNamespace').map(without);
  }
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key]) => key !== TODAY && key !== 'dnsNamespace');
  return Object.fromEntries(entries.map(([key, value]) => [key, without(value)]));
}

function indexed(yaml: string): Record<string, Written> {
  const id = ({ kind, metadata }: Written): string => `${kind} ${metadata.name}`;
  return Object.fromEntries(parsed(yaml).map((object) => [id(object), object]));
}
