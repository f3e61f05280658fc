import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { installed, testUnless } from './programs';

/* The tools of images of Alpine, the one program that they all are; Debian has it, too. */

export const busybox = installed('busybox');

/** A test that needs it. */
export const withBusybox = testUnless(busybox === undefined ? 'there is no busybox' : undefined);

/** Makes a folder that is all of PATH. */
export function toolsIn(folder: string): string {
  mkdirSync(folder);
  spawnSync(busybox ?? '', ['--install', '-s', folder]);
  return folder;
}
