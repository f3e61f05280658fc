// Makes the Secrets of a dev environment that are missing, and copies each to the namespaces of its
// consumers. What exists is never touched: only GET by name and POST are sent. No content of a
// Secret is printed, and so no text of the API server or of JSON.parse: both quote what they got.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const file = process.argv[2] ?? '/etc/dev-secrets/secrets.json';
const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
const folder =
  process.env.SERVICE_ACCOUNT_FOLDER ?? '/var/run/secrets/kubernetes.io/serviceaccount';
const server = `the API server at ${host}:${port}`;

/** What stands in the way, in a sentence of our own; `again` where time may mend it. */
class Obstacle extends Error {
  constructor(message, { again = false, after = 0 } = {}) {
    super(message);
    Object.assign(this, { again, after });
  }
}

const id = ({ namespace, name }) => `${namespace}/${name}`;
const log = (severity, message, target) => {
  const secret = target && id(target);
  console.log(JSON.stringify({ time: new Date().toISOString(), severity, secret, message }));
};

/** Milliseconds, from a variable that holds seconds. */
function duration(variable, seconds) {
  const value = Number(process.env[variable] || seconds);
  if (value >= 0 && value <= 86400) return value * 1000;
  throw new Obstacle(`${variable} is not a number of seconds: set one, such as ${seconds}`);
}

/** A file of the service account, read for each request because the kubelet renews it. */
function account(name) {
  try {
    const content = readFileSync(`${folder}/${name}`, 'utf8').trim();
    // With an empty CA, Node would trust all public ones.
    if (content) return content;
  } catch {}
  throw new Obstacle(`${folder}/${name} is empty or cannot be read: mount a service account`);
}

const isName = (name) => typeof name === 'string' && /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(name);
const isLength = (length) => Number.isInteger(length) && length >= 1 && length <= 1024;
const isEntry = ([key, value]) =>
  /^[-._a-zA-Z0-9]+$/.test(key) && (typeof value === 'string' || isLength(value.random));

/** The Secrets of the file, each with its copies. */
function declared() {
  try {
    const { secrets } = JSON.parse(readFileSync(file, 'utf8'));
    const targets = secrets.flatMap((secret) => [secret, ...(secret.copies ??= [])]);
    const named = targets.flatMap(({ namespace, name }) => [namespace, name]).every(isName);
    const filled = secrets.every(({ data }) => Object.entries(data).every(isEntry));
    if (named && filled && new Set(targets.map(id)).size === targets.length) return secrets;
  } catch {}
  throw new Obstacle(
    `${file} cannot be read, or is not JSON {"secrets": [{namespace, name, data, copies}]} with ` +
      'no Secret twice and each value of data a text or {"random": 1 to 1024}: correct it',
  );
}

/** What a new Secret holds, in base64. randomInt() has no modulo bias. */
function content(data) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const draw = () => alphabet[randomInt(alphabet.length)];
  const random = (length) => Array.from({ length }, draw).join('');
  const plain = (value) => (typeof value === 'string' ? value : random(value.random));
  const base64 = (value) => Buffer.from(plain(value)).toString('base64');
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)]));
}

/** One request; the certificate is verified whatever the environment says. */
async function send(method, path, body) {
  const headers = { authorization: `Bearer ${account('token')}`, 'user-agent': 'dev-secrets' };
  if (body) headers['content-type'] = 'application/json';
  const tls = { ca: account('ca.crt'), rejectUnauthorized: true };
  const signal = AbortSignal.timeout(duration('ANSWER_SECONDS', 10));
  const sent = request({ host, port, method, path, headers, signal, ...tls });
  // once() throws what comes before the answer, text() what comes after.
  sent.on('error', () => undefined).end(body && JSON.stringify(body));
  const [answer] = await once(sent, 'response');
  const { statusCode: status, headers: given } = answer;
  const json = await text(answer);
  const data = status === 200 ? (JSON.parse(json).data ?? {}) : undefined;
  return { status, data, after: Number(given['retry-after']) * 1000 || 0 };
}

