/* The script of the dev Secrets Job as a process, against a real API server with real Roles, alone:
 * without controllers, so that a namespace that is being deleted stays so. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { authority } from '../constructs/certificate';
import { startApiServer, type Answer, type RealApiServer } from './api-server';
import { sleep } from './processes';
import { kubernetes } from './version';

const SCRIPT = resolve(__dirname, '../../constructs/dev-secrets/make-secrets.mjs');
const [DATA, APP] = ['platform-dev-data', 'platform-dev-app'];
const SOURCE = `${DATA}/mongodb-node-service`;
const COPY = `${APP}/node-service-mongodb`;
const SECRETS = [
  {
    namespace: DATA,
    name: 'mongodb-node-service',
    data: { username: 'fixed-user', empty: '', password: { random: 32 } },
    copies: [{ namespace: APP, name: 'node-service-mongodb' }],
  },
];

let server: RealApiServer;
let folder: string;

beforeAll(async () => {
  server = await startApiServer(kubernetes(), { audits: true });
  folder = mkdtempSync(join(tmpdir(), 'twinchart-dev-secrets-'));
  writeFileSync(join(folder, 'ca.crt'), server.ca);
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

// Each goes on from what the one before left.
test('waits for a namespace and a Role that come late', lateNamespaceAndRole);
test('changes nothing the second time', secondRun);
test('has no right but to get and create its own Secrets', rights);
test('tells of missing keys and of copies that differ, and leaves them', differences);
test('makes each Secret once where two run at a time', twoAtOnce);
test('tells of a namespace that is being deleted', terminating);
test('tells why the API server refuses', refusals);
test('asked for nothing but to get and create', onlyGetAndCreate);

/** The consumer's namespace comes while the script waits, and its Role after that. */
async function lateNamespaceAndRole(): Promise<void> {
  await make('/api/v1/namespaces', { metadata: { name: DATA } });
  await make(`/api/v1/namespaces/${DATA}/serviceaccounts`, { metadata: { name: 'dev-secrets' } });
  await allow(DATA, 'mongodb-node-service');
  await renewToken();
  const running = run(SECRETS);
  await sleep(2500);
  await make('/api/v1/namespaces', { metadata: { name: APP } });
  await sleep(1500);
  await allow(APP, 'node-service-mongodb');
  const { code, lines } = await running;
  assert.equal(code, 0);
  assert.deepEqual(lines, [
    `info ${SOURCE} made`,
    `info ${COPY} not yet: ${forbidden('GET', COPY)}`,
    `info ${COPY} copied from ${SOURCE}`,
  ]);
  const [source, copy] = [await data(SOURCE), await data(COPY)];
  assert.deepEqual(copy, source);
  assert.deepEqual(Object.keys(source).sort(), ['empty', 'password', 'username']);
  assert.match(source['password'] ?? '', /^[A-Za-z0-9]{32}$/);
}

async function secondRun(): Promise<void> {
  const before = await versions();
  const { code, lines } = await run(SECRETS);
  assert.deepEqual(
    { code, lines },
    { code: 0, lines: [SOURCE, COPY].map((id) => `info ${id} was there`) },
  );
  assert.deepEqual(await versions(), before);
}

/** What the Roles leave to somebody who takes the token. */
async function rights(): Promise<void> {
  const token = readFileSync(join(folder, 'token'), 'utf8');
  const secrets = `/api/v1/namespaces/${DATA}/secrets`;
  await make(secrets, { metadata: { name: 'other' } });
  const tried: [string, string, object?][] = [
    ['GET', secrets],
    ['GET', `${secrets}?watch=true`],
    ['GET', `${secrets}/other`],
    ['PUT', `${secrets}/mongodb-node-service`, {}],
    ['PATCH', `${secrets}/mongodb-node-service`, {}],
    ['DELETE', `${secrets}/mongodb-node-service`],
    ['DELETE', secrets],
  ];
  for (const [method, path, body] of tried) {
    const { status } = await server.ask(method, path, body, token);
    assert.equal(status, 403, `${method} ${path}`);
  }
}

