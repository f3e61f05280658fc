import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ask, startService } from './support/service.mjs';

// No container engine is needed: the commands of the Dockerfile are run in a folder.

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMPRESSED_LIMIT = 5_000_000;

const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
/** What the first stage copies and runs. */
const [dependencies = '', image = ''] = dockerfile.split(/^FROM .*$/m).slice(1);
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'node-example-image-'));
  for (const path of copied(dependencies)) cpSync(join(ROOT, path), join(folder, path));
  for (const [, command = ''] of dependencies.matchAll(/^RUN (.*)$/gm)) {
    execFileSync('sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  for (const path of copied(image))
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the service runs from what is in the image, and writes nothing there', async () => {
  const before = listing();
  const service = await startService(
    { MONGODB_HOST: '127.0.0.1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
    join(folder, entry()),
  );
  assert.equal((await ask(`${service.url}/health`)).status, 200);
  await service.stop();
  assert.deepEqual(listing(), before);
});

test('the image has no types, no maps, no tests and no development packages', () => {
  const found = listing().filter((path) =>
    /\.(map|ts|md)$|\.test\.|^node_modules\/typescript/.test(path),
  );
  assert.deepEqual(found, []);
});

test(`what the image adds to its base is less than ${COMPRESSED_LIMIT} bytes, compressed`, () => {
  const options = { cwd: folder, maxBuffer: 100_000_000 };
  const { length } = execFileSync('tar', ['--create', '--gzip', 'node_modules', 'src'], options);
  assert.ok(length < COMPRESSED_LIMIT, `${length} bytes`);
});

test('both stages have one base with an exact version, and the user is a number', () => {
  assert.match(dockerfile, /^ARG NODE=docker\.io\/library\/node:\d+\.\d+\.\d+-alpine\d+\.\d+$/m);
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
  assert.deepEqual(bases, ['${NODE}', '${NODE}']);
  assert.match(image, /^USER 1000:1000$/m);
});

test('what the Dockerfile copies is what .dockerignore lets through', () => {
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  assert.ok(lines.includes('*'));
  assert.deepEqual(allowed.sort(), [...copied(dependencies), ...copied(image)].sort());
});

/** @param {string} stage */
function copied(stage) {
  return [...stage.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );
}

function entry() {
  const [, entrypoint = '[]'] = /^ENTRYPOINT (.*)$/m.exec(image) ?? [];
  const [program, path] = JSON.parse(entrypoint);
  assert.equal(program, 'node');
  return path;
}

function listing() {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}
