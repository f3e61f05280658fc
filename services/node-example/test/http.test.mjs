import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { httpServer, listen, send } from '../src/http.mjs';
import { startService } from './support/service.mjs';

// The limits of a running service, and with smaller ones that they are kept.

/** @type {import('node:http').Server} */
let server;
let port = 0;

before(async () => {
  const limits = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 };
  server = httpServer((request, response) => {
    request.resume().on('end', () => send(response, { status: 200, body: {} }));
  }, limits);
  port = await listen(server, 0);
});
after(() => server.close());

test('a caller that does not end its head is let go', async () => {
  assert.match(await answer('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '), /^HTTP\/1\.1 408 /);
});

test('a caller that does not end its body is let go', async () => {
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n';
  assert.match(await answer(`${head}abc`), /^HTTP\/1\.1 408 /);
  assert.match(await answer(`${head}abcde`, true), /^HTTP\/1\.1 200 /);
});

test('connections are kept longer than ingress controllers keep theirs', async () => {
  const service = await startService({ MONGODB_HOST: '127.0.0.1' });
  const { headers } = await fetch(`${service.url}/health`);
  assert.equal(headers.get('keep-alive'), 'timeout=75');
  await service.stop();
});

test('the head and the whole of a request have limits by default too', () => {
  const { headersTimeout, requestTimeout } = httpServer(() => undefined);
  assert.deepEqual([headersTimeout, requestTimeout], [5000, 30_000]);
});

/** All that comes back for these bytes. @param {string} bytes */
async function answer(bytes, close = false) {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let text = '';
  socket.on('data', (data) => (text += data)).on('error', () => undefined);
  socket.write(bytes);
  if (close) {
    await once(socket, 'data');
    socket.destroy();
  } else {
    await once(socket, 'close');
  }
  return text;
}
