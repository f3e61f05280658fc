import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/* The script that pulls models, run for real against a registry that stalls, fails and resumes. */

const SCRIPT = resolve(__dirname, '../../charts/gpu/pull-models.mjs');
const WEIGHTS = Buffer.from('weights '.repeat(4000));
const CONFIG = Buffer.from('{"model_type":"tiny"}');
const digestOf = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const [weights, config] = [digestOf(WEIGHTS), digestOf(CONFIG)];
const blobs = new Map([
  [weights, WEIGHTS],
  [config, CONFIG],
]);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

jest.setTimeout(30_000);

let home: string;
let server: Server;
let registry: string;
/** Method, path and range of each request. */
let asked: string[];
/** What the registry does instead of its duty, request by request. */
let mishaps: Answer[];
/** Size of the weights, as the manifest has it. */
let claimed: number;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'twinchart-models-'));
  mkdirSync(join(home, 'models'));
  [asked, mishaps, claimed] = [[], [], WEIGHTS.length];
  server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  registry = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(home, { recursive: true });
});

test('a model lies where Ollama looks for it', async () => {
  const { code, stdout } = await run('tiny:1b');
  expect(code).toBe(0);
  expect(stdout).toContain('tiny:1b is complete');
  const manifest = join(home, 'models/manifests/registry.ollama.ai/library/tiny/1b');
  expect(readFileSync(manifest, 'utf8')).toBe(manifestText());
  expect(readFileSync(join(home, 'models/blobs', weights.replace(':', '-')))).toEqual(WEIGHTS);
  expect(names()).toEqual([config, weights].map((digest) => digest.replace(':', '-')).sort());
});

test('a model of a user has a folder of the user', async () => {
  expect((await run('ann/tiny:1b')).code).toBe(0);
  expect(existsSync(join(home, 'models/manifests/registry.ollama.ai/ann/tiny/1b'))).toBe(true);
});

test('what is there is not asked for again', async () => {
  await run('tiny:1b');
  asked = [];
  expect((await run('tiny:1b  tiny:1b')).code).toBe(0);
  expect(asked).toEqual(['/v2/library/tiny/manifests/1b']);
});

test('after a connection that broke off, it goes on where it was', async () => {
  mishaps = [honest, honest, breakOffAfter(10_000)];
  expect((await run('tiny:1b')).code).toBe(0);
  const [first, second] = asked.filter((path) => path.includes(weights));
  expect(first).toBe(`/v2/library/tiny/blobs/${weights}`);
  expect(second).toBe(`/v2/library/tiny/blobs/${weights} bytes=10000-`);
});

test('after a run that was killed, the next goes on where it was', async () => {
  mkdirSync(join(home, 'models/blobs'));
  writeFileSync(`${blobPath()}-pull`, WEIGHTS.subarray(0, 12_345));
  expect((await run('tiny:1b')).code).toBe(0);
  expect(asked).toContain(`/v2/library/tiny/blobs/${weights} bytes=12345-`);
  expect(readFileSync(blobPath())).toEqual(WEIGHTS);
});

test('a registry that stalls is given up, and asked again', async () => {
  mishaps = [honest, honest, stallAfter(5000)];
  const { code, stdout } = await run('tiny:1b');
  expect(code).toBe(0);
  expect(stdout).toContain('tiny:1b: nothing came for 1000 ms; attempt 1 of 4');
  expect(asked).toContain(`/v2/library/tiny/blobs/${weights} bytes=5000-`);
});

test('a registry that fails is asked again', async () => {
  mishaps = [status(500), status(429), honest, status(503)];
  const { code, stdout } = await run('tiny:1b');
  expect(code).toBe(0);
  expect(stdout).toContain('the manifest of tiny:1b: the registry answered 500; attempt 1 of 4');
  expect(stdout).toContain('tiny:1b: the registry answered 503; attempt 1 of 4');
});

test('as long as something comes, it goes on', async () => {
  mishaps = [honest, honest, ...Array.from({ length: 12 }, () => breakOffAfter(2000))];
  expect((await run('tiny:1b')).code).toBe(0);
  expect(readFileSync(blobPath())).toEqual(WEIGHTS);
});

test('a registry that cannot resume gives all of it again', async () => {
  mishaps = [honest, honest, breakOffAfter(10_000), whole];
  expect((await run('tiny:1b')).code).toBe(0);
  expect(readFileSync(blobPath())).toEqual(WEIGHTS);
});

test('other content than the manifest says is thrown away', async () => {
  const lie: Answer = (_, response) => response.end(Buffer.alloc(WEIGHTS.length));
  mishaps = [honest, honest, lie];
  const { code, stdout } = await run('tiny:1b');
  expect(code).toBe(0);
  expect(stdout).toContain(`${weights.slice(0, 19)} came with other content; attempt 1 of 4`);
  expect(readFileSync(blobPath())).toEqual(WEIGHTS);
});

