import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json, text } from 'node:stream/consumers';

/* The script of the Job test-data, run for real beside a service with the API of node-example. */

const SCRIPT = resolve(__dirname, '../../charts/app/add-test-data.mjs');
const PAGE = 100;

let folder: string;
let server: Server;
let names: string[];
/** What the service answers instead of doing its duty, request by request. */
let faults: number[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twinchart-test-data-'));
  [names, faults] = [[], []];
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
});

test('a service without items gets all of them', async () => {
  expect(await run(3)).toEqual({
    code: 0,
    said: 'added 3 of 3 items; the others were there\n',
  });
  expect(names).toEqual(['Test item 1', 'Test item 2', 'Test item 3']);
});

test('what is there stays, also on later pages, and only what is missing is added', async () => {
  const others = Array.from({ length: 2 * PAGE }, (_, index) => `Item of a user ${String(index)}`);
  names = [...others, 'Test item 2'];
  expect((await run(2)).said).toBe('added 1 of 2 items; the others were there\n');
  expect(names).toEqual([...others, 'Test item 2', 'Test item 1']);
});

test('a service that is not ready is waited for, and a cut in between adds nothing twice', async () => {
  faults = [503, 0, 0, 503];
  const { code, said } = await run(2);
  expect(code).toBe(0);
  expect(said.split('\n').slice(0, 2)).toEqual([
    '/items?limit=100 answered 503: {}; trying again',
    '/items answered 503: {}; trying again',
  ]);
  expect(names).toEqual(['Test item 1', 'Test item 2']);
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const fault = faults.shift() ?? 0;
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://service');
  const say = (status: number, body: object) =>
    response.writeHead(status).end(JSON.stringify(body));
  if (fault !== 0) {
    request.resume();
    say(fault, {});
  } else if (request.method === 'POST' && pathname === '/items') {
    names.push(((await json(request)) as { name: string }).name);
    say(201, {});
  } else {
    const limit = Number(searchParams.get('limit'));
    const start = Number(searchParams.get('after') ?? '0');
    const items = names.slice(start, start + limit).map((name) => ({ name }));
    say(200, { items, next: items.length === limit ? String(start + limit) : null });
  }
}

async function run(items: number) {
  const list = join(folder, 'test-data.json');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  writeFileSync(list, JSON.stringify({ url, items: String(items) }));
  const child = spawn(process.execPath, [SCRIPT, list], { env: { PAUSE_MS: '5' } });
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const said = await text(child.stdout);
  return { code: await exited, said };
}
