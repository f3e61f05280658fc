import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where programs are that were built for tests: TWINCHART_CACHE, by default ~/.cache/twinchart. */
export function programCache(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env['TWINCHART_CACHE'] ?? '';
  return folder === '' ? join(homedir(), '.cache/twinchart') : resolve(folder);
}

/** Of the files that a program is made from: with others it is another program. */
export function digestOf(folder: string, files = readdirSync(folder).sort()): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 12);
}