test('a registry that fails for good is told, and the next run may try again', async () => {
  mishaps = [honest, honest, ...Array.from({ length: 4 }, () => status(503))];
  const { code, message } = await run('tiny:1b');
  expect(code).toBe(1);
  expect(message).toBe('tiny:1b did not come in 4 attempts: the registry answered 503\n');
  expect(existsSync(join(home, 'models/manifests'))).toBe(false);
});

test('a model that does not exist is told by its name, and not asked for again', async () => {
  const { code, message, stderr } = await run('tiny:1b none:2b other:3b');
  expect(code).toBe(3);
  expect(message).toBe(
    `There is no model none:2b at ${registry} (it answered 404); correct global.models or moreModels.\n`,
  );
  expect(stderr).toBe(message);
  expect(asked.filter((path) => path.includes('none'))).toHaveLength(1);
});

test('a volume that is too small is told before anything is pulled', async () => {
  claimed = 1e15;
  const { code, message } = await run('tiny:1b');
  expect(code).toBe(4);
  expect(message).toMatch(
    /^There is no space on the volume for tiny:1b: \d+ MB are missing; grow the claim ollama-models, remove a model with "ollama rm" in the pod of Ollama, or take smaller ones\.\n$/,
  );
  expect(asked).toEqual(['/v2/library/tiny/manifests/1b']);
});

test('a volume that gets full meanwhile is told, and the next run would fare no better', async () => {
  mkdirSync(join(home, 'models/blobs'), { recursive: true });
  symlinkSync('/dev/full', `${blobPath()}-pull`);
  const { code, message } = await run('tiny:1b');
  expect(code).toBe(4);
  expect(message).toMatch(/^There is no space on the volume for tiny:1b; grow the claim /);
});

test('a volume that is full after the last piece is told, too', async () => {
  mkdirSync(join(home, 'models/manifests/registry.ollama.ai/library/tiny'), { recursive: true });
  symlinkSync('/dev/full', join(home, 'models/manifests/registry.ollama.ai/library/tiny/1b-pull'));
  const { code, message } = await run('tiny:1b');
  expect(code).toBe(4);
  expect(message).toMatch(/^There is no space on the volume for the models; grow the claim /);
});

test('nothing but what the registry is for is taken as a manifest', async () => {
  const odd = { config: { digest: 'sha256:../../etc/passwd', size: 1 }, layers: [] };
  mishaps = [(_, response) => response.end(JSON.stringify(odd))];
  const { code, message } = await run('tiny:1b');
  expect([code, message]).toEqual([1, "the manifest of tiny:1b is not as Ollama's are\n"]);
});

const manifestText = () =>
  JSON.stringify({
    schemaVersion: 2,
    config: { digest: config, size: CONFIG.length },
    layers: [{ digest: weights, size: claimed }],
  });

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { range } = request.headers;
  asked.push(`${request.url ?? ''}${range === undefined ? '' : ` ${range}`}`);
  (mishaps.shift() ?? honest)(request, response);
}

const honest: Answer = (request, response) => {
  const [, name, kind, id = ''] =
    /^\/v2\/(?:library|ann)\/(\w+)\/(manifests|blobs)\/(.+)$/.exec(request.url ?? '') ?? [];
  const content = kind === 'manifests' ? Buffer.from(manifestText()) : blobs.get(id);
  if (name !== 'tiny' || content === undefined) {
    response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    return;
  }
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(from > 0 ? 206 : 200).end(content.subarray(from));
};
const whole: Answer = (_, response) => response.end(WEIGHTS);
const status =
  (code: number): Answer =>
  (_, response) =>
    response.writeHead(code).end();
/** So much of what was asked for, and then? */
const part =
  (count: number, then: (response: ServerResponse) => void): Answer =>
  (request, response) => {
    const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': WEIGHTS.length - from });
    response.write(WEIGHTS.subarray(from, from + count), () => {
      then(response);
    });
  };
const breakOffAfter = (count: number) =>
  part(count, (response) => setTimeout(() => response.destroy(), 20));
const stallAfter = (count: number) => part(count, () => undefined);

const blobPath = () => join(home, 'models/blobs', weights.replace(':', '-'));
const names = () => readdirSync(join(home, 'models/blobs')).sort();

async function run(models: string) {
  const list = join(home, 'models.json');
  writeFileSync(
    list,
    JSON.stringify({ scheme: 'http', registry, models, folder: join(home, 'models') }),
  );
  const log = join(home, 'termination-log');
  const env = { ATTEMPTS: '4', PAUSE_MS: '5', STALL_MS: '1000', TERMINATION_LOG: log };
  const child = spawn(process.execPath, [SCRIPT, list], { env });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (output.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output.stderr += text.toString()));
  const code = await new Promise<number | null>((exited) => child.once('close', exited));
  return { code, ...output, message: existsSync(log) ? readFileSync(log, 'utf8') : '' };
}
