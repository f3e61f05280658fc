import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { ask, post, startService, until } from './support/service.mjs';
import { createStores } from './support/stores.mjs';

/** @type {Awaited<ReturnType<typeof createStores>>} */
let stores;
/** @type {import('./support/service.mjs').Service} */
let service;

before(async () => {
  stores = await createStores();
});
after(() => stores.remove());
afterEach(() => service.stop());

test('/health answers without any store, and /ready does not: they mean different things', async () => {
  service = await startService(stores.env);
  assert.deepEqual(await status('/health'), [200, { status: 'ok' }]);
  assert.deepEqual(await status('/ready'), [
    503,
    { status: 'not ready', mongodb: 'down', redis: 'down' },
  ]);
});

test('a service that started before its stores becomes ready when they come', async () => {
  service = await startService(stores.env);
  assert.equal((await status('/ready'))[0], 503);
  await stores.mongo.start();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'down' });
  await stores.redis.start();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
});

test('without Redis the service stays ready, says so, and works', async () => {
  service = await startService(stores.env);
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  await stores.redis.stop();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'down' });
  assert.equal((await status('/ready'))[0], 200);
  const { body } = await post(`${service.url}/items`, { name: 'a' });
  assert.equal((await status(`/items/${body.id}`))[0], 200);
  await stores.redis.start();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
});

test('a Redis that hangs does not hold up readiness', async () => {
  service = await startService(stores.env);
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  await stores.redis.hang();
  const start = Date.now();
  assert.deepEqual(await status('/ready'), [
    200,
    { status: 'ready', mongodb: 'up', redis: 'down' },
  ]);
  assert.ok(Date.now() - start < 1500, `${Date.now() - start} ms`);
  // Longer than the service waits for a handshake: it must not give up.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  stores.redis.resume();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
});

test('a connection that leads nowhere is given up, and Redis found behind the next one', async () => {
  await stores.redis.stop();
  // Takes connections, and keeps those it has when it takes no more.
  const nowhere = createServer().listen(stores.redis.port, '127.0.0.1');
  const connected = once(nowhere, 'connection');
  service = await startService(stores.env);
  const [socket] = await connected;
  nowhere.close();
  await stores.redis.start();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  socket.destroy();
});

test('when MongoDB goes, readiness goes and health stays; when it is back, so is readiness', async () => {
  service = await startService(stores.env);
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  await stores.mongo.stop();
  await becomes({ status: 'not ready', mongodb: 'down', redis: 'up' });
  assert.deepEqual(await status('/health'), [200, { status: 'ok' }]);
  const { status: failed, body, headers } = await ask(`${service.url}/items`);
  assert.deepEqual([failed, body], [503, { error: 'MongoDB does not answer.' }]);
  assert.equal(headers.get('retry-after'), '5');
  await stores.mongo.start();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  assert.equal((await status('/items'))[0], 200);
});

test('a MongoDB that hangs makes /ready fail before the probe gives up after 2 s', async () => {
  service = await startService(stores.env);
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  await stores.mongo.hang();
  const start = Date.now();
  const [[ready], [health]] = await Promise.all([status('/ready'), status('/health')]);
  assert.ok(Date.now() - start < 1900, `${Date.now() - start} ms`);
  assert.deepEqual([ready, health], [503, 200]);
  stores.mongo.resume();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
});

test('a store that goes and comes is logged once each time, however often it is asked', async () => {
  service = await startService(stores.env);
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  await stores.mongo.stop();
  for (let times = 0; times < 3; times++) await status('/ready');
  await stores.mongo.start();
  await becomes({ status: 'ready', mongodb: 'up', redis: 'up' });
  const told = service.lines.map(({ message }) => message).filter((text) => /mongodb/.test(text));
  assert.deepEqual(told, ['mongodb is up', 'mongodb is down', 'mongodb is up']);
});

test('without REDIS_HOST there is no cache, and that is no failure', async () => {
  service = await startService({ ...stores.env, REDIS_HOST: '' });
  await becomes({ status: 'ready', mongodb: 'up', redis: 'off' });
});

/** @param {string} path */
async function status(path) {
  const answer = await ask(service.url + path);
  return [answer.status, answer.body];
}

/** @param {object} body of /ready, and its status */
async function becomes(body) {
  const wanted = JSON.stringify(body);
  await until(async () => JSON.stringify((await status('/ready'))[1]) === wanted);
}
