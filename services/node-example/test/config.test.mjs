import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { readConfig } from '../src/config.mjs';
import { spawnService } from './support/service.mjs';

const MONGODB_HOST = 'mongodb.data.svc';

test('only MONGODB_HOST must be given', () => {
  assert.deepEqual(readConfig({ MONGODB_HOST }), {
    port: 3100,
    metricsPort: 9464,
    logLevel: 'info',
    shutdownSeconds: 20,
    mongodb: {
      host: MONGODB_HOST,
      port: 27017,
      secret: '/run/secrets/mongodb',
      database: 'node-service',
    },
    redis: undefined,
    ai: undefined,
  });
});

test('with REDIS_HOST there is a cache', () => {
  const { redis } = readConfig({ MONGODB_HOST, REDIS_HOST: 'redis' });
  assert.deepEqual(redis, { host: 'redis', port: 6379, secret: '/run/secrets/redis' });
});

test('with AI_HOST there are answers', () => {
  const models = { AI_CHAT_MODEL: 'c:1', AI_EMBEDDING_MODEL: 'e:1' };
  const { ai } = readConfig({ MONGODB_HOST, AI_HOST: 'ollama', ...models });
  assert.deepEqual(ai, {
    host: 'ollama',
    port: 11434,
    chatModel: 'c:1',
    embeddingModel: 'e:1',
    seconds: 15,
  });
});

test('each variable is read', () => {
  const config = readConfig({
    PORT: '1',
    METRICS_PORT: '65535',
    LOG_LEVEL: 'error',
    SHUTDOWN_SECONDS: '3600',
    MONGODB_HOST: 'm',
    MONGODB_PORT: '2',
    MONGODB_SECRET: '/m',
    MONGODB_DATABASE: 'd',
    REDIS_HOST: 'r',
    REDIS_PORT: '3',
    REDIS_SECRET: '/r',
    AI_HOST: 'a',
    AI_PORT: '4',
    AI_CHAT_MODEL: 'c',
    AI_EMBEDDING_MODEL: 'e',
    AI_TIMEOUT_SECONDS: '5',
  });
  assert.deepEqual(config, {
    port: 1,
    metricsPort: 65535,
    logLevel: 'error',
    shutdownSeconds: 3600,
    mongodb: { host: 'm', port: 2, secret: '/m', database: 'd' },
    redis: { host: 'r', port: 3, secret: '/r' },
    ai: { host: 'a', port: 4, chatModel: 'c', embeddingModel: 'e', seconds: 5 },
  });
});

test('an empty variable counts as not set', () => {
  const empty = { PORT: '', LOG_LEVEL: '', REDIS_HOST: '', MONGODB_SECRET: '' };
  assert.deepEqual(readConfig({ MONGODB_HOST, ...empty }), readConfig({ MONGODB_HOST }));
});

const PORT = 'but must be a whole number from 1 to 65535: set it';
for (const [env, message] of [
  [{ MONGODB_HOST: '' }, 'MONGODB_HOST is "", but must be a host name: set it to that of MongoDB.'],
  [{ MONGODB_PORT: '65536' }, `MONGODB_PORT is "65536", ${PORT}.`],
  [{ MONGODB_PORT: '0' }, `MONGODB_PORT is "0", ${PORT}.`],
  [{ MONGODB_PORT: '1e3' }, `MONGODB_PORT is "1e3", ${PORT}.`],
  [
    { REDIS_HOST: 'redis', REDIS_PORT: 'tcp://10.0.0.7:6379' },
    `REDIS_PORT is "tcp://10.0.0.7:6379", ${PORT}, and "enableServiceLinks: false" on the pod.`,
  ],
  [
    { SHUTDOWN_SECONDS: '-1' },
    'SHUTDOWN_SECONDS is "-1", but must be a whole number from 1 to 3600: set it.',
  ],
  [
    { AI_HOST: 'ollama', AI_EMBEDDING_MODEL: 'e:1' },
    'AI_CHAT_MODEL is "", but must be a model of AI_HOST: set it.',
  ],
  [
    { LOG_LEVEL: 'verbose' },
    'LOG_LEVEL is "verbose", but must be one of debug, info, warn, error: choose one.',
  ],
]) {
  test(`${JSON.stringify(env)} is refused`, () => {
    assert.throws(() => readConfig({ MONGODB_HOST, ...Object(env) }), { message });
  });
}

test('a process with a wrong configuration ends with 1 and says all that is wrong', async () => {
  const service = spawnService({ PORT: 'http', LOG_LEVEL: 'loud' });
  assert.deepEqual(await service.ended, { code: 1, signal: null });
  assert.deepEqual(
    service.lines.map(({ level, message }) => [level, message.split(',')[0]]),
    [
      ['error', 'LOG_LEVEL is "loud"'],
      ['error', 'MONGODB_HOST is ""'],
      ['error', 'PORT is "http"'],
    ],
  );
  assert.equal(service.output.errors, '');
});

test('a port that is taken ends the process with 1 and a line of log', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (other.address());
  const service = spawnService({ MONGODB_HOST: '127.0.0.1', PORT: String(port) });
  assert.deepEqual(await service.ended, { code: 1, signal: null });
  other.close();
  assert.equal(service.line('crashed')['error'].code, 'EADDRINUSE');
  assert.equal(service.output.errors, '');
});
