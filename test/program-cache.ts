import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where programs are that were built for tests: TWINCHART_CACHE, by default ~/.cache/twinchart. */
export function programCache(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env['TWINCHART_CACHE'] ?? '';
  return folder === '' ? join(homedir(), '.cache/twinchart') : resolve(folder);
}
