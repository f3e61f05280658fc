import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licencesPage, lockedPackages } from '../../scripts/licences-page';

const path = join(__dirname, '../../docs/licences.md');

test('docs/licences.md says what is locked; node --require ./register scripts/licences-page.ts writes it', () => {
  expect(readFileSync(path, 'utf8')).toBe(licencesPage());
});

/** None of them asks more of a user than to keep its notice. */
const FREE = ['0BSD', 'Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT', 'PSF-2.0', 'Unlicense'];

test('what comes with the package may be used by everybody', () => {
  const shipped = lockedPackages().filter(({ isDevelopment }) => !isDevelopment);
  expect(shipped.length).toBeGreaterThan(50);
  expect(shipped.filter(({ license }) => !FREE.includes(license))).toEqual([]);
});

test('what comes with the package has no install scripts', () => {
  const scripts = lockedPackages().filter(({ hasInstallScript }) => hasInstallScript);
  expect(scripts.filter(({ isDevelopment }) => !isDevelopment)).toEqual([]);
  // Each of these brings its binary as a package for the machine; the script is for other ways.
  expect(scripts.map(({ name }) => name).sort()).toEqual([
    '@parcel/watcher',
    '@swc/core',
    'esbuild',
    'unrs-resolver',
  ]);
});
