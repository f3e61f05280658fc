import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Installs Python packages into a folder where it is not there yet, whole or not at all.
 * @param args what pip is to install, and how.
 * @param left milliseconds that are left. Default: as many as it takes.
 * @throws Error with what is missing, or what failed.
 */
export function pipInstall(folder: string, args: readonly string[], left?: () => number): void {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  const scratch = mkdtempSync(`${folder}-`);
  try {
    const all = ['-m', 'pip', 'install', '--quiet', '--target', scratch, ...args];
    const timeout = left?.();
    const { status, error, stderr } = spawnSync('python3', all, { timeout, encoding: 'utf8' });
    if (status !== 0) throw new Error(`"pip install": ${error?.message ?? stderr.trim()}`);
    renameSync(scratch, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