/** A Secret without a key, and a copy that differs, both made by somebody else. */
async function differences(): Promise<void> {
  for (const name of ['half', 'whole', 'whole-copy']) await allow(DATA, name);
  const secrets = `/api/v1/namespaces/${DATA}/secrets`;
  await make(secrets, { metadata: { name: 'half' }, stringData: { a: 'private-a' } });
  await make(secrets, { metadata: { name: 'whole-copy' }, stringData: { a: 'private-a' } });
  const [half, whole, copy] = ['half', 'whole', 'whole-copy'].map((name) => `${DATA}/${name}`);
  const { code, lines } = await run([
    { namespace: DATA, name: 'half', data: { a: 'fixed-a', b: 'fixed-b' } },
    {
      namespace: DATA,
      name: 'whole',
      data: { a: 'fixed-a' },
      copies: [{ namespace: DATA, name: 'whole-copy' }],
    },
  ]);
  assert.equal(code, 1);
  assert.deepEqual(lines, [
    `info ${whole ?? ''} made`,
    `info ${copy ?? ''} was there`,
    `warn ${copy ?? ''} differs from its source ${whole ?? ''}, and is left as it is`,
    `error ${half ?? ''} ${half ?? ''} is there without the keys b: add them; then run this Job again`,
  ]);
}

/** Whoever comes second takes what the first made; the audit log shows how often it tried to. */
async function twoAtOnce(): Promise<void> {
  const names = Array.from({ length: 30 }, (_, index) => `race-${String(index)}`);
  for (const name of names) await allow(DATA, name);
  const secrets = names.map((name) => ({ namespace: DATA, name, data: { a: { random: 8 } } }));
  const lines = (await Promise.all([run(secrets), run(secrets)])).flatMap((one) => one.lines);
  const expected = names.flatMap((name) =>
    ['made', 'was there'].map((was) => `info ${DATA}/${name} ${was}`),
  );
  assert.deepEqual(lines.sort(), expected.sort());
}

/** A namespace that is being deleted takes nothing more; without controllers it stays so. */
async function terminating(): Promise<void> {
  await make('/api/v1/namespaces', { metadata: { name: 'ending' } });
  await allow('ending', 'late');
  assert.equal((await server.ask('DELETE', '/api/v1/namespaces/ending')).status, 200);
  const secret = { namespace: 'ending', name: 'late', data: { a: 'fixed-a' } };
  const { code, lines } = await run([secret], { DEADLINE_SECONDS: '0' });
  const reason = forbidden('POST', 'ending/late');
  assert.deepEqual(
    { code, lines },
    {
      code: 1,
      lines: [
        `info ending/late not yet: ${reason}`,
        `error ending/late ${reason}; then run this Job again`,
      ],
    },
  );
}

