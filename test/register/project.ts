import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const REGISTER = join(__dirname, '../../register');

/** The folder of a program, with packages of its own. */
export class Project {
  public readonly path = mkdtempSync(join(tmpdir(), 'twinchart-register-'));
  /** Where caches are. */
  public readonly caches = join(this.path, 'node_modules/.cache/twinchart');

  public constructor() {
    mkdirSync(join(this.path, 'node_modules'));
  }

  public remove(): void {
    rmSync(this.path, { recursive: true });
  }

  public write(file: string, text: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text);
  }

  /** Names of the caches. */
  public cached(): string[] {
    return readdirSync(this.caches);
  }

  /** The only cache. */
  public cache(): string {
    return join(this.caches, this.cached()[0] ?? 'none');
  }

  public run(...flags: readonly string[]) {
    return this.node(...flags, '--require', REGISTER, 'main.ts');
  }

  public node(...args: readonly string[]) {
    const options = { cwd: this.path, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return { status, stdout, stderr };
  }

  /** Only what is in the cache can run. */
  public runWithoutEsbuild() {
    this.write(
      'node_modules/.bin/blocked.cjs',
      `const { Module } = require('node:module');
const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === 'esbuild') throw new Error('esbuild was asked for');
  return load(name, ...rest);
};
`,
    );
    return this.run('--require', './node_modules/.bin/blocked.cjs');
  }
}

export const printed = (stdout: string) => ({ status: 0, stdout, stderr: '' });
