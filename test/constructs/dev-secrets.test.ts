import { COPY, error, info, Job, MONGODB, ROOT, SOURCE } from './dev-secrets-job';

/* What the dev Secrets Job makes, copies, and leaves alone. */

const ROOT_ID = 'platform-dev-data/mongodb-root';

jest.setTimeout(60_000);

let job: Job;

beforeEach(async () => {
  job = await Job.start();
});

afterEach(async () => {
  await job.end();
});

test('what is missing is made, and its copies hold the same', async () => {
  expect(await job.run([MONGODB, ROOT])).toEqual({
    code: 0,
    signal: null,
    stderr: '',
    lines: [info(SOURCE, 'made'), info(COPY, `copied from ${SOURCE}`), info(ROOT_ID, 'made')],
  });
  const password = expect.stringMatching(/^[A-Za-z0-9]{32}$/) as string;
  expect(job.api.content(SOURCE)).toEqual({ username: 'fixed-user', password });
  expect(job.api.content(COPY)).toEqual(job.api.content(SOURCE));
  expect(job.api.content(ROOT_ID)).toEqual({ username: 'fixed-root', password });
  expect([...job.api.secrets.keys()].sort()).toEqual([COPY, SOURCE, ROOT_ID]);
});

test('a Secret is Opaque and says who made it', async () => {
  await job.run([MONGODB]);
  const labels = {
    'app.kubernetes.io/managed-by': 'dev-secrets',
    'app.kubernetes.io/part-of': 'platform',
  };
  for (const id of [SOURCE, COPY]) {
    expect(job.api.secrets.get(id)).toMatchObject({ type: 'Opaque', metadata: { labels } });
  }
});

test('a second run writes nothing', async () => {
  await job.run([MONGODB, ROOT]);
  const before = structuredClone(job.api.secrets);
  job.api.asked.length = 0;
  const { code, lines } = await job.run([MONGODB, ROOT]);
  expect(code).toBe(0);
  expect(lines).toEqual([SOURCE, COPY, ROOT_ID].map((id) => info(id, 'was there')));
  expect(job.api.writes).toEqual([]);
  expect(job.api.secrets).toEqual(before);
});