async function refusals(): Promise<void> {
  // With a right in all namespaces, it is the namespace itself that is not found.
  await allowEverywhere();
  const none = { namespace: 'none', name: 'x', data: { a: 'fixed-a' } };
  const missing = await run([none], { DEADLINE_SECONDS: '0' });
  assert.match(
    missing.lines[1] ?? '',
    /answers POST of none\/x with 404: there is no namespace none,/,
  );

  const long = { namespace: DATA, name: 'x'.repeat(254), data: { a: 'fixed-a' } };
  const invalid = await run([long]);
  assert.equal(invalid.lines.length, 1);
  assert.match(invalid.lines[0] ?? '', / answers POST of .* with 422: correct /);

  writeFileSync(join(folder, 'ca.crt'), authority('cluster').ca);
  const other = await run(SECRETS, { DEADLINE_SECONDS: '0' });
  assert.match(other.lines.join(), /is not proven by .*\/ca\.crt \(/);
  writeFileSync(join(folder, 'ca.crt'), server.ca);

  writeFileSync(join(folder, 'token'), 'token-of-nobody');
  const nobody = await run(SECRETS.slice(0, 1));
  assert.match(nobody.lines.join(), / with 401: the token in .* is not valid, /);
}

/** By the audit log, as the API server saw it; the tries of rights() were forbidden. */
function onlyGetAndCreate(): void {
  const events = server.events().filter(({ userAgent }) => userAgent === 'dev-secrets');
  assert.deepEqual(new Set(events.map(({ verb }) => verb)), new Set(['get', 'create']));
}

const forbidden = (method: string, id: string): string =>
  `the API server at 127.0.0.1:${String(server.port)} answers ${method} of ${id} with 403: ` +
  'apply what makes the namespace, its Role and its RoleBinding, and look at its quota';

/** The Role of one Secret: read it by name, and make Secrets, which cannot be restricted by name. */
async function allow(namespace: string, name: string): Promise<void> {
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const [apiGroups, resources] = [[''], ['secrets']];
  const rules = [
    { apiGroups, resources, verbs: ['get'], resourceNames: [name] },
    { apiGroups, resources, verbs: ['create'] },
  ];
  await make(`${rbac}/roles`, { metadata: { name }, rules });
  await make(`${rbac}/rolebindings`, { metadata: { name }, ...binding('Role', name) });
}

async function allowEverywhere(): Promise<void> {
  const [rbac, name] = ['/apis/rbac.authorization.k8s.io/v1', 'everywhere'];
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'create'] }];
  await make(`${rbac}/clusterroles`, { metadata: { name }, rules });
  await make(`${rbac}/clusterrolebindings`, {
    metadata: { name },
    ...binding('ClusterRole', name),
  });
}

const binding = (kind: string, name: string): object => ({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
  subjects: [{ kind: 'ServiceAccount', name: 'dev-secrets', namespace: DATA }],
});

async function renewToken(): Promise<void> {
  const path = `/api/v1/namespaces/${DATA}/serviceaccounts/dev-secrets/token`;
  const { body } = await make(path, { spec: { expirationSeconds: 600 } });
  writeFileSync(join(folder, 'token'), (body['status'] as { token: string }).token);
}

/** The script, to its end: exit code, and each line as severity, Secret and message. */
async function run(secrets: object[], env: Record<string, string> = {}) {
  const file = join(folder, 'secrets.json');
  writeFileSync(file, JSON.stringify({ secrets }));
  const child = spawn(process.execPath, [SCRIPT, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(server.port),
      SERVICE_ACCOUNT_FOLDER: folder,
      DEADLINE_SECONDS: '60',
      ...env,
    },
  });
  const [out, code] = await Promise.all([
    text(child.stdout),
    once(child, 'exit').then(([status]) => status as number | null),
  ]);
  assert.doesNotMatch(out, /fixed-|private-/);
  const lines = out.split('\n').filter((line) => line !== '');
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, string>);
  const told = parsed.map((line) => [line['severity'], line['secret'], line['message']].join(' '));
  return { code, lines: told };
}

async function data(id: string): Promise<Record<string, string>> {
  const [namespace, name] = id.split('/');
  const path = `/api/v1/namespaces/${namespace ?? ''}/secrets/${name ?? ''}`;
  const { body } = await server.ask('GET', path);
  const entries = Object.entries(body['data'] as Record<string, string>);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
  );
}

/** Name and resourceVersion of every Secret. */
async function versions(): Promise<string[]> {
  const { body } = await server.ask('GET', '/api/v1/secrets');
  const items = body['items'] as { metadata: { name: string; resourceVersion: string } }[];
  return items.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`);
}

async function make(path: string, body: object): Promise<Answer> {
  const answer = await server.ask('POST', path, body);
  assert.equal(answer.status, 201, `POST ${path}: ${JSON.stringify(answer.body)}`);
  return answer;
}
