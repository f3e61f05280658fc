import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ask, post, startService, until } from './support/service.mjs';
import { createStores, unlikely } from './support/stores.mjs';

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

test('a new password of MongoDB is found when a connection is made anew', async () => {
  await ready();
  const password = unlikely('mongodb');
  await stores.mongo.setPassword(password);
  stores.writeSecret('mongodb', password);
  // Many at once: there are not enough open connections for them.
  const answers = await Promise.all(
    Array.from({ length: 15 }, () => post(`${service.url}/items`, { name: 'a' })),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
  const changed = service.lines.filter(({ message }) => message === 'mongodb credentials changed');
  assert.equal(changed.length, 1, 'one client for all');
});

test('MongoDB is back as soon as the files follow a password that changed before them', async () => {
  const password = unlikely('mongodb');
  await stores.mongo.setPassword(password);
  service = await startService(stores.env);
  assert.equal((await ask(`${service.url}/ready`)).status, 503);
  assert.equal((await ask(`${service.url}/health`)).status, 200);
  stores.writeSecret('mongodb', password);
  assert.equal((await ask(`${service.url}/ready`)).status, 200);
});

test('while the files are wrong no client is made per request', async () => {
  const right = stores.mongo.password;
  stores.writeSecret('mongodb', unlikely('mongodb'));
  service = await startService(stores.env);
  for (let times = 0; times < 5; times++) {
    assert.equal((await ask(`${service.url}/items`)).status, 503);
  }
  assert.ok(!service.output.text.includes('credentials changed'));
  // Connections that never became ready are not counted when they end.
  const metrics = await (await fetch(service.metricsUrl)).text();
  assert.doesNotMatch(metrics, /^db_client_connections.* -/m);
  stores.writeSecret('mongodb', right);
  assert.equal((await ask(`${service.url}/items`)).status, 200);
});

test('a new password of Redis is found when the connection is made anew', async () => {
  await ready();
  const password = unlikely('redis');
  await stores.redis.setPassword(password);
  stores.writeSecret('redis', password);
  await stores.redis.disconnectAll();
  await until(() => service.lines.some(({ message }) => message === 'redis is down'));
  await until(async () => (await ask(`${service.url}/ready`)).body.redis === 'up');
});

async function ready() {
  service = await startService(stores.env);
  await until(async () => (await ask(`${service.url}/ready`)).body.redis === 'up');
}