// The Roles give get by name and create, nothing else.
test('nothing but GET by name and POST is asked, with the token', async () => {
  await job.run([MONGODB]);
  const [data, app] = ['data', 'app'].map((tier) => `/api/v1/namespaces/platform-dev-${tier}`);
  expect(job.api.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${data ?? ''}/secrets/mongodb-node-service`,
    `POST ${data ?? ''}/secrets`,
    `GET ${data ?? ''}/secrets/mongodb-node-service`,
    `GET ${app ?? ''}/secrets/node-service-mongodb`,
    `POST ${app ?? ''}/secrets`,
  ]);
  expect(new Set(job.api.asked.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer token-of-the-test']),
  );
});

test('the token is read for each request, as the kubelet renews it', async () => {
  let count = 0;
  job.api.before = () => {
    // Each request needs another token than the one before.
    job.api.token = `token-of-the-test-${String(count)}`;
    count += 1;
    job.write('token', `token-of-the-test-${String(count)}`);
    return undefined;
  };
  job.write('token', 'token-of-the-test-0');
  const { code } = await job.run([MONGODB]);
  expect({ code, count }).toEqual({ code: 0, count: 5 });
});

test('what exists is left as it is, and copied', async () => {
  job.api.put(SOURCE, { username: 'private-user', password: 'private-word', more: 'private-more' });
  const before = structuredClone(job.api.secrets.get(SOURCE));
  const { code, lines } = await job.run([MONGODB]);
  expect(code).toBe(0);
  expect(lines).toEqual([info(SOURCE, 'was there'), info(COPY, `copied from ${SOURCE}`)]);
  expect(job.api.secrets.get(SOURCE)).toEqual(before);
  // Only what is declared: the owner's other keys are not the consumer's.
  expect(job.api.content(COPY)).toEqual({ username: 'private-user', password: 'private-word' });
  expect(job.api.writes).toHaveLength(1);
});

test('a copy that differs is left as it is, with a warning that shows no content', async () => {
  job.api.put(COPY, { username: 'private-user', password: 'private-word' });
  const before = structuredClone(job.api.secrets.get(COPY));
  const { code, lines } = await job.run([MONGODB]);
  expect(code).toBe(0);
  const message = `differs from its source ${SOURCE}, and is left as it is`;
  expect(lines).toEqual([
    info(SOURCE, 'made'),
    info(COPY, 'was there'),
    { severity: 'warn', secret: COPY, message },
  ]);
  expect(job.api.secrets.get(COPY)).toEqual(before);
});

test('keys that an existing Secret lacks are an error, and all else is done', async () => {
  job.api.put(SOURCE, { password: 'private-word' });
  const before = structuredClone(job.api.secrets.get(SOURCE));
  const { code, lines } = await job.run([MONGODB, ROOT]);
  expect(code).toBe(1);
  const message = `${SOURCE} is there without the keys username: add them`;
  expect(lines).toEqual([info(ROOT_ID, 'made'), error(SOURCE, message), error(COPY, message)]);
  expect(job.api.secrets.get(SOURCE)).toEqual(before);
  expect(job.api.secrets.has(COPY)).toBe(false);
});

test('keys that an existing copy lacks are an error', async () => {
  job.api.put(COPY, {});
  const { code, lines } = await job.run([MONGODB]);
  expect(code).toBe(1);
  expect(lines).toEqual([
    info(SOURCE, 'made'),
    error(COPY, `${COPY} is there without the keys username, password: add them`),
  ]);
  expect(job.api.content(COPY)).toEqual({});
});

// Kubernetes leaves out data that is empty.
test('a Secret without data lacks every key', async () => {
  const [namespace = '', name = ''] = ROOT_ID.split('/');
  job.api.secrets.set(ROOT_ID, { metadata: { namespace, name }, type: 'Opaque' });
  const { code, lines } = await job.run([ROOT]);
  const message = `${ROOT_ID} is there without the keys username, password: add them`;
  expect({ code, lines }).toEqual({ code: 1, lines: [error(ROOT_ID, message)] });
  expect(job.api.writes).toEqual([]);
});

test('a key of an object, such as constructor, is missing like any other', async () => {
  job.api.put(ROOT_ID, { username: 'private-user' });
  const { lines } = await job.run([{ ...ROOT, data: { constructor: 'fixed-text' } }]);
  expect(lines).toEqual([
    error(ROOT_ID, `${ROOT_ID} is there without the keys constructor: add them`),
  ]);
});

test.each(['', ' fixed- with spaces ', 'fixed-ä😀\n"{{"'])(
  'a text is taken as it is: %j',
  async (value) => {
    await job.run([{ ...MONGODB, data: { value } }]);
    expect(job.api.content(SOURCE)).toEqual({ value });
    expect(job.api.content(COPY)).toEqual({ value });
  },
);

test('random texts have the declared length, and no two are equal', async () => {
  const data = { a: { random: 1 }, b: { random: 64 }, c: { random: 64 }, d: { random: 1024 } };
  await job.run([{ ...ROOT, data }]);
  const first = job.api.content(ROOT_ID) ?? {};
  expect(Object.values(first).map((value) => value.length)).toEqual([1, 64, 64, 1024]);
  expect(first['b']).not.toBe(first['c']);
  job.api.secrets.clear();
  await job.run([{ ...ROOT, data }]);
  expect(job.api.content(ROOT_ID)?.['b']).not.toBe(first['b']);
});

// A byte modulo 62 would give the first eight letters 15.6 % instead of 12.9 %: far outside what is allowed here.
test('random texts use letters and digits, each as often as any other', async () => {
  const keys = Array.from({ length: 40 }, (_, index) => [`key-${String(index)}`, { random: 1024 }]);
  const data = Object.fromEntries(keys) as Record<string, { random: number }>;
  await job.run([{ ...ROOT, data }]);
  const all = Object.values(job.api.content(ROOT_ID) ?? {}).join('');
  expect(all).toMatch(/^[A-Za-z0-9]{40960}$/);
  expect(new Set(all).size).toBe(62);
  const share = (all.match(/[A-H]/g)?.length ?? 0) / all.length;
  expect(Math.abs(share - 8 / 62)).toBeLessThan(0.01);
});

test('where somebody else was quicker, theirs stays and is copied', async () => {
  job.api.before = ({ method, path }) => {
    if (method === 'POST' && path.includes('data') && !job.api.secrets.has(SOURCE)) {
      job.api.put(SOURCE, { username: 'private-user', password: 'private-word' });
    }
    return undefined;
  };
  const { code, lines } = await job.run([MONGODB]);
  expect(code).toBe(0);
  expect(lines).toEqual([info(SOURCE, 'was there'), info(COPY, `copied from ${SOURCE}`)]);
  expect(job.api.content(SOURCE)?.['password']).toBe('private-word');
  expect(job.api.content(COPY)).toEqual(job.api.content(SOURCE));
});

test('a Secret that is deleted just then is made in the next round', async () => {
  let deleted = false;
  job.api.before = ({ method, path }) => {
    if (method === 'POST' && !deleted) job.api.put(ROOT_ID, { username: 'private-user' });
    if (method === 'GET' && path.endsWith('/mongodb-root') && job.api.secrets.has(ROOT_ID)) {
      deleted = job.api.secrets.delete(ROOT_ID);
    }
    return undefined;
  };
  const { code, lines } = await job.run([ROOT]);
  expect(code).toBe(0);
  expect(lines).toEqual([
    info(ROOT_ID, 'not yet: somebody else makes and deletes it: find out who'),
    info(ROOT_ID, 'made'),
  ]);
});

test('a Secret whose making seemed to fail is taken as it was made', async () => {
  let password: string | undefined;
  job.api.before = ({ method, body }) => {
    if (method === 'GET' || password !== undefined) return undefined;
    const { data } = JSON.parse(body) as { data: Record<string, string> };
    password = Buffer.from(data['password'] ?? '', 'base64').toString();
    job.api.put(SOURCE, { username: 'fixed-user', password });
    return { status: 504 };
  };
  const { code, lines } = await job.run([MONGODB]);
  expect(code).toBe(0);
  expect(lines.slice(1)).toEqual([info(COPY, `copied from ${SOURCE}`), info(SOURCE, 'was there')]);
  expect(job.api.content(COPY)?.['password']).toBe(password);
});

test('there may be nothing to make', async () => {
  expect(await job.run([])).toMatchObject({ code: 0, lines: [] });
});
