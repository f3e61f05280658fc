import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { parse } from './support/exposition.mjs';
import { Ollama } from './support/ollama.mjs';
import { ask, post, startService, until } from './support/service.mjs';
import { createStores } from './support/stores.mjs';

const MODELS = { AI_CHAT_MODEL: 'talker:1b', AI_EMBEDDING_MODEL: 'vectors:v1' };
const CANNOT = [503, { error: 'The AI service cannot answer.' }];

/** @type {Awaited<ReturnType<typeof createStores>>} */
let stores;
/** @type {import('./support/service.mjs').Service} */
let service;
/** @type {Ollama} */
let ollama;
/** @type {Record<string, string>} */
let env;

before(async () => {
  stores = await createStores();
  await stores.mongo.start();
});
after(() => stores.remove());
beforeEach(async () => {
  ollama = new Ollama();
  const AI_PORT = String(await ollama.start());
  env = { ...stores.env, REDIS_HOST: '', AI_HOST: '127.0.0.1', AI_PORT, ...MODELS };
});
afterEach(async () => {
  await service.stop();
  await ollama.stop();
});

test('a question is answered by a model that is told the items nearest to it', async () => {
  service = await startService(env);
  for (const name of ['zzz', 'pear', 'apple', 'grape'])
    await post(`${service.url}/items`, { name });
  const { status, body } = await question('Pear, apple or grape?');
  assert.equal(status, 200);
  assert.deepEqual(names(body).sort(), ['apple', 'grape', 'pear']);
  assert.match(body.answer, /^Answer in at most three sentences. Items:\n- /);
  assert.match(body.answer, / \| Pear, apple or grape\?$/);
  const [embed, chat] = ollama.asked;
  assert.deepEqual(embed?.body, {
    model: 'vectors:v1',
    input: ['Pear, apple or grape?', 'zzz', 'pear', 'apple', 'grape'],
  });
  assert.equal(chat?.path, '/api/chat');
  assert.deepEqual(
    [chat?.body.model, chat?.body.stream, chat?.body.think, chat?.body.options],
    ['talker:1b', false, false, { num_predict: 256 }],
  );
});

test('the AI service is told the trace', async () => {
  service = await startService(env);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  assert.equal((await question('Why?', headers)).status, 200);
  for (const { headers: got } of ollama.asked)
    assert.match(String(got['traceparent']), RegExp(traceId));
});

test('without AI_HOST there is no AI service, and everything else is as ever', async () => {
  service = await startService({ ...env, AI_HOST: '' });
  const { status, body, headers } = await question('Why?');
  assert.deepEqual([status, body], [503, { error: 'There is no AI service.' }]);
  assert.equal(headers.get('retry-after'), null);
  assert.equal((await ask(`${service.url}/ready`)).status, 200);
  assert.equal((await ask(`${service.url}/items`)).status, 200);
});

test('an AI service that is down is a 503, no matter for readiness, and found when it is back', async () => {
  service = await startService(env);
  await ollama.stop();
  const { status, body, headers } = await question('Why?');
  assert.deepEqual([status, body], CANNOT);
  assert.equal(headers.get('retry-after'), '5');
  assert.deepEqual((await ask(`${service.url}/ready`)).body.status, 'ready');
  assert.equal(await up(), 0);
  await ollama.start(Number(env['AI_PORT']));
  assert.equal((await question('Why?')).status, 200);
  assert.equal(await up(), 1);
  await question('Why?');
  const told = service.lines.map(({ message }) => message).filter((text) => /^ai is/.test(text));
  assert.deepEqual(told, ['ai is down', 'ai is up']);
  assert.equal(service.line('ai is down')['error'].code, 'ECONNREFUSED');
});

test('an AI service that hangs is given up in time', async () => {
  service = await startService({ ...env, AI_TIMEOUT_SECONDS: '1' });
  ollama.instead = () => undefined;
  const start = Date.now();
  const { status, body } = await question('Why?');
  assert.deepEqual([status, body], [503, { error: 'The AI service did not answer within 1 s.' }]);
  assert.ok(Date.now() - start < 5000, `${Date.now() - start} ms`);
  await until(() => ollama.left === 1);
});

test('vectors and answer have that time together, also when they come in drops', async () => {
  service = await startService({ ...env, AI_TIMEOUT_SECONDS: '1' });
  ollama.instead = (response) => {
    const drop = setInterval(() => response.write(' '), 100);
    response.on('close', () => clearInterval(drop));
  };
  assert.equal((await question('Why?')).status, 503);
  await until(() => ollama.left === 1);
});

