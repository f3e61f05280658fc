import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Package {
  /** Where it is installed under another. */
  readonly name?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly resolved?: string;
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

type Packages = [key: string, Package][];

const FOLDERS = ['', 'test/bench/node/', 'test/diagrams/'];
/** Those with packages that have a binary for each platform. */
const WITH_BINARIES = ['package-lock.json', 'test/diagrams/package-lock.json'];
const parse = (path: string): unknown =>
  JSON.parse(readFileSync(resolve(__dirname, '../..', path), 'utf8'));

const locks = FOLDERS.map((folder): [path: string, packages: Packages] => {
  const path = `${folder}package-lock.json`;
  const lock = parse(path) as { packages: Record<string, Package> };
  return [path, Object.entries(lock.packages).filter(([key]) => key !== '')];
});

test.each(locks)('%s names no registry', (_, packages) => {
  const named = packages.filter(([, { resolved }]) => resolved !== undefined);
  expect(named.map(([key]) => key)).toEqual([]);
});

test.each(locks)('%s has the checksum of every package', (_, packages) => {
  const open = packages.filter(
    ([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true,
  );
  expect(open.map(([key]) => key)).toEqual([]);
});

// npm leaves out what it could not find when it wrote the file, and then `npm ci` refuses it.
test.each(WITH_BINARIES)('%s has the binaries for every platform', (path) => {
  const packages = new Map(locks).get(path) ?? [];
  const locked = new Set(packages.map(([key]) => key.replace(/^.*node_modules\//, '')));
  const needed = packages.flatMap(([, pack]) => Object.keys(pack.optionalDependencies ?? {}));
  expect(needed.length).toBeGreaterThan(0);
  expect(needed.filter((name) => !locked.has(name))).toEqual([]);
});

// What `npm ci` compares, told before anybody waits for it.
test.each(FOLDERS)('%spackage.json asks for exactly what its lock file has', (folder) => {
  const wanted = parse(`${folder}package.json`) as Package;
  const { packages } = parse(`${folder}package-lock.json`) as { packages: Record<string, Package> };
  for (const kind of ['version', 'dependencies', 'devDependencies'] as const)
    expect([kind, packages['']?.[kind]]).toEqual([kind, wanted[kind]]);
  const all = { ...wanted.dependencies, ...wanted.devDependencies };
  const locked = Object.keys(all).map((name) => {
    const { name: alias, version } = packages[`node_modules/${name}`] ?? {};
    return [name, alias === undefined ? version : `npm:${alias}@${String(version)}`];
  });
  expect(locked).toEqual(Object.entries(all));
});
