import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { helm3, helm4, kubectl as kubectlProgram } from '../../synth/proof/programs';
import { refusedFields } from '../scripts/upgrade-check/bad-objects';
import { good } from '../scripts/upgrade-check/good';
import type { BadSeed, Seed } from '../scripts/upgrade-check/seed';
import { patched, shop, type Shop } from '../scripts/upgrade-check/shop';
import { deleteNamespaces, kubectl, run, version, type Ended } from './kube';

/*
 * Upgrades for real: the changes that test/scripts/upgrade-check calls bad fail here, and those that it
 * calls good do not. The old version is written there, so that it is the same in every clone.
 */

const program = version.startsWith('1.28.') ? helm3() : helm4();
const manifests = (objects: Shop) => Object.values(objects).map((one) => JSON.stringify(one));
const text = (objects: Shop) => manifests(objects).join('\n---\n');

function apply(objects: Shop, ...flags: string[]): Promise<Ended> {
  const args = ['apply', '--server-side', ...flags, '-f', '-'];
  return run(kubectlProgram().path, args, text(objects));
}

const folder = mkdtempSync(join(tmpdir(), 'twinchart-upgrade-'));
const name = 'helmshop';
const RELEASE_NAMESPACE = 'shop-release';

afterAll(async () => {
  rmSync(folder, { recursive: true });
  const own = ['shop', name].flatMap((shop) => [
    `storageclass/${shop}-fast`,
    `priorityclass/${shop}-high`,
    `runtimeclass/${shop}-runtime`,
  ]);
  await kubectl('delete', '--ignore-not-found', '--wait=false', ...own);
  const namespaces = ['shop', name].flatMap((shop) => [shop, `${shop}-archive`]);
  await deleteNamespaces([...namespaces, RELEASE_NAMESPACE]);
});

const titled = <T extends { title: string }>(seeds: readonly T[]) =>
  seeds.map((seed) => [seed.title, seed] as const);

/** Only a claim that is bound can grow. */
const bound = (namespace: string): Promise<Ended> =>
  kubectl(
    ...['wait', '--for=jsonpath={.status.phase}=Bound', '--timeout=120s'],
    ...['--namespace', namespace, 'pvc/dumps'],
  );

/** `Deployment web` */
function refusedOf({ refuses = '' }: BadSeed): string {
  const { kind, metadata } = shop[refuses] as { kind: string; metadata: { name: string } };
  return `${kind} ${metadata.name}`;
}

describe('kubectl', () => {
  beforeAll(async () => {
    expect(await apply(shop)).toMatchObject({ code: 0, stderr: '' });
    expect(await bound('shop')).toMatchObject({ code: 0 });
  });

  test.each(titled(refusedFields))('is refused %s', async (_, seed) => {
    const { code, stderr } = await apply(changed(seed), '--dry-run=server', '--force-conflicts');
    expect({ code, refused: refusedIn(stderr) }).toEqual({ code: 1, refused: [refusedOf(seed)] });
  });

  test.each(titled(good))('may apply %s', async (_, seed) => {
    const { code, stderr } = await apply(changed(seed), '--dry-run=server');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

/** The objects that a seed changes; all where it changes none. */
function changed({ objects = {} }: Seed): Shop {
  const keys = Object.keys(objects);
  const left = Object.entries(patched(shop, objects)).filter(([key]) => keys.includes(key));
  return left.length === 0 ? shop : Object.fromEntries(left);
}

/** `Deployment web`, as all clients say that one is refused. */
const refusedIn = (stderr: string): string[] => [
  ...new Set(
    [...stderr.matchAll(/([A-Z][A-Za-z]+)(?:\.[\w.]+)? "([^"]+)" is invalid: /g)].map(
      ([, kind = '', name = '']) => `${kind} ${name}`,
    ),
  ),
];

describe(`Helm ${program.version}`, () => {
  mkdirSync(join(folder, 'templates'));
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 1.0.0\n');

  /** The shop under another name, as kubectl has the other. */
  const helm = (command: string, objects: Shop): Promise<Ended> => {
    const renamed = text(objects).replaceAll('"shop', `"${name}`);
    writeFileSync(join(folder, 'templates/all.yaml'), renamed);
    const flags = command === 'install' ? ['--create-namespace'] : [];
    return run(program.path, [command, name, folder, '--namespace', RELEASE_NAMESPACE, ...flags]);
  };
  beforeAll(async () => {
    expect(await helm('install', shop)).toMatchObject({ code: 0, stderr: '' });
    expect(await bound(name)).toMatchObject({ code: 0 });
  });
  test('fails at each object of all that is bad at once', async () => {
    const bad = refusedFields.reduce((all, { objects = {} }) => patched(all, objects), shop);
    const { code, stderr } = await helm('upgrade', bad);
    const refused = refusedIn(stderr).map((one) => one.replace(` ${name}`, ' shop'));
    expect({ code, refused: refused.sort() }).toEqual({
      code: 1,
      refused: [...new Set(refusedFields.map(refusedOf))].sort(),
    });
  });

  test('upgrades to all that is good at once', async () => {
    const changes = good.filter(({ title }) => !title.endsWith('is gone'));
    const all = changes.reduce((all, { objects = {} }) => patched(all, objects), shop);
    expect(await helm('upgrade', all)).toMatchObject({ code: 0, stderr: '' });
  });
});
