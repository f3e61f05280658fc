import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Package {
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const path = resolve(__dirname, '../../package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Package> };
const packages = Object.entries(lock.packages).filter(([key]) => key !== '');

test('package-lock.json names no registry', () => {
  const named = packages.filter(([, { resolved }]) => resolved !== undefined);
  expect(named.map(([key]) => key)).toEqual([]);
});

test('package-lock.json has the checksum of every package', () => {
  const open = packages.filter(
    ([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true,
  );
  expect(open.map(([key]) => key)).toEqual([]);
});

// npm leaves out what it could not find when it wrote the file, and then `npm ci` refuses it.
test('package-lock.json has the binaries for every platform', () => {
  const locked = new Set(packages.map(([key]) => key.replace(/^.*node_modules\//, '')));
  const needed = packages.flatMap(([, pack]) => Object.keys(pack.optionalDependencies ?? {}));
  expect(needed.length).toBeGreaterThan(0);
  expect(needed.filter((name) => !locked.has(name))).toEqual([]);
});
