import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileOf, HOST, LOGGED, NginxTier } from './nginx-tier';
import { nginx } from './programs';
import { client, get, raw, statuses } from './requests';

/* Gateway and backends of dist/dev, run by a real nginx: what requests meet. */

const tier = new NginxTier(nginx());
beforeAll(() => tier.start());
afterAll(() => tier.stop());

/** The last line of a log; nginx writes it up to a second after the answer. */
async function lastOf(log: () => Record<string, unknown>[], path: string) {
  for (let left = 120; left > 0; left -= 1) {
    const found = log().findLast((line) => line['path'] === path);
    if (found) return found;
    await sleep(25);
  }
  throw new Error(`No request for ${path} is logged.`);
}

test('ten requests are spread evenly over the backends', async () => {
  await sleep(LOGGED);
  const counts = () => tier.backends.map((backend) => backend.requests().length);
  const before = counts();
  for (let at = 0; at < 10; at += 1) {
    expect((await get(tier, '/', { from: client(at) })).status).toBe(200);
  }
  await sleep(LOGGED);
  const [one = 0, other = 0] = counts().map((count, at) => count - (before[at] ?? 0));
  expect(one + other).toBe(10);
  expect(Math.abs(one - other)).toBeLessThanOrEqual(1);
});

test('a backend serves the files, and the gateway adds the headers of the route', async () => {
  const { body, headers } = await get(tier, '/');
  expect(body).toBe(fileOf('nginx-backend-files', 'index.html'));
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    server: 'nginx',
  });
});

test('below /api/ the Node service answers, as if it were at the root', async () => {
  const body = Buffer.alloc(1_000_000, 'a');
  const answer = await get(tier, '/api/items?limit=2', { method: 'POST', body });
  expect(JSON.parse(answer.body)).toEqual({ path: '/items?limit=2', bytes: 1_000_000 });
  expect(answer.headers.location).toBe('/api/items/1');
});

test('a request has one id and one trace, from the gateway to the service', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const { headers } = await get(tier, '/api/traced', {
    from: '198.51.100.7',
    headers: { traceparent, 'x-request-id': 'made up' },
  });
  const id = headers['x-request-id'];
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  const line = { traceId, requestId: id, client: '198.51.100.7', status: 200, host: HOST };
  expect(await lastOf(() => tier.gateway.requests(), '/api/traced')).toMatchObject(line);
  const backends = () => tier.backends.flatMap((backend) => backend.requests());
  expect(await lastOf(backends, '/api/traced')).toMatchObject(line);
  expect(tier.asked.at(-1)?.headers).toMatchObject({
    traceparent,
    'x-request-id': id,
    'x-forwarded-for': '198.51.100.7',
    'x-forwarded-proto': 'http',
    host: HOST,
  });
});

test('a client cannot choose its address: proxies before it are counted from the inside', async () => {
  await get(tier, '/forged', { from: '192.0.2.1, 198.51.100.8, 10.1.2.3' });
  const line = await lastOf(() => tier.gateway.requests(), '/forged');
  expect(line['client']).toBe('198.51.100.8');
});

test('text is compressed for those who can read that', async () => {
  const path = '/api/a/long/path/'.padEnd(3000, 'a');
  const headers = { 'accept-encoding': 'gzip' };
  expect((await get(tier, path, { headers })).headers['content-encoding']).toBe('gzip');
  expect((await get(tier, path)).headers['content-encoding']).toBeUndefined();
});

test('a body above the limit is answered 413 before it is sent, with the headers', async () => {
  const headers = { 'content-length': String(10 * 2 ** 20 + 1), connection: 'close' };
  const answer = await get(tier, '/api/items', { method: 'POST', headers });
  expect(answer.status).toBe(413);
  expect(answer.headers['x-frame-options']).toBe('DENY');
});

test('a body of just the limit gets through', async () => {
  const body = Buffer.alloc(10 * 2 ** 20);
  const answer = await get(tier, '/api/items', { method: 'POST', body });
  expect(JSON.parse(answer.body)).toMatchObject({ bytes: 10 * 2 ** 20 });
});

test('headers that are too long are answered 400, a path that is too long 414', async () => {
  const long = 'a'.repeat(9000);
  expect((await get(tier, '/', { headers: { 'x-long': long } })).status).toBe(400);
  expect((await get(tier, `/${long}`)).status).toBe(414);
});

test.each([
  ['binary', '\u0001\u0002"\\\r\n\r\n'],
  [
    'quotes',
    'GET /"\\%01%ff HTTP/1.1\r\nHost: "\r\nUser-Agent: "\\\u0007\r\nConnection: close\r\n\r\n',
  ],
  ['HTTP/0.9', 'GET /\r\n'],
  ['HTTP/9', 'GET / HTTP/9.9\r\n\r\n'],
])('a request that is none leaves a line in the log that is JSON: %s', async (_, content) => {
  await sleep(LOGGED);
  const before = tier.gateway.requests().length;
  await raw(tier, content);
  await sleep(LOGGED);
  expect(tier.gateway.requests()).toHaveLength(before + 1);
});

test('a host that no route has is answered 404', async () => {
  expect((await get(tier, '/', { host: 'other.example' })).status).toBe(404);
});

test('a client above its rate is answered 429 and told when to come again, others are not', async () => {
  const from = '203.0.113.251';
  const started = Date.now();
  const answers = await Promise.all(Array.from({ length: 100 }, () => get(tier, '/', { from })));
  const seconds = (Date.now() - started) / 1000;
  const { 200: served = 0, 429: refused = 0 } = statuses(answers);
  expect(served + refused).toBe(100);
  // A burst of 40, and 20 a second.
  expect(served).toBeGreaterThanOrEqual(41);
  expect(served).toBeLessThanOrEqual(42 + Math.ceil(20 * seconds));
  expect(refused).toBeGreaterThan(0);
  const late = answers.find(({ status }) => status === 429);
  expect(late?.headers).toMatchObject({ 'retry-after': '1', 'x-frame-options': 'DENY' });
  expect((await get(tier, '/', { from: '203.0.113.252' })).status).toBe(200);
});

test('clients that send slowly are cut off, and do not keep others from being served', async () => {
  const head = `POST /api/items HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 10\r\n`;
  const since = Date.now();
  const ends = Promise.all(
    [head, `${head}\r\nabc`].flatMap((content) =>
      Array.from({ length: 20 }, async () => {
        await raw(tier, content);
        return Date.now() - since;
      }),
    ),
  );
  await sleep(500);
  expect((await get(tier, '/', { from: client(3) })).status).toBe(200);
  const took = await ends;
  // Headers have 10 seconds, bodies 15.
  expect(Math.min(...took)).toBeGreaterThan(8_000);
  expect(Math.max(...took.slice(0, 20))).toBeLessThan(13_000);
  expect(Math.max(...took)).toBeLessThan(20_000);
});

test('the status page is on loopback alone, and no route leads to it', async () => {
  expect((await get(tier, '/stub_status')).status).toBe(404);
  expect((await get(tier, '/stub_status', { host: 'other.example' })).status).toBe(404);
  expect(await opens(tier.gateway.address, tier.ports.status)).toBe(false);
  expect(await opens('127.0.0.1', tier.ports.status)).toBe(true);
});

function opens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}
