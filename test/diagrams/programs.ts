import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/* What the suite needs beside the repository's own packages. */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Chromium, from TWINCHART_CHROMIUM or from PATH.
 * @throws Error with what to do where there is none.
 */
export function chromiumPath(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [process.env['TWINCHART_CHROMIUM'] ?? '', ...places].find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    `There is no Chromium: none of ${NAMES.join(', ')} is in PATH, and TWINCHART_CHROMIUM names none; install the package chromium.`,
  );
}

function isProgram(path: string): boolean {
  if (path === '') return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A package of this folder: they are no dependencies of the repository, so neither are their types. */
export const packaged = (name: string): unknown => createRequire(__filename)(name);

/** The script by which browsers have Mermaid. */
export const MERMAID = join(__dirname, 'node_modules/mermaid/dist/mermaid.min.js');

/** Ends the suite with one sentence where something is missing. */
export default function requirePrograms(): void {
  chromiumPath();
  if (existsSync(MERMAID) && existsSync(join(__dirname, 'node_modules/playwright-core'))) return;
  throw new Error('Mermaid and playwright-core are missing; run "npm ci" in test/diagrams.');
}
