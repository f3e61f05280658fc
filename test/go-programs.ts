import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { digestOf, programCache } from './program-cache';

/** Programs that Go builds, by name. What is built stays outside of the repository. */
export interface GoPrograms<Name extends string> {
  /** The quickest to build first. */
  readonly names: readonly Name[];
  /**
   * The program, built where it is not there yet and TWINCHART_BUILD is not "never".
   * @returns undefined where there is none; why is said, and tests skip.
   */
  readonly find: (name: Name) => string | undefined;
  /**
   * Builds it where it is not there yet.
   * @param left milliseconds that are left. Default: as many as it takes.
   * @throws Error with what is missing, or what failed.
   */
  readonly build: (name: Name, left?: () => number) => void;
  /** Where Go keeps the source of a module that the program is made of. */
  readonly moduleFolder: (name: Name, module: string) => string;
  /** Of the module with its package, such as 1.28.15. */
  readonly version: (name: Name) => string;
}

/**
 * @param folder has a folder for each with go.mod and go.sum, so that every build is the same, and with
 * a main.go where it is ours.
 * @param packages the package of each, the quickest to build first.
 */
export function goPrograms<Name extends string>(
  folder: string,
  packages: Readonly<Record<Name, string>>,
): GoPrograms<Name> {
  const cache = join(programCache(), 'go');
  const folderOf = (name: Name) => join(folder, name);
  const pathOf = (name: Name) => join(cache, `${name}-${digestOf(folderOf(name))}`);

  const build = (name: Name, left?: () => number): void => {
    const path = pathOf(name);
    if (fs.existsSync(path)) return;
    const run = (...args: string[]) => {
      go(folderOf(name), args, left?.());
    };
    run('mod', 'download');
    fs.mkdirSync(cache, { recursive: true });
    const scratch = fs.mkdtempSync(`${path}-`);
    try {
      const output = join(scratch, name);
      run('build', '-trimpath', '-mod=readonly', '-o', output, packages[name]);
      fs.renameSync(output, path);
    } finally {
      fs.rmSync(scratch, { recursive: true });
    }
  };

  const find = (name: Name): string | undefined => {
    const path = pathOf(name);
    if (fs.existsSync(path)) return path;
    try {
      if (process.env['TWINCHART_BUILD'] === 'never') throw new Error('it was not built before');
      build(name);
      return path;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`There is no ${name}, so its tests are skipped: ${why}\n`);
      return undefined;
    }
  };

  return {
    names: Object.keys(packages) as Name[],
    find,
    build,
    moduleFolder: (name, module) => {
      // Brings it where only the program is in a cache.
      const args = ['mod', 'download', '-json', module];
      const json = execFileSync('go', args, { cwd: folderOf(name), encoding: 'utf8' });
      return (JSON.parse(json) as { Dir: string }).Dir;
    },
    version: (name) => {
      const needed = fs.readFileSync(join(folderOf(name), 'go.mod'), 'utf8');
      const all = [...needed.matchAll(/^(?:require|\t) ?(\S+) v(\S+)/gm)];
      return all.find(([, module = '']) => packages[name].startsWith(module))?.[2] ?? 'of its own';
    },
  };
}

function go(cwd: string, args: readonly string[], timeout?: number): void {
  const env = { ...process.env, CGO_ENABLED: '0' };
  const { status, error, stderr } = spawnSync('go', args, { cwd, env, timeout, encoding: 'utf8' });
  // Lines on standard error also name what it downloads.
  if (status !== 0) throw new Error(`"go ${args[0] ?? ''}": ${error?.message ?? stderr.trim()}`);
}
