import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where programs are that were built for tests: TWINCHART_CACHE, by default ~/.cache/twinchart. */
export const cacheFolder = (): string =>
  resolve(process.env['TWINCHART_CACHE'] ?? join(homedir(), '.cache/twinchart'));
