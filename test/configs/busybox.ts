import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { installed } from './programs';

/* The tools of images of Alpine, the one program that they all are; Debian has it, too. */

export const busybox = installed('busybox');

/** A test that needs it; where there is none, it is skipped and says why. */
export function withBusybox(name: string, body: () => Promise<void>): void {
  if (busybox === undefined) test.skip(`${name} (there is no busybox)`, body);
  else test(name, body);
}

/** Makes a folder that is all of PATH. */
export function toolsIn(folder: string): string {
  mkdirSync(folder);
  spawnSync(busybox ?? '', ['--install', '-s', folder]);
  return folder;
}
