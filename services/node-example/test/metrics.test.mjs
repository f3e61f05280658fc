import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { parse } from './support/exposition.mjs';
import { ask, post, startService, until } from './support/service.mjs';
import { createStores } from './support/stores.mjs';

/** @type {Awaited<ReturnType<typeof createStores>>} */
let stores;
/** @type {import('./support/service.mjs').Service} */
let service;

before(async () => {
  stores = await createStores();
  await Promise.all([stores.mongo.start(), stores.redis.start()]);
  service = await startService(stores.env);
  await until(async () => (await ask(`${service.url}/ready`)).body.redis === 'up');
});
after(async () => {
  await service.stop();
  await stores.remove();
});

test('the exposition is well formed, and told to be what it is', async () => {
  await ask(`${service.url}/items`);
  const response = await fetch(service.metricsUrl);
  assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  const families = parse(await response.text());
  for (const name of [
    'http_server_request_duration_seconds',
    'http_server_active_requests',
    'db_client_operation_duration_seconds',
    'db_client_connections',
    'store_up',
    'cache_requests_total',
    'process_cpu_seconds_total',
    'nodejs_eventloop_lag_p99_seconds',
  ]) {
    assert.ok(families.has(name), name);
  }
});

test('promtool has nothing to say about the exposition', async (t) => {
  const promtool = process.env['PROMTOOL'] || 'promtool';
  if (spawnSync(promtool, ['--version']).error) {
    return t.skip('there is no promtool: install Prometheus, or set PROMTOOL');
  }
  const input = await (await fetch(service.metricsUrl)).text();
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input });
  // The library's own names end in _total where they are gauges: not ours to change.
  const said = `${stdout}${stderr}`.split('\n').filter((line) => line && !/^nodejs_/.test(line));
  assert.deepEqual(said, []);
  assert.ok(status === 0 || status === 3);
});

test('requests are counted by route, never by path', async () => {
  const { body } = await post(`${service.url}/items`, { name: 'a' });
  for (const path of [body.id, body.id, 'unknown']) await ask(`${service.url}/items/${path}`);
  await ask(`${service.url}/wp-login.php`);
  await fetch(`${service.url}/items`, { method: 'PROPFIND' });
  const count = await reader('http_server_request_duration_seconds_count');
  const seen = (
    /** @type {string} */ method,
    /** @type {string} */ route,
    /** @type {number} */ status,
  ) =>
    count({
      http_request_method: method,
      http_route: route,
      http_response_status_code: String(status),
    });
  assert.equal(seen('POST', '/items', 201), 1);
  assert.equal(seen('GET', '/items/:id', 200), 2);
  assert.equal(seen('GET', '/items/:id', 400), 1);
  assert.equal(seen('GET', '', 404), 1);
  assert.equal(seen('_OTHER', '', 405), 1);
  assert.equal((await reader('http_server_active_requests'))({}), 0);
});

test('a value that is not a number is written as the format wants it', async () => {
  // The second of two scrapes at once has no lag of the event loop to tell.
  const scrape = async () => (await fetch(service.metricsUrl)).text();
  const texts = [await scrape(), await scrape(), await scrape(), await scrape()];
  assert.match(texts.join(''), / NaN\n/);
  for (const text of texts) parse(text);
});

test('hits and misses of the cache are counted', async () => {
  const before = await reader('cache_requests_total');
  const { body } = await post(`${service.url}/items`, { name: 'a' });
  for (let times = 0; times < 3; times++) await ask(`${service.url}/items/${body.id}`);
  const now = await reader('cache_requests_total');
  const more = (/** @type {string} */ result) => now({ result }) - before({ result });
  assert.deepEqual([more('miss'), more('hit'), more('off')], [1, 2, 0]);
});

test('operations of the stores are timed, and connections to MongoDB counted', async () => {
  await ask(`${service.url}/items`);
  const operations = await reader('db_client_operation_duration_seconds_count');
  const labels = { db_system_name: 'mongodb', db_operation_name: 'list', error_type: '' };
  assert.ok(operations(labels) >= 1);
  const connections = await reader('db_client_connections');
  const state = (/** @type {string} */ name) =>
    connections({ db_system_name: 'mongodb', db_client_connection_state: name });
  assert.equal(state('used'), 0);
  assert.ok(state('idle') >= 1);
});

test('connections and stores that are gone show', async () => {
  const up = async (/** @type {string} */ name) =>
    (await reader('store_up'))({ db_system_name: name });
  assert.deepEqual([await up('mongodb'), await up('redis')], [1, 1]);
  await Promise.all([stores.mongo.stop(), stores.redis.stop()]);
  await until(async () => (await ask(`${service.url}/ready`)).status === 503);
  await until(async () => (await up('redis')) === 0);
  assert.equal(await up('mongodb'), 0);
  // The driver drops them at its next look.
  await until(async () => {
    const connections = await reader('db_client_connections');
    const counts = ['used', 'idle'].map((db_client_connection_state) =>
      connections({ db_system_name: 'mongodb', db_client_connection_state }),
    );
    return counts.every((count) => count === 0);
  }, 10);
  const before = await reader('cache_requests_total');
  await ask(`${service.url}/items/0123456789abcdef01234567`);
  const now = await reader('cache_requests_total');
  assert.equal(now({ result: 'off' }) - before({ result: 'off' }), 1);
});

test('the port of metrics has only metrics, and that of the API none', async () => {
  assert.equal((await fetch(service.metricsUrl.replace('/metrics', '/health'))).status, 404);
  assert.equal((await fetch(service.metricsUrl, { method: 'POST' })).status, 404);
  assert.equal((await fetch(`${service.url}/metrics`)).status, 404);
});

/** @param {string} name */
async function reader(name) {
  const families = parse(await (await fetch(service.metricsUrl)).text());
  const samples = [...families.values()].flat().filter((sample) => sample.name === name);
  assert.ok(samples.length > 0, name);
  return (/** @type {Record<string, string>} */ labels) => {
    const wanted = JSON.stringify(Object.entries(labels).sort());
    const found = samples.find(
      (sample) => JSON.stringify(Object.entries(sample.labels).sort()) === wanted,
    );
    return found?.value ?? 0;
  };
}
