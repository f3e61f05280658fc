import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { programCache } from '../program-cache';

/*
 * Programs that Go builds: go/<name> has go.mod and go.sum, so that every build is the same, and a
 * main.go where it is ours. What is built stays outside of the repository.
 */

/** By name the package of each, the quickest to build first. */
export const GO_PROGRAMS = {
  'device-plugin': '.',
  'pod-security': '.',
  'memcached-exporter': 'github.com/prometheus/memcached_exporter/cmd/memcached_exporter',
  'nginx-exporter': 'github.com/nginx/nginx-prometheus-exporter',
  'node-exporter': 'github.com/prometheus/node_exporter',
  'network-policies': '.',
  'kube-state-metrics': 'k8s.io/kube-state-metrics/v2',
} as const;
export type GoProgram = keyof typeof GO_PROGRAMS;

const cache = join(programCache(), 'go');
const folderOf = (name: GoProgram) => join(__dirname, 'go', name);

/**
 * The program, built where it is not there yet and TWINCHART_BUILD is not "never".
 * @returns undefined where there is none; why is said, and tests skip.
 */
export function goProgram(name: GoProgram): string | undefined {
  const path = pathOf(name);
  if (fs.existsSync(path)) return path;
  try {
    if (process.env['TWINCHART_BUILD'] === 'never') throw new Error('it was not built before');
    buildGo(name);
    return path;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`There is no ${name}, so its tests are skipped: ${why}\n`);
    return undefined;
  }
}

/**
 * Builds it where it is not there yet.
 * @param left milliseconds that are left. @default as many as it takes
 * @throws Error with what is missing, or what failed.
 */
export function buildGo(name: GoProgram, left?: () => number): void {
  const path = pathOf(name);
  if (fs.existsSync(path)) return;
  const cwd = folderOf(name);
  const run = (...args: string[]) => {
    const env = { ...process.env, CGO_ENABLED: '0' };
    const timeout = left?.();
    const { status, error, stderr } = spawnSync('go', args, {
      cwd,
      env,
      timeout,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`"go ${args[0] ?? ''}": ${error?.message ?? stderr.trim()}`);
  };
  // Its lines on standard error name what it downloads.
  run('mod', 'download');
  fs.mkdirSync(cache, { recursive: true });
  const scratch = fs.mkdtempSync(`${path}-`);
  try {
    const output = join(scratch, name);
    run('build', '-trimpath', '-mod=readonly', '-o', output, GO_PROGRAMS[name]);
    fs.renameSync(output, path);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

/** Where Go keeps the source of a module that the program is made of. */
export function goModule(name: GoProgram, module: string): string {
  const args = ['list', '-m', '-f', '{{.Dir}}', module];
  return execFileSync('go', args, { cwd: folderOf(name), encoding: 'utf8' }).trim();
}

const pathOf = (name: GoProgram) => join(cache, `${name}-${digestOf(name)}`);

/** Of all its files: another version is another program. */
function digestOf(name: GoProgram): string {
  const hash = createHash('sha256');
  for (const file of fs.readdirSync(folderOf(name)).sort())
    hash.update(fs.readFileSync(join(folderOf(name), file)));
  return hash.digest('hex').slice(0, 12);
}
