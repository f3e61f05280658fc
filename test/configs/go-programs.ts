import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installed } from './programs';

/*
 * Programs that Go builds: go/<name> has go.mod and go.sum, so that every build is the same, and a
 * main.go where it is ours. What is built stays outside of the repository.
 */

const cache = join(homedir(), '.cache/twinchart/go');
const folderOf = (name: string) => join(__dirname, 'go', name);

/**
 * The program, built where it is not there yet.
 * @param main its package; default: main.go.
 * @returns undefined where there is no Go, or no way to its modules; that is said, and tests skip.
 */
export function goProgram(name: string, main = '.'): string | undefined {
  const path = join(cache, `${name}-${digestOf(name)}`);
  if (fs.existsSync(path)) return path;
  if (installed('go') === undefined) {
    tell(name, 'there is no Go');
    return undefined;
  }
  const cwd = folderOf(name);
  // Its lines on standard error name what it downloads.
  const { status, stderr } = spawnSync('go', ['mod', 'download'], { cwd, encoding: 'utf8' });
  if (status !== 0) {
    tell(name, stderr.trim());
    return undefined;
  }
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(`${path}-`);
  try {
    const output = join(scratch, name);
    const args = ['build', '-trimpath', '-mod=readonly', '-o', output, main];
    execFileSync('go', args, { cwd, env: { ...process.env, CGO_ENABLED: '0' }, stdio: 'pipe' });
    fs.renameSync(output, path);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
  return path;
}

/** Where Go keeps the source of a module that the program is made of. */
export function goModule(name: string, module: string): string {
  const args = ['list', '-m', '-f', '{{.Dir}}', module];
  return execFileSync('go', args, { cwd: folderOf(name), encoding: 'utf8' }).trim();
}

function tell(name: string, why: string): void {
  process.stderr.write(`${name} cannot be built, so its tests are skipped: ${why}\n`);
}

/** Of all its files: another version is another program. */
function digestOf(name: string): string {
  const hash = createHash('sha256');
  for (const file of fs.readdirSync(folderOf(name)).sort())
    hash.update(fs.readFileSync(join(folderOf(name), file)));
  return hash.digest('hex').slice(0, 12);
}
