import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ask, startService, until } from './support/service.mjs';
import { createStores, unlikely } from './support/stores.mjs';

const LOG = new URL('../src/log.mjs', import.meta.url).href;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

/** @type {Awaited<ReturnType<typeof createStores>>} */
let stores;
/** @type {import('./support/service.mjs').Service} */
let service;

beforeEach(async () => {
  stores = await createStores();
});
afterEach(async () => {
  await service.stop();
  await stores.remove();
});

test('each line is JSON with time, level and message, and a request says what came of it', async () => {
  await Promise.all([stores.mongo.start(), stores.redis.start()]);
  service = await startService(stores.env);
  await ask(`${service.url}/items?limit=1&token=private`);
  await ask(`${service.url}/nothing`);
  const [items, nothing] = await requests(2);
  for (const { time, level, message } of service.lines) {
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000);
    assert.ok(['debug', 'info', 'warn', 'error'].includes(level));
    assert.equal(typeof message, 'string');
  }
  assert.deepEqual([items?.['method'], items?.['path'], items?.['status']], ['GET', '/items', 200]);
  assert.ok(items?.['ms'] > 0 && items?.['ms'] < 10_000, `${items?.['ms']} ms`);
  assert.equal(nothing?.['status'], 404);
  assert.ok(!service.output.text.includes('private'), 'the query is not logged');
});

test('a trace goes on from the caller into the log and the response', async () => {
  service = await startService(stores.env);
  const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
  const response = await ask(`${service.url}/nothing`, { headers });
  const [line] = await requests(1);
  assert.equal(line?.['traceId'], TRACE);
  assert.match(line?.['spanId'], /^[0-9a-f]{16}$/);
  assert.notEqual(line?.['spanId'], CALLER);
  assert.equal(response.headers.get('traceparent'), `00-${TRACE}-${line?.['spanId']}-01`);
});

test('what is said on behalf of a request carries its trace too', async () => {
  service = await startService(stores.env);
  const headers = { traceparent: `00-${TRACE}-${CALLER}-00` };
  const { status } = await ask(`${service.url}/items`, { headers });
  assert.equal(status, 503);
  await requests(1);
  const { traceId, error } = service.line('request failed');
  assert.equal(traceId, TRACE);
  assert.match(error.message, /ECONNREFUSED/);
});

test('without a caller, or with a broken header, a request gets a trace of its own', async () => {
  service = await startService(stores.env);
  for (const traceparent of [undefined, 'nonsense', `00-${'0'.repeat(32)}-${CALLER}-01`]) {
    await ask(`${service.url}/nothing`, traceparent ? { headers: { traceparent } } : {});
  }
  const ids = (await requests(3)).map((line) => String(line['traceId']));
  assert.equal(new Set(ids).size, 3);
  for (const id of ids) assert.match(id, /^(?!0{32})[0-9a-f]{32}$/);
});

test('probes are logged at debug only', async () => {
  for (const [level, seen] of /** @type {const} */ ([
    ['debug', ['/health', '/nothing']],
    ['info', ['/nothing']],
  ])) {
    service = await startService({ ...stores.env, LOG_LEVEL: level });
    await ask(`${service.url}/health`);
    await ask(`${service.url}/nothing`);
    await until(() => service.lines.some(({ path }) => path === '/nothing'));
    const lines = await requests(seen.length);
    assert.deepEqual(
      lines.map(({ path }) => path),
      seen,
    );
    await service.stop();
  }
});

test('LOG_LEVEL leaves out what is less severe', async () => {
  for (const [level, seen] of /** @type {const} */ ([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
  ])) {
    const program = `
      const { createLog } = await import(${JSON.stringify(LOG)});
      for (const write of Object.values(createLog('${level}'))) write('x');`;
    const args = ['--input-type=module', '--eval', program];
    const lines = execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).level),
      seen,
    );
  }
});

test('a caller that goes away is logged as such', async () => {
  await stores.mongo.start();
  service = await startService(stores.env);
  await until(async () => (await ask(`${service.url}/ready`)).status === 200);
  await stores.mongo.hang();
  await assert.rejects(ask(`${service.url}/items`, { signal: AbortSignal.timeout(300) }));
  const [line] = await requests(1);
  assert.deepEqual([line?.['path'], line?.['aborted']], ['/items', true]);
  assert.match(line?.['traceId'], /^[0-9a-f]{32}$/);
  stores.mongo.resume();
});

test('no secret is ever printed, whatever goes wrong', async () => {
  const wrong = [unlikely('mongodb'), unlikely('redis')];
  await stores.remove();
  // Without HELLO, Redis answers it with its arguments, the password among them.
  stores = await createStores(['--rename-command', 'HELLO', '""']);
  await Promise.all([stores.mongo.start(), stores.redis.start()]);
  service = await startService({ ...stores.env, LOG_LEVEL: 'debug' });
  const { status, body } = await ask(`${service.url}/ready`);
  assert.deepEqual([status, body.redis], [200, 'down']);
  await until(() => service.lines.some(({ message }) => message === 'redis is down'));
  assert.match(service.line('redis is down')['error'].message, /HELLO.*\*\*\*/);

  const outputs = [await outputOf(service)];

  // Wrong ones.
  const { mongodb, redis } = stores.passwords;
  stores.writeSecret('mongodb', wrong[0] ?? '');
  stores.writeSecret('redis', wrong[1] ?? '');
  service = await startService({ ...stores.env, LOG_LEVEL: 'debug' });
  const refused = await ask(`${service.url}/items`);
  // None at all.
  rmSync(join(stores.folder, 'mongodb'), { recursive: true });
  outputs.push(await outputOf(service));
  service = await startService({ ...stores.env, LOG_LEVEL: 'debug' });
  const failed = await ask(`${service.url}/items`);
  for (const { status, body } of [refused, failed]) {
    assert.deepEqual([status, body], [503, { error: 'MongoDB does not answer.' }]);
  }
  outputs.push(await outputOf(service));
  const all = outputs.join('');
  assert.match(all, /AuthenticationFailed|Authentication failed/);
  assert.match(all, /ENOENT/);
  for (const secret of [mongodb, redis, ...wrong]) assert.ok(!all.includes(secret), secret);
});

/** All that it printed until its end. @param {import('./support/service.mjs').Service} ending */
async function outputOf(ending) {
  ending.kill('SIGTERM');
  await ending.ended;
  return ending.output.text + ending.output.errors;
}

/** The lines of the first `count` requests. @param {number} count */
async function requests(count) {
  const found = () => service.lines.filter(({ message }) => message === 'request');
  await until(() => found().length >= count);
  return found();
}
