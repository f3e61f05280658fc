// Compiles the package into lib/, with what its code reads beside it.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
rmSync(resolve(root, 'lib'), { recursive: true, force: true });
const tsc = resolve(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const script of [
  'constructs/dev-secrets/make-secrets.mjs',
  'constructs/nginx-gateway/rotate-logs.sh',
]) {
  cpSync(resolve(root, script), resolve(root, 'lib', script));
}
