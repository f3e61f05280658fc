import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { ask, startService, until } from './support/service.mjs';
import { createStores } from './support/stores.mjs';

/** @type {Awaited<ReturnType<typeof createStores>>} */
let stores;
/** @type {import('./support/service.mjs').Service} */
let service;

before(async () => {
  stores = await createStores();
  await Promise.all([stores.mongo.start(), stores.redis.start()]);
});
after(() => stores.remove());
afterEach(() => service.stop());

test('under load no request is lost: each is answered, and stored if the answer said so', async () => {
  await start();
  const slow = slowly('{"name":"sl', 'ow"}');
  await until(async () => /http_server_active_requests 1\n/.test(await metrics()));
  const clients = Array.from({ length: 10 }, (_, number) => client(`load ${number}`));
  const loads = clients.map(({ run }) => run());
  await until(() => clients.every(({ ids }) => ids.length > 5));

  const stopped = Date.now();
  service.kill('SIGTERM');
  // Fails with the first request that is not answered, or not with 201.
  await Promise.all(loads);
  await until(() => refused());
  await sleep(500);
  slow.end();
  const answer = await slow.answer;
  assert.deepEqual([answer.status, answer.connection], [201, 'close']);
  assert.deepEqual(await service.ended, { code: 0, signal: null });
  assert.ok(Date.now() - stopped < 10_000);

  const told = [...clients.flatMap(({ ids }) => ids), answer.id].sort();
  const stored = await stores.mongo.ask((database) =>
    database.collection('items').find().toArray(),
  );
  assert.deepEqual(stored.map(({ _id }) => _id.toHexString()).sort(), told);
  assert.equal(service.output.errors, '');
});

test('a request that waits for MongoDB is answered before the end', async () => {
  await start();
  await stores.mongo.hang();
  const answer = ask(`${service.url}/items`);
  await until(async () => /http_server_active_requests 1\n/.test(await metrics()));
  service.kill('SIGTERM');
  await until(() => refused());
  stores.mongo.resume();
  assert.equal((await answer).status, 200);
  assert.deepEqual(await service.ended, { code: 0, signal: null });
});

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
  test(`after ${signal} /ready fails while /health and requests still work`, async () => {
    await start();
    service.kill(signal);
    await until(() => service.lines.some(({ message }) => message === 'stopping'));
    const ready = await ask(`${service.url}/ready`);
    assert.deepEqual([ready.status, ready.body], [503, { status: 'stopping' }]);
    assert.equal(ready.headers.get('connection'), 'close');
    assert.equal((await ask(`${service.url}/health`)).status, 200);
    assert.equal((await ask(`${service.url}/items`)).status, 200);
    assert.deepEqual(await service.ended, { code: 0, signal: null });
    assert.equal(service.lines.at(-1)?.message, 'stopped');
  });
}

test('open connections without a request do not hold up the end', async () => {
  await start();
  const silent = await open();
  const idle = await open();
  idle.write('GET /health HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(idle, 'data');
  const start1 = Date.now();
  service.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 0, signal: null });
  assert.ok(Date.now() - start1 < 3500, `${Date.now() - start1} ms`);
  silent.destroy();
});

test('a head that has begun may end, but not take for ever', async () => {
  await start();
  const slow = slowly('{"name":"slo', 'w"}');
  const [good, bad] = [await open(), await open()];
  const cut = once(bad, 'close');
  for (const socket of [good, bad]) socket.write('GET /health HTTP/1.1\r\nHost: a\r\n');
  await ask(`${service.url}/health`);
  service.kill('SIGTERM');
  await until(() => refused());
  good.write('\r\n');
  const [answer] = await once(good, 'data');
  assert.match(String(answer), /^HTTP\/1\.1 200 OK\r\n/);
  const start1 = Date.now();
  await cut;
  await sleep(100);
  // A request whose head was complete is not cut with it.
  slow.end();
  assert.equal((await slow.answer).status, 201);
  assert.deepEqual(await service.ended, { code: 0, signal: null });
  assert.ok(Date.now() - start1 < 7000, `${Date.now() - start1} ms`);
});

test('a second SIGTERM ends at once, with 1', async () => {
  await start();
  slowly('{', '}');
  await until(async () => /http_server_active_requests 1\n/.test(await metrics()));
  service.kill('SIGTERM');
  await until(() => service.lines.some(({ message }) => message === 'stopping'));
  service.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 1, signal: null });
  assert.equal(service.lines.at(-1)?.message, 'stopped by a second signal');
});

test('requests that do not end within SHUTDOWN_SECONDS are cut, and the exit code is 1', async () => {
  await start({ SHUTDOWN_SECONDS: '2' });
  slowly('{', '}');
  await until(async () => /http_server_active_requests 1\n/.test(await metrics()));
  const start1 = Date.now();
  service.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 1, signal: null });
  const took = Date.now() - start1;
  assert.ok(took >= 1900 && took < 4000, `${took} ms`);
  assert.equal(service.lines.at(-1)?.message, 'requests did not end in time');
});

test('stores and a collector that hang do not make a good end a bad one', async () => {
  const collector = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (collector.address());
  await start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  await ask(`${service.url}/items`);
  await stores.mongo.hang();
  await stores.redis.hang();
  const start1 = Date.now();
  service.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 0, signal: null });
  assert.ok(Date.now() - start1 < 6000, `${Date.now() - start1} ms`);
  service.line('clients did not close');
  stores.mongo.resume();
  stores.redis.resume();
  collector.close();
});

/** @param {Record<string, string>} env */
async function start(env = {}) {
  service = await startService({ ...stores.env, ...env });
  await until(async () => (await ask(`${service.url}/ready`)).body.redis === 'up');
}

async function metrics() {
  return (await fetch(service.metricsUrl)).text();
}

async function open() {
  const socket = connect(service.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Whether the service takes no more connections. */
async function refused() {
  const socket = connect(service.port, '127.0.0.1');
  const result = await Promise.race([
    once(socket, 'connect').then(() => false),
    once(socket, 'error').then(() => true),
  ]).catch(() => true);
  socket.destroy();
  return result;
}

/** Posts items one after the other over one connection, until it is told that this was the last.
 * @param {string} name */
function client(name) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** @type {string[]} */
  const ids = [];
  const run = async () => {
    for (;;) {
      const sent = sending(agent);
      sent.end(JSON.stringify({ name }));
      const { status, connection, id } = await received(sent);
      assert.equal(status, 201);
      ids.push(id);
      if (connection === 'close') return;
    }
  };
  return { ids, run };
}

/** A request whose body comes in two parts. @param {string} begin @param {string} rest */
function slowly(begin, rest) {
  const sent = sending();
  sent.write(begin);
  const answer = received(sent);
  answer.catch(() => undefined);
  return { answer, end: () => sent.end(rest) };
}

/** @param {Agent} [agent] */
function sending(agent) {
  const headers = { 'content-type': 'application/json' };
  const { port } = service;
  return request({ host: '127.0.0.1', port, path: '/items', method: 'POST', headers, agent });
}

/** @param {import('node:http').ClientRequest} sent */
async function received(sent) {
  const [response] = await once(sent, 'response');
  const chunks = await response.toArray();
  const { id } = JSON.parse(Buffer.concat(chunks).toString());
  return { status: response.statusCode, connection: response.headers.connection, id };
}