/** Asks for a Secret, and takes the expected answers; any other is an Obstacle. */
async function call(method, target, expected, body) {
  const path = `/api/v1/namespaces/${target.namespace}/secrets${body ? '' : `/${target.name}`}`;
  const { status, data, after } = await send(method, path, body).catch((error) => {
    if (error instanceof Obstacle) throw error;
    const { code = error.name } = error;
    const again = !/CERT|SIGNATURE|PEM/.test(code);
    const what = again ? 'cannot be reached, or breaks off' : `is not proven by ${folder}/ca.crt`;
    throw new Obstacle(`${server} ${what} (${code})`, { again });
  });
  if (expected.includes(status)) return { status, data };
  const again = [403, 404, 429].includes(status) || status >= 500;
  const hints = {
    401: `the token in ${folder} is not valid, look whether its service account still exists`,
    403: `apply what makes the namespace, its Role and its RoleBinding, and look at its quota`,
    404: `there is no namespace ${target.namespace}, apply what makes it`,
  };
  const hint = hints[status] ?? (again ? 'look at its load and its log' : `correct ${file}`);
  const what = `${server} answers ${method} of ${id(target)} with ${status}`;
  throw new Obstacle(`${what}: ${hint}`, { again, after });
}

/** What the Secret holds, or undefined where there is none. */
const read = async (target) => (await call('GET', target, [200, 404])).data;

/** Creates the Secret. Where somebody else was quicker, this is what theirs holds. */
async function create({ namespace, name }, data) {
  const group = 'app.kubernetes.io';
  const labels = { [`${group}/managed-by`]: 'dev-secrets', [`${group}/part-of`]: 'platform' };
  const metadata = { namespace, name, labels };
  const body = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data };
  const { status } = await call('POST', metadata, [201, 409], body);
  if (status === 201) return undefined;
  const theirs = await read(metadata);
  if (theirs) return theirs;
  throw new Obstacle('somebody else makes and deletes it: find out who', { again: true });
}

function mustHold(target, data, keys) {
  const missing = keys.filter((key) => !Object.hasOwn(data, key)).join(', ');
  if (missing) throw new Obstacle(`${id(target)} is there without the keys ${missing}: add them`);
}

async function make(secret) {
  const found = (await read(secret)) ?? (await create(secret, content(secret.data)));
  if (found) mustHold(secret, found, Object.keys(secret.data));
  log('info', found ? 'was there' : 'made', secret);
}

/** A copy holds what the API server has, so it equals its source whenever that was made. */
async function copy(source, target) {
  const original = await read(source);
  const again = left.get(source)?.again ?? true;
  if (!original) throw new Obstacle(`its source ${id(source)} is not there`, { again });
  const keys = Object.keys(source.data);
  mustHold(source, original, keys);
  const data = Object.fromEntries(keys.map((key) => [key, original[key]]));
  const found = (await read(target)) ?? (await create(target, data));
  if (found) mustHold(target, found, keys);
  log('info', found ? 'was there' : `copied from ${id(source)}`, target);
  if (found && keys.some((key) => found[key] !== data[key])) {
    log('warn', `differs from its source ${id(source)}, and is left as it is`, target);
  }
}

/** Tries all, then what is left, and so on with growing pauses until all is there or time is up. */
async function work() {
  if (!host || !port) throw new Obstacle('KUBERNETES_SERVICE_HOST or _PORT is not set: use a Pod');
  let wait = duration('RETRY_SECONDS', 1);
  const longest = 10 * wait;
  const end = performance.now() + duration('DEADLINE_SECONDS', 300);
  let open = declared().flatMap((secret) => [
    { target: secret, run: () => make(secret) },
    ...secret.copies.map((target) => ({ target, run: () => copy(secret, target) })),
  ]);
  for (;;) {
    let pause = wait;
    for (const { target, run } of open) {
      const before = left.get(target);
      // Each is tried once in any case: one that hangs keeps no other from being made.
      if (before && performance.now() > end) continue;
      left.delete(target);
      await run().catch((error) => {
        if (!(error instanceof Obstacle)) throw error;
        left.set(target, error);
        pause = Math.max(pause, Math.min(error.after, 30_000));
        const news = error.again && error.message !== before?.message;
        if (news) log('info', `not yet: ${error.message}`, target);
      });
    }
    open = open.filter(({ target }) => left.get(target)?.again);
    if (open.length === 0 || performance.now() + pause > end) return;
    await sleep(pause);
    wait = Math.min(2 * wait, longest);
  }
}

process.once('SIGTERM', () => process.exit(143));
const left = new Map();
await work().catch((error) => {
  // Any other message may quote a Secret.
  const place = error.stack.match(/make-secrets\.mjs:\d+/);
  left.set(undefined, error instanceof Obstacle ? error : { message: `${error.name} at ${place}` });
});
left.forEach(({ message }, target) => log('error', `${message}; then run this Job again`, target));
process.exit(left.size === 0 ? 0 : 1);
