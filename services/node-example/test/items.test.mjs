import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { MongoNetworkError, MongoServerError } from 'mongodb';
import { meansDown } from '../src/items.mjs';
import { ask, post, startService, until } from './support/service.mjs';
import { createStores } from './support/stores.mjs';

const LIMIT = 64 * 1024;

/** @type {Awaited<ReturnType<typeof createStores>>} */
let stores;
/** @type {import('./support/service.mjs').Service} */
let service;
/** @type {string} */
let items;

before(async () => {
  stores = await createStores();
  await Promise.all([stores.mongo.start(), stores.redis.start()]);
  service = await startService(stores.env);
  items = `${service.url}/items`;
  await until(async () => (await ask(`${service.url}/ready`)).body.redis === 'up');
});
after(async () => {
  await service.stop();
  await stores.remove();
});

test('an item that was added can be read', async () => {
  const added = await post(items, { name: 'Ünïcode 🙂' });
  assert.equal(added.status, 201);
  assert.match(added.body.id, /^[0-9a-f]{24}$/);
  assert.equal(added.headers.get('location'), `/items/${added.body.id}`);
  const read = await ask(`${items}/${added.body.id}`);
  assert.equal(read.status, 200);
  assert.deepEqual(read.body, { ...added.body, name: 'Ünïcode 🙂' });
  assert.ok(Math.abs(Date.parse(read.body.createdAt) - Date.now()) < 60_000);
});

test('an item is read from MongoDB once and from Redis then, for a minute', async () => {
  const { body } = await post(items, { name: 'cached' });
  const sources = [];
  for (let times = 0; times < 3; times++) {
    sources.push((await ask(`${items}/${body.id}`)).headers.get('x-cache'));
  }
  assert.deepEqual(sources, ['miss', 'hit', 'hit']);
  const ttl = await stores.redis.ask((client) => client.ttl(`node-example:item:${body.id}`));
  assert.ok(ttl > 50 && ttl <= 60, `TTL ${ttl}`);
});

test('what is broken in the cache is read from MongoDB', async () => {
  const { body } = await post(items, { name: 'broken' });
  await stores.redis.ask((client) => client.set(`node-example:item:${body.id}`, '{"na'));
  const read = await ask(`${items}/${body.id}`);
  assert.deepEqual([read.status, read.body.name], [200, 'broken']);
});

test('a cache that cannot be written to does no harm, and no connection is made anew', async () => {
  const { body } = await post(items, { name: 'full' });
  const connections = () =>
    stores.redis.ask(
      async (client) => (await client.info('stats')).match(/total_connections_received:(\d+)/)?.[1],
    );
  await stores.redis.ask((client) => client.configSet('maxmemory', '1'));
  const before = Number(await connections());
  const read = await ask(`${items}/${body.id}`);
  assert.deepEqual([read.status, read.headers.get('x-cache')], [200, 'miss']);
  assert.equal(Number(await connections()), before + 1, 'ours only');
  await stores.redis.ask((client) => client.configSet('maxmemory', '0'));
});

test('items are listed in pages, in the order in which they were added', async () => {
  const added = [];
  for (const name of ['p1', 'p2', 'p3']) added.push((await post(items, { name })).body);
  const [p1, p2, p3] = added;
  const first = await ask(`${items}?limit=2&after=${justBelow(p1.id)}`);
  assert.deepEqual(first.body, { items: [p1, p2], next: p2.id });
  const last = await ask(`${items}?limit=2&after=${first.body.next}`);
  assert.deepEqual(last.body, { items: [p3], next: null });
});

for (const [query, error] of [
  ['limit=0', 'limit must be a whole number from 1 to 100.'],
  ['limit=101', 'limit must be a whole number from 1 to 100.'],
  ['limit=ten', 'limit must be a whole number from 1 to 100.'],
  ['after=1', 'after must be the id of an item.'],
]) {
  test(`a list is refused with ?${query}`, async () => {
    const { status, body } = await ask(`${items}?${query}`);
    assert.deepEqual([status, body], [400, { error }]);
  });
}

const SHAPE = 'The body must be {"name": "…"}, without other fields.';
const LENGTH = 'name must have 1 to 200 characters, not only spaces.';
for (const [title, body, error] of [
  ['null', null, SHAPE],
  ['a list', [{ name: 'a' }], SHAPE],
  ['no name', {}, SHAPE],
  ['a further field', { name: 'a', admin: true }, SHAPE],
  ['a name that is an operator of MongoDB', { name: { $gt: '' } }, SHAPE],
  ['an empty name', { name: '' }, LENGTH],
  ['a blank name', { name: ' \t' }, LENGTH],
  ['a long name', { name: 'n'.repeat(201) }, LENGTH],
]) {
  test(`an item is refused with ${title}`, async () => {
    const answer = await post(items, body);
    assert.deepEqual([answer.status, answer.body], [400, { error }]);
  });
}

test('the longest name is taken', async () => {
  assert.equal((await post(items, { name: 'n'.repeat(200) })).status, 201);
});

