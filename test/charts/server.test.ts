import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/* The program of the node service, run for real beside a listener that stands for its store. */

const PROGRAM = resolve(__dirname, '../../charts/app/server.mjs');

let folder: string;
let store: Server;
let service: ChildProcess;
let lines: { severity: string; message: string; port?: number; url?: string; status?: number }[];
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twinchart-server-'));
  store = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(store, 'listening');
  lines = [];
});

afterEach(() => {
  service.kill('SIGKILL');
  store.close();
  rmSync(folder, { recursive: true });
});

test('/health answers with the store and without it: liveness asks nobody else', async () => {
  await start();
  expect(await get('/health')).toEqual([200, { status: 'ok' }]);
  await stopStore();
  expect(await get('/health')).toEqual([200, { status: 'ok' }]);
});

test('/ready answers 200 while the store takes connections, and 503 while it does not', async () => {
  await start();
  expect(await get('/ready')).toEqual([200, { status: 'ready' }]);
  expect(await get('/ready?verbose')).toEqual([200, { status: 'ready' }]);
  await stopStore();
  expect(await get('/ready')).toEqual([503, { status: 'store does not answer' }]);
});

test('another path is not found, and an odd one does no harm', async () => {
  await start();
  expect(await get('/healthy')).toEqual([404, { status: 'not found' }]);
  expect(await get('/constructor')).toEqual([404, { status: 'not found' }]);
  // Scanners send it, and the URL class throws at it.
  expect(await raw('GET // HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP.* 404/,
  );
  expect(await get('/health')).toEqual([200, { status: 'ok' }]);
});

test('SIGTERM ends the service with exit code 0', async () => {
  await start();
  await get('/ready');
  service.kill('SIGTERM');
  const [code, signal] = (await once(service, 'exit')) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(lines.map(({ message }) => message)).toEqual(['listening', 'stopping']);
});

test('SIGTERM lets a request end that has begun', async () => {
  await start();
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET /ready HTTP/1.1\r\nHost: a\r\n');
  // Answered after the beginning above was read.
  await get('/health');
  service.kill('SIGTERM');
  await until(() => lines.some(({ message }) => message === 'stopping'));
  socket.write('Connection: close\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 .*\r\n[^]*\r\n\{"status":"stopping"\}\r\n/);
  const [code] = (await once(service, 'exit')) as [number | null];
  expect(code).toBe(0);
});

test('logs are JSON lines of the configured severity and above', async () => {
  await start('debug');
  await get('/health');
  await until(() => lines.length > 1);
  expect(lines).toMatchObject([
    { severity: 'info', message: 'listening', port },
    { severity: 'debug', message: 'request', url: '/health', status: 200 },
  ]);
});

/** Starts the service on a free port, with the configuration file of the chart. */
async function start(logLevel = 'info'): Promise<void> {
  const config = join(folder, 'service.json');
  const { port: storePort } = store.address() as AddressInfo;
  const mongodb = { host: '127.0.0.1', port: storePort };
  writeFileSync(config, JSON.stringify({ port: 0, logLevel, mongodb }));
  service = spawn(process.execPath, [PROGRAM], { env: { CONFIG: config }, stdio: 'pipe' });
  if (service.stdout === null) throw new Error('The service has no output.');
  createInterface(service.stdout).on('line', (line) => {
    lines.push(JSON.parse(line) as (typeof lines)[number]);
  });
  await until(() => lines.length > 0);
  port = lines[0]?.port ?? 0;
}

async function get(path: string): Promise<[number, unknown]> {
  const response = await fetch(`http://127.0.0.1:${String(port)}${path}`);
  return [response.status, await response.json()];
}

/** What comes back for these very bytes, until the connection ends. */
async function raw(request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', (data: string) => (answer += data)).on('error', () => undefined);
  socket.write(request);
  await once(socket, 'close');
  return answer;
}

async function stopStore(): Promise<void> {
  store.close();
  await once(store, 'close');
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((next) => setTimeout(next, 10));
}
