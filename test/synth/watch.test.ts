import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const program = `
import { z } from 'zod';
import { Manifest, Platform, dnsLabel, run, sourceFile, tiersOf } from '${root}/synth';
const namespaces = z.strictObject({ web: dnsLabel().default('web').describe('Namespace.') });
class Web extends tiersOf(z.strictObject({ namespaces }))({
  name: 'web', description: 'Web.', values: z.strictObject({}),
}) {
  constructor(scope) {
    super(scope);
    const data = { 'motto.txt': this.file('motto.txt', sourceFile(__dirname, 'motto.txt')) };
    new Manifest(this, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data });
  }
}
run(() => {
  const chart = { name: 'web', description: 'Web.', version: '0.1.0', appVersion: '1', kubeVersion: '>=1.28.0-0' };
  const dev = { name: 'dev', summary: 'defaults.', release: { name: 'web', namespace: 'web' }, values: {} };
  const platform = new Platform({ chart, environments: [dev] });
  new Web(platform);
  return platform;
});
`;

test('--watch renders again when a source file changes, scripts and texts included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-watch-'));
  writeFileSync(join(folder, 'motto.txt'), 'one\nline\n');
  writeFileSync(join(folder, 'main.ts'), program);
  const args = ['--require', join(root, 'register'), join(folder, 'main.ts'), '--watch'];
  const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
  // A process group of its own, so that nothing of it outlives the test.
  const watcher = spawn(process.execPath, args, { cwd: folder, env, detached: true });
  try {
    const summary = () =>
      new Promise((done, failed) => {
        watcher.once('exit', failed);
        setTimeout(
          failed,
          20_000,
          new Error('The watcher printed no summary within 20 s.'),
        ).unref();
        watcher.stdout.on('data', (data) => {
          if (String(data).includes('1 tier,')) done(data);
        });
      });
    await summary();
    const again = summary();
    appendFileSync(join(folder, 'motto.txt'), 'another\n');
    await again;
    const made = readFileSync(join(folder, 'dist/dev/01-web.k8s.yaml'), 'utf8');
    expect(made).toContain('  motto.txt: |\n    one\n    line\n    another\n');
  } finally {
    watcher.removeAllListeners('exit');
    if (watcher.pid !== undefined) process.kill(-watcher.pid, 'SIGKILL');
    rmSync(folder, { recursive: true });
  }
}, 30_000);