for (const [what, instead] of /** @type {[string, NonNullable<Ollama['instead']>][]} */ ([
  ['an error', (response) => response.writeHead(404).end('{"error":"model not found"}')],
  ['what is no JSON', (response) => response.end('<html>')],
  ['something else', (response) => response.end('{"embeddings":[[1]],"message":{}}')],
  [
    'vectors of different length',
    (response, usual) => response.end(usual.replace(/\[\[\d+,/, '[[')),
  ],
  ['more than anybody reads', (response, usual) => response.end(usual.padEnd(5_000_000))],
  ['half of it', (response) => response.write('{"embed', () => response.destroy())],
])) {
  test(`an AI service that answers ${what} cannot answer`, async () => {
    service = await startService(env);
    ollama.instead = instead;
    const { status, body } = await question('Why?');
    assert.deepEqual([status, body], CANNOT);
    assert.equal((await ask(`${service.url}/health`)).status, 200);
  });
}

test('what Ollama says is logged, not told', async () => {
  service = await startService(env);
  ollama.instead = (response) => response.writeHead(404).end('{"error":"no talker:1b"}');
  await question('Why?');
  assert.match(service.line('request failed')['error'].message, /^It answered 404: .*no talker:1b/);
});

test('an answer of nothing is none', async () => {
  service = await startService(env);
  ollama.instead = (response, usual) =>
    response.end(usual.replace(/"content":".*?[^\\]"/, '"content":" "'));
  const { status, body } = await question('Why?');
  assert.deepEqual([status, body], CANNOT);
  assert.equal(ollama.asked.length, 2);
});

test('a question has a form and a size', async () => {
  service = await startService(env);
  const form = 'The body must be {"question": "…"}, without other fields.';
  const size = 'question must have 1 to 1000 characters, not only spaces.';
  for (const [body, message] of [
    [{}, form],
    [{ question: 1 }, form],
    [{ question: 'a', more: 1 }, form],
    [{ question: ' ' }, size],
    [{ question: 'a'.repeat(1001) }, size],
  ]) {
    const answer = await post(`${service.url}/answer`, body);
    assert.deepEqual([answer.status, answer.body], [400, { error: message }]);
  }
  const large = await question('ü'.repeat(10_000));
  assert.equal(large.status, 413);
  assert.equal((await ask(`${service.url}/answer`)).status, 405);
  assert.deepEqual(ollama.asked, []);
  assert.equal((await question('a'.repeat(1000))).status, 200);
});

test('so many questions at once, and no more', async () => {
  service = await startService(env);
  /** @type {import('node:http').ServerResponse[]} */
  const waiting = [];
  ollama.instead = (response) => waiting.push(response);
  const answers = Array.from({ length: 8 }, () => question('Why?'));
  await until(() => waiting.length === 8);
  const { status, body, headers } = await question('Why?');
  assert.deepEqual([status, body], [503, { error: 'Too many questions at once.' }]);
  assert.equal(headers.get('retry-after'), '5');
  for (const response of waiting) response.destroy();
  for (const answer of answers) assert.equal((await answer).status, 503);
  ollama.instead = undefined;
  assert.equal((await question('Why?')).status, 200);
});

test('who goes away is not waited for: the model is free for others', async () => {
  service = await startService(env);
  ollama.instead = () => undefined;
  const content = JSON.stringify({ question: 'Why?' });
  const socket = connect(service.port, '127.0.0.1');
  const head = `POST /answer HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`;
  socket.write(`${head}Content-Length: ${content.length}\r\n\r\n${content}`);
  await until(() => ollama.asked.length === 1);
  socket.destroy();
  await until(() => ollama.left === 1);
  await until(() => service.lines.some(({ path }) => path === '/answer'));
  assert.equal((await ask(`${service.url}/health`)).status, 200);
  assert.equal(service.lines.filter(({ message }) => /^ai is|failed/.test(message)).length, 0);
});

test('answers are timed, and tokens counted', async () => {
  service = await startService(env);
  await question('Why?');
  await ollama.stop();
  await question('Why?');
  const families = parse(await (await fetch(service.metricsUrl)).text());
  const labels = { gen_ai_provider_name: 'ollama' };
  const chat = { ...labels, gen_ai_operation_name: 'chat', gen_ai_request_model: 'talker:1b' };
  const vectors = {
    ...labels,
    gen_ai_operation_name: 'embeddings',
    gen_ai_request_model: 'vectors:v1',
  };
  const duration = 'gen_ai_client_operation_duration_seconds';
  const sample = (/** @type {string} */ name, /** @type {object} */ wanted) =>
    [...families.values()].flat().find((one) => one.name === name && isSame(one.labels, wanted))
      ?.value;
  assert.equal(sample(`${duration}_count`, { ...chat, error_type: '' }), 1);
  assert.equal(sample(`${duration}_count`, { ...vectors, error_type: '' }), 1);
  assert.equal(sample(`${duration}_count`, { ...vectors, error_type: 'Error' }), 1);
  const tokens = 'gen_ai_client_token_usage_sum';
  assert.equal(sample(tokens, { ...chat, gen_ai_token_type: 'input' }), 30);
  assert.equal(sample(tokens, { ...chat, gen_ai_token_type: 'output' }), 12);
});

/** @param {string} text @param {Record<string, string>} headers */
function question(text, headers = {}) {
  return ask(`${service.url}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ question: text }),
  });
}

/** @param {{ items: { name: string }[] }} body */
const names = ({ items }) => items.map(({ name }) => name);

/** @param {object} one @param {object} other */
const isSame = (one, other) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

async function up() {
  const families = parse(await (await fetch(service.metricsUrl)).text());
  return families.get('ai_up')?.[0]?.value;
}
