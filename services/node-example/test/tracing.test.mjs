import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { ask, startService, until } from './support/service.mjs';
import { createStores } from './support/stores.mjs';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

/** @type {Awaited<ReturnType<typeof createStores>>} */
let stores;
/** @type {import('node:http').Server} */
let collector;
/** @type {{ path: string | undefined, spans: any[], resource: Record<string, any> }[]} */
let received;
let endpoint = '';

before(async () => {
  stores = await createStores();
  await Promise.all([stores.mongo.start(), stores.redis.start()]);
  received = [];
  collector = createServer(async (request, response) => {
    const [batch] = JSON.parse(Buffer.concat(await request.toArray()).toString()).resourceSpans;
    const spans = batch.scopeSpans.flatMap((/** @type {any} */ scope) => scope.spans);
    received.push({ path: request.url, spans, resource: attributes(batch.resource) });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (collector.address());
  endpoint = `http://127.0.0.1:${port}`;
});
after(async () => {
  collector.close();
  await stores.remove();
});

test('spans of a request and of its stores reach the collector, at the latest when it ends', async () => {
  const service = await startService({
    ...stores.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_SERVICE_NAME: 'orders',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,k8s.namespace.name=app',
  });
  await until(async () => (await ask(`${service.url}/ready`)).body.redis === 'up');
  const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
  await ask(`${service.url}/items/0123456789abcdef01234567`, { headers });
  service.kill('SIGTERM');
  await service.ended;

  assert.ok(received.every(({ path }) => path === '/v1/traces'));
  const { resource } = received[0] ?? {};
  assert.equal(resource?.['service.name'], 'orders');
  assert.equal(resource?.['deployment.environment.name'], 'test');
  const spans = received.flatMap((batch) => batch.spans).filter(({ traceId }) => traceId === TRACE);
  const server = spans.find(({ name }) => name === 'GET /items/:id');
  assert.equal(server.parentSpanId, CALLER);
  assert.equal(attributes(server)['http.response.status_code'], 404);
  const children = spans.filter(({ parentSpanId }) => parentSpanId === server.spanId);
  assert.deepEqual(children.map(({ name }) => name).sort(), ['find mongodb', 'get redis']);
});

test('without a collector, or with an empty one, nothing is sent and nothing complained of', async () => {
  const before = received.length;
  const service = await startService({ ...stores.env, OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  await ask(`${service.url}/items`);
  service.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 0, signal: null });
  assert.equal(received.length, before);
  assert.ok(service.lines.every(({ message }) => message !== 'tracing'));
});

test('a collector that is down costs requests nothing, and is told of in the log', async () => {
  const service = await startService({
    ...stores.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  });
  assert.equal((await ask(`${service.url}/items`)).status, 200);
  await until(() => service.lines.some(({ message }) => message === 'tracing'));
  assert.equal((await ask(`${service.url}/items`)).status, 200);
  // Time for the second export to fail as well.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const lines = service.lines.filter(({ message }) => message === 'tracing');
  assert.deepEqual(
    lines.map(({ level, traceId }) => [level, traceId]),
    [['warn', undefined]],
    'once a minute, and as no part of a request',
  );
  service.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 0, signal: null });
});

/** @param {any} of @returns {Record<string, any>} */
function attributes(of) {
  return Object.fromEntries(
    of.attributes.map((/** @type {any} */ { key, value }) => [key, Object.values(value)[0]]),
  );
}
