import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, table } from '../synth/docs/page';

/* Writes docs/licences.md; a test fails while the page says something else than package-lock.json. */

const ROOT = join(__dirname, '..');

/** A package as package-lock.json has it. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Whether only work on Twinchart itself needs it. */
  readonly isDevelopment: boolean;
  readonly hasInstallScript: boolean;
}

export function lockedPackages(): Locked[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<
      string,
      { version: string; license?: string; dev?: boolean; hasInstallScript?: boolean }
    >;
  };
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version: one.version,
      license: one.license ?? 'none',
      isDevelopment: one.dev === true,
      hasInstallScript: one.hasInstallScript === true,
    }));
}

const INTRODUCTION = `\
Twinchart is under the Apache License 2.0. What it needs comes from npm, pinned with checksums in
package-lock.json; nothing of it is in this repository, and no install script of it has to run.`;

export function licencesPage(): string {
  const all = lockedPackages();
  const shipped = all.filter(({ isDevelopment }) => !isDevelopment);
  const names = [...new Set(shipped.map(({ name, version }) => `${name} ${version}`))].sort();
  const rows = names.map((label) => {
    const one = shipped.find(({ name, version }) => `${name} ${version}` === label);
    return [code(one?.name ?? ''), one?.version ?? '', one?.license ?? ''];
  });
  const parts = [
    '<!-- Made by scripts/licences-page.ts; edits are lost. -->',
    '# Licences',
    INTRODUCTION,
    '## What comes with the package',
    table(['package', 'version', 'licence'], rows),
    '## What work on it needs',
    table(['licence', 'packages'], counted(all.filter(({ isDevelopment }) => isDevelopment))),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** How many packages are under each licence, the most first. */
function counted(packages: readonly Locked[]): string[][] {
  const counts = new Map<string, number>();
  for (const { license } of packages) counts.set(license, (counts.get(license) ?? 0) + 1);
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([license, count]) => [license, String(count)]);
}

if (require.main === module) writeFileSync(join(ROOT, 'docs/licences.md'), licencesPage());
