import type { Asked, Fault } from './api-server';
import { COPY, error, info, Job, MONGODB, ROOT, SOURCE } from './dev-secrets-job';

/* What the dev Secrets Job does when something is not there, not allowed, slow or wrong. */

const ROOT_ID = 'platform-dev-data/mongodb-root';
const NOW = { DEADLINE_SECONDS: '0' };

jest.setTimeout(60_000);

let job: Job;

beforeEach(async () => {
  job = await Job.start();
});

afterEach(async () => {
  await job.end();
});

// Tiers are applied in order, and the consumer's comes after the owner's.
test.each([
  ['namespace', 404, 'there is no namespace platform-dev-app, apply what makes it'],
  [
    'Role',
    403,
    'apply what makes the namespace, its Role and its RoleBinding, and look at its quota',
  ],
])(
  'the %s of a consumer may come later, and nothing else waits for it',
  async (what, status, hint) => {
    const { api } = job;
    if (what === 'Role') api.denied.add('platform-dev-app');
    else api.namespaces.delete('platform-dev-app');
    let asked = 0;
    api.before = ({ path }) => {
      if (path.includes('platform-dev-app')) asked += 1;
      if (asked > 4) {
        api.denied.clear();
        api.namespaces.add('platform-dev-app');
      }
      return undefined;
    };
    const { code, lines } = await job.run([MONGODB, ROOT]);
    const method = status === 404 ? 'POST' : 'GET';
    const reason = `${job.server} answers ${method} of ${COPY} with ${String(status)}: ${hint}`;
    expect(lines).toEqual([
      info(SOURCE, 'made'),
      info(COPY, `not yet: ${reason}`),
      info(ROOT_ID, 'made'),
      info(COPY, `copied from ${SOURCE}`),
    ]);
    expect(code).toBe(0);
    expect(api.content(COPY)).toEqual(api.content(SOURCE));
  },
);

test('what is never allowed is told once at the end; all else is done', async () => {
  job.api.denied.add('platform-dev-app');
  const { code, lines } = await job.run([MONGODB, ROOT], { DEADLINE_SECONDS: '1' });
  const reason =
    `${job.server} answers GET of ${COPY} with 403: ` +
    'apply what makes the namespace, its Role and its RoleBinding, and look at its quota';
  expect(lines).toEqual([
    info(SOURCE, 'made'),
    info(COPY, `not yet: ${reason}`),
    info(ROOT_ID, 'made'),
    error(COPY, reason),
  ]);
  expect(code).toBe(1);
  expect(asks('platform-dev-app')).toBeGreaterThan(2);
});

// So that one Secret whose request hangs keeps no other from being made.
test('everything is tried once, even when the time is up', async () => {
  job.api.namespaces.delete('platform-dev-app');
  const { code, lines } = await job.run([MONGODB, ROOT], NOW);
  expect(code).toBe(1);
  expect(lines.map(({ message }) => message.split(':')[0])).toEqual([
    'made',
    'not yet',
    'made',
    `the API server at 127.0.0.1`,
  ]);
});

test('a copy waits for its source', async () => {
  job.api.denied.add('platform-dev-data');
  job.api.before = () => {
    if (job.api.asked.length > 3) job.api.denied.clear();
    return undefined;
  };
  expect((await job.run([MONGODB])).code).toBe(0);
  expect(job.api.content(COPY)).toEqual(job.api.content(SOURCE));
});

test.each<[string, Fault, string]>([
  ['500', { status: 500 }, 'with 500: look at its load and its log'],
  ['503 in plain text', { status: 503, body: 'gone' }, 'with 503: look at its load and its log'],
  ['429', { status: 429, reason: 'TooManyRequests' }, 'with 429: look at its load and its log'],
  ['a closed connection', 'reset', 'cannot be reached, or breaks off (ECONNRESET)'],
  ['half an answer', 'half an answer', 'cannot be reached, or breaks off (ECONNRESET)'],
  ['no answer', 'hang', 'cannot be reached, or breaks off (ABORT_ERR)'],
  [
    'an answer that turns into nonsense',
    'half an answer, then nonsense',
    'or breaks off (ECONNRESET)',
  ],
  ['an answer without end', 'half an answer, then nothing', 'or breaks off (ECONNRESET)'],
  ['no JSON', { status: 200, body: '{"data": "fixed-' }, 'or breaks off (SyntaxError)'],
  ['no object', { status: 200, body: 'null' }, 'or breaks off (TypeError)'],
])('%s is tried again', async (_name, fault, reason) => {
  job.api.before = first(fault);
  const hangs = fault === 'hang' || fault === 'half an answer, then nothing';
  const { code, lines } = await job.run([ROOT], { ANSWER_SECONDS: hangs ? '1' : '30' });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ severity: 'info', secret: ROOT_ID });
  expect(lines[0]?.message).toMatch(/^not yet: the API server at 127\.0\.0\.1:\d+ /);
  expect(lines[0]?.message.endsWith(reason)).toBe(true);
  expect(lines[1]).toEqual(info(ROOT_ID, 'made'));
  expect(code).toBe(0);
});