test('a body that is not JSON is refused with 400', async () => {
  const error = 'The body must be JSON in UTF-8.';
  for (const body of ['', '{', '{"name":"a"', Buffer.from('{"name":"\xff"}', 'latin1')]) {
    const { status, body: answer } = await raw({ body });
    assert.deepEqual([status, answer], [400, { error }]);
  }
});

test('another content type is refused with 415', async () => {
  const { status } = await raw({ body: '{"name":"a"}', type: 'text/plain' });
  assert.equal(status, 415);
});

test('a body of 64 KiB is read and one byte more is refused with 413', async () => {
  const padded = (/** @type {number} */ size) => '{"name":"a"}'.padEnd(size);
  for (const chunked of [false, true]) {
    const longest = await raw({ body: padded(LIMIT), chunked });
    assert.equal(longest.status, 201);
    const longer = await raw({ body: padded(LIMIT + 1), chunked });
    assert.equal(longer.status, 413);
    assert.deepEqual(longer.body, { error: 'The body must not be larger than 65536 bytes.' });
  }
});

test('a body that is far too large is refused while it is sent', async () => {
  for (const chunked of [false, true]) {
    assert.equal((await raw({ body: ' '.repeat(5_000_000), chunked })).status, 413);
  }
});

test('a body that says that it is too large is refused before it is sent', async () => {
  const socket = connect(service.port, '127.0.0.1');
  const type = 'Content-Type: application/json';
  socket.write(`POST /items HTTP/1.1\r\nHost: a\r\n${type}\r\nContent-Length: 65537\r\n\r\n`);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  assert.match(String(answer), /^HTTP\/1\.1 413 /);
});

test('what is not there is told apart from what must not be asked', async () => {
  const cases = [
    ['GET', '/nothing', 404],
    ['GET', '/items/', 400],
    ['GET', '/items/zz', 400],
    ['GET', '/items/0123456789abcdef01234567', 404],
    ['GET', '/items/0123456789abcdef01234567/more', 404],
    ['GET', '/constructor', 404],
    ['GET', '//', 404],
    ['GET', '/items/%00', 400],
    ['DELETE', '/items', 405],
    ['POST', '/health', 405],
    ['HEAD', '/health', 200],
  ];
  for (const [method, path, expected] of cases) {
    const { status } = await raw({ method: String(method), path: String(path) });
    assert.deepEqual([method, path, status], [method, path, expected]);
  }
  const { headers } = await raw({ method: 'DELETE', path: '/items' });
  assert.equal(headers.allow, 'GET, POST');
});

test('a Redis that hangs delays one request by a fifth of a second, and no other', async () => {
  const { body } = await post(items, { name: 'slow cache' });
  await stores.redis.hang();
  const times = [];
  for (let count = 0; count < 5; count++) {
    const start = Date.now();
    assert.equal((await ask(`${items}/${body.id}`)).status, 200);
    times.push(Date.now() - start);
  }
  stores.redis.resume();
  assert.ok(times.filter((ms) => ms > 150).length <= 1 && Math.max(...times) < 1000, `${times} ms`);
  await until(async () => (await ask(`${items}/${body.id}`)).headers.get('x-cache') === 'hit');
});

test('a MongoDB that hangs makes a request fail within six seconds', async () => {
  await stores.mongo.hang();
  const start = Date.now();
  const { status, body } = await ask(items);
  stores.mongo.resume();
  assert.deepEqual([status, body], [503, { error: 'MongoDB does not answer.' }]);
  assert.ok(Date.now() - start < 6500, `${Date.now() - start} ms`);
  await until(async () => (await ask(items)).status === 200);
});

test('what lies with MongoDB is told from what lies with us', () => {
  const coded = (/** @type {string} */ code) => Object.assign(new Error('x'), { code });
  const server = (/** @type {number} */ code) => new MongoServerError({ code, message: 'x' });
  const down = [
    new MongoNetworkError('x'),
    coded('EPIPE'),
    coded('ENOENT'),
    server(18),
    server(91),
  ];
  const ours = [coded('ERR_INVALID_ARG_TYPE'), server(11000), new TypeError('x'), 'x'];
  assert.deepEqual([...down, ...ours].map(meansDown), [
    ...down.map(() => true),
    ...ours.map(() => false),
  ]);
});

/** An id just below this one. @param {string} id */
function justBelow(id) {
  return (BigInt(`0x${id}`) - 1n).toString(16).padStart(24, '0');
}

/**
 * A request to which nothing is added, unlike by fetch.
 * @param {{ method?: string, path?: string, body?: string | Buffer, type?: string, chunked?: boolean }} what
 * @returns {Promise<{ status: number | undefined, body: unknown, headers: import('node:http').IncomingHttpHeaders }>}
 */
function raw({ method = 'POST', path = '/items', body, type = 'application/json', chunked }) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:http').OutgoingHttpHeaders} */
    const headers = body === undefined ? {} : { 'content-type': type };
    if (chunked) headers['transfer-encoding'] = 'chunked';
    else if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
    const sent = request({ port: service.port, method, path, headers }, async (response) => {
      const chunks = await response.toArray();
      const text = Buffer.concat(chunks).toString();
      const { statusCode: status } = response;
      resolve({ status, body: text && JSON.parse(text), headers: response.headers });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
