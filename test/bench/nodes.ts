import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { digestOf, programCache } from '../program-cache';

/** A release of Node that synth is measured with. */
export interface NodeRelease {
  /** Such as 26.10.0. */
  readonly version: string;
  readonly program: string;
}

/** Its lock file names the releases. */
const FOLDER = join(__dirname, 'node');
const FILES = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * The Node that runs this, and the long-term releases of test/bench/node, which only the benchmark
 * needs, and installs outside of the repository. The newest is the last. Where npm has none for this
 * platform, that is said, and there is only the first.
 */
export function nodeReleases(): NodeRelease[] {
  const own: NodeRelease = { version: process.versions.node, program: process.execPath };
  const others = installed().filter(({ version }) => majorOf(version) !== majorOf(own.version));
  return [own, ...others].sort((one, other) => majorOf(one.version) - majorOf(other.version));
}

const majorOf = (version: string) => Number(version.split('.')[0]);

function installed(): NodeRelease[] {
  const folder = join(programCache(), `node-${digestOf(FOLDER, FILES)}`);
  try {
    if (!fs.existsSync(folder)) install(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`There is only this Node, so it alone is measured: ${why}\n`);
    return [];
  }
  const modules = join(folder, 'node_modules');
  const releases = fs.readdirSync(modules).filter((name) => name.startsWith('node-'));
  return releases.map((name) => {
    const text = fs.readFileSync(join(modules, name, 'package.json'), 'utf8');
    const { version } = JSON.parse(text) as { version: string };
    return { version, program: join(modules, name, 'bin/node') };
  });
}

function install(folder: string): void {
  const parent = join(folder, '..');
  fs.mkdirSync(parent, { recursive: true });
  const scratch = fs.mkdtempSync(`${folder}-`);
  try {
    for (const file of FILES) fs.copyFileSync(join(FOLDER, file), join(scratch, file));
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: scratch, stdio: 'pipe' });
    fs.renameSync(scratch, folder);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