test('the time for an answer does not end a connection that was answered', async () => {
  const { api } = job;
  api.namespaces.delete('platform-dev-app');
  let start: number | undefined;
  api.before = () => {
    start ??= Date.now();
    if (Date.now() - start > 3000) api.namespaces.add('platform-dev-app');
    return undefined;
  };
  const { code, lines } = await job.run([MONGODB], { ANSWER_SECONDS: '2', RETRY_SECONDS: '0.05' });
  expect(lines.map(({ message }) => message.replace(/^not yet: .* with 404: .*/, 'waits'))).toEqual(
    ['made', 'waits', `copied from ${SOURCE}`],
  );
  expect(code).toBe(0);
});

test('the pauses double up to ten times the first', async () => {
  const times: number[] = [];
  job.api.before = () => {
    times.push(performance.now());
    return times.length > 10 ? undefined : { status: 500 };
  };
  // Without that bound the tenth pause alone would take ten seconds.
  const env = { RETRY_SECONDS: '0.02', DEADLINE_SECONDS: '10' };
  expect((await job.run([ROOT], env)).code).toBe(0);
  const least = [20, 40, 80, 160, 200, 200, 200, 200, 200, 200];
  const pauses = least.map((_, index) => (times[index + 1] ?? 0) - (times[index] ?? 0));
  // Load can only make them longer; a timer may be a millisecond early.
  expect(pauses.filter((pause, index) => pause < (least[index] ?? 0) - 2)).toEqual([]);
});

test('Retry-After is waited for', async () => {
  const times: number[] = [];
  const fault = first({ status: 429, retryAfter: '1' });
  job.api.before = (asked) => {
    times.push(Date.now());
    return fault(asked);
  };
  expect((await job.run([ROOT])).code).toBe(0);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
});

test('a Retry-After behind the deadline ends it at once', async () => {
  job.api.before = () => ({ status: 429, retryAfter: '86400' });
  const { code } = await job.run([ROOT], { DEADLINE_SECONDS: '20' });
  expect({ code, asked: job.api.asked.length }).toEqual({ code: 1, asked: 1 });
});

test.each([
  [400, 'correct {file}'],
  [401, 'the token in {folder} is not valid, look whether its service account still exists'],
  [413, 'correct {file}'],
  [422, 'correct {file}'],
])('%i fails at once, without the words of the server', async (status, hint) => {
  job.api.before = ({ method, body }) =>
    method === 'POST' && body.includes('mongodb-node-service')
      ? { status, reason: 'fixed-reason' }
      : undefined;
  const { code, lines } = await job.run([MONGODB, ROOT]);
  const told = hint.replace('{file}', job.file).replace('{folder}', job.folder);
  const reason = `${job.server} answers POST of ${SOURCE} with ${String(status)}: ${told}`;
  expect(lines).toEqual([
    info(ROOT_ID, 'made'),
    error(SOURCE, reason),
    error(COPY, `its source ${SOURCE} is not there`),
  ]);
  expect(code).toBe(1);
});

test('a wrong token is refused by the server, once for each Secret', async () => {
  job.write('token', 'token-of-the-test-of-old');
  const { code, lines } = await job.run([ROOT]);
  expect(code).toBe(1);
  const hint = `the token in ${job.folder} is not valid, look whether its service account still exists`;
  expect(lines).toEqual([
    error(ROOT_ID, `${job.server} answers GET of ${ROOT_ID} with 401: ${hint}`),
  ]);
});

test('a server that comes later is waited for', async () => {
  const { port } = job.api;
  await job.api.close();
  const running = job.run([ROOT], { KUBERNETES_SERVICE_PORT: String(port), RETRY_SECONDS: '0.1' });
  // That it waits.
  await job.saysSomething();
  await job.api.listen(port);
  const { code, lines } = await running;
  const refused = `the API server at 127.0.0.1:${String(port)} cannot be reached, or breaks off (ECONNREFUSED)`;
  expect(lines).toEqual([info(ROOT_ID, `not yet: ${refused}`), info(ROOT_ID, 'made')]);
  expect(code).toBe(0);
});

test.each(['waiting', 'asking'])('SIGTERM ends it at once while it is %s', async (state) => {
  job.api.before = () => (state === 'asking' ? 'hang' : { status: 500 });
  const running = job.run([ROOT], { RETRY_SECONDS: '30', ANSWER_SECONDS: '50' });
  if (state === 'waiting') await job.saysSomething();
  while (job.api.asked.length === 0 && job.process?.exitCode === null) {
    await new Promise((next) => setTimeout(next, 10));
  }
  const start = Date.now();
  job.process?.kill('SIGTERM');
  // A first process of a container that does not handle the signal does not end by it.
  expect(await running).toMatchObject({ code: 143, signal: null });
  expect(Date.now() - start).toBeLessThan(5000);
});

/** The first request fares so, the others as usual. */
function first(fault: Fault): (asked: Asked) => Fault | undefined {
  let left = 1;
  return () => {
    left -= 1;
    return left === 0 ? fault : undefined;
  };
}

const asks = (part: string): number =>
  job.api.asked.filter(({ path }) => path.includes(part)).length;
