// FerretDB 1 speaks MongoDB's protocol, its authentication included, and stores in SQLite. It
// stands for MongoDB, which no package registry has. Run as a program this builds it once.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = 'v1.24.2';
const MODULE = 'github.com/FerretDB/FerretDB';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
const BINARY = join(CACHE, `ferretdb-${VERSION}`);

/** The program; fails with what to do where there is none. */
export function ferretdb() {
  const path = process.env['FERRETDB'] || BINARY;
  if (fs.existsSync(path)) return path;
  throw new Error(`There is no ${path}: run "npm test", which builds it with Go, or set FERRETDB.`);
}

function build() {
  const folder = fs.mkdtempSync(join(tmpdir(), 'ferretdb-'));
  try {
    const source = join(folder, 'source');
    // Go checks what it downloads against the public checksum database.
    const module = JSON.parse(go(['mod', 'download', '-json', `${MODULE}@${VERSION}`], folder));
    fs.cpSync(module.Dir, source, { recursive: true });
    execFileSync('chmod', ['-R', 'u+w', source]);
    // Without it the program stops at once; FerretDB's own build generates it.
    fs.writeFileSync(join(source, 'build/version/version.txt'), `${VERSION}\n`);
    const output = join(folder, 'ferretdb');
    go(['build', '-trimpath', '-ldflags=-s -w', '-o', output, './cmd/ferretdb'], source);
    fs.mkdirSync(dirname(BINARY), { recursive: true });
    fs.cpSync(output, `${BINARY}.new`);
    fs.chmodSync(`${BINARY}.new`, 0o755);
    fs.renameSync(`${BINARY}.new`, BINARY);
  } finally {
    execFileSync('chmod', ['-R', 'u+w', folder]);
    fs.rmSync(folder, { recursive: true });
  }
}

/** @param {string[]} args @param {string} cwd */
function go(args, cwd) {
  const env = { ...process.env, CGO_ENABLED: '0' };
  return execFileSync('go', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] });
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !process.env['FERRETDB']) {
  if (!fs.existsSync(BINARY)) {
    console.log(`Building FerretDB ${VERSION}: some minutes the first time, then seconds.`);
    try {
      build();
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
      console.error(
        'The tests need Go 1.24 or newer to build FerretDB: install it from go.dev/dl.',
      );
      process.exit(1);
    }
  }
}
