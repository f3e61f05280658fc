import { authority } from './certificate';
import { error, Job, ROOT } from './dev-secrets-job';

/* What the dev Secrets Job is given: certificate, token, file and environment. */

const ROOT_ID = 'platform-dev-data/mongodb-root';

jest.setTimeout(60_000);

let job: Job;

beforeEach(async () => {
  job = await Job.start();
});

afterEach(async () => {
  await job.end();
});

test.each<[string, (job: Job) => Promise<Record<string, string>>, RegExp]>([
  ['of another authority', another, /CERT|SIGNATURE/],
  [
    'of another authority, though the environment says to take any',
    async () => ({ ...(await another()), NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
    /CERT|SIGNATURE/,
  ],
  [
    'of an authority that Node trusts otherwise',
    async () => {
      job.write('extra.crt', job.authority.ca);
      return { ...(await another()), NODE_EXTRA_CA_CERTS: job.path('extra.crt') };
    },
    /CERT|SIGNATURE/,
  ],
  [
    'for another address',
    async () => {
      await job.end();
      job = await Job.start(authority('test', '127.0.0.2'));
      return {};
    },
    /ERR_TLS_CERT_ALTNAME_INVALID/,
  ],
])('a certificate %s is refused at once, before the token is sent', async (_name, given, code) => {
  const env = await given(job);
  const result = await job.run([ROOT], env);
  expect(result.code).toBe(1);
  expect(result.lines).toHaveLength(1);
  expect(result.lines[0]?.message).toMatch(code);
  const expected = `${job.server} is not proven by ${job.folder}/ca.crt (…)`;
  const message = result.lines[0]?.message.replace(/\([A-Z_]+\)/, '(…)');
  expect({ ...result.lines[0], message }).toEqual(error(ROOT_ID, expected));
  expect(job.api.asked).toEqual([]);
});

test.each(['ca.crt', 'token'])('an empty or missing %s is refused', async (name) => {
  job.write('extra.crt', job.authority.ca);
  job.write(name, '\n');
  const { code, lines } = await job.run([ROOT], { NODE_EXTRA_CA_CERTS: job.path('extra.crt') });
  const message = `${job.folder}/${name} is empty or cannot be read: mount a service account`;
  expect({ code, lines }).toEqual({ code: 1, lines: [error(ROOT_ID, message)] });
  const env = { SERVICE_ACCOUNT_FOLDER: job.path('none') };
  const none = `${job.path('none')}/token is empty or cannot be read: mount a service account`;
  expect((await job.run([ROOT], env)).lines).toEqual([error(ROOT_ID, none)]);
  expect(job.api.asked).toEqual([]);
});

const VALID = '{"namespace": "a", "name": "b", "data": {"c": "fixed-text"}';
test.each([
  ['no JSON', `{"secrets": [${VALID}}], "fixed-more`],
  ['no Secrets', '{}'],
  ['no name', '{"secrets": [{"namespace": "a", "data": {}}]}'],
  // GET without a name would list all Secrets.
  ['an empty name', '{"secrets": [{"namespace": "a", "name": "", "data": {}}]}'],
  ['a path as name', '{"secrets": [{"namespace": "a", "name": "../b", "data": {}}]}'],
  ['a copy without a name', `{"secrets": [${VALID}, "copies": [{"namespace": "a"}]}]}`],
  ['a Secret twice', `{"secrets": [${VALID}}, ${VALID}}]}`],
  [
    'a copy in place of a Secret',
    `{"secrets": [${VALID}, "copies": [{"namespace": "a", "name": "b"}]}]}`,
  ],
  ['no data', '{"secrets": [{"namespace": "a", "name": "b"}]}'],
  ['a number', '{"secrets": [{"namespace": "a", "name": "b", "data": {"c": 1}}]}'],
  ['random 0', '{"secrets": [{"namespace": "a", "name": "b", "data": {"c": {"random": 0}}}]}'],
  ['random 1.5', '{"secrets": [{"namespace": "a", "name": "b", "data": {"c": {"random": 1.5}}}]}'],
  [
    'random 1025',
    '{"secrets": [{"namespace": "a", "name": "b", "data": {"c": {"random": 1025}}}]}',
  ],
  ['a bad key', '{"secrets": [{"namespace": "a", "name": "b", "data": {"a/b": "fixed-text"}}]}'],
])('a file with %s is refused, without showing it', async (_name, content) => {
  job.write('secrets.json', content);
  const { code, lines, stderr } = await job.runFile();
  const message =
    `${job.file} cannot be read, or is not JSON {"secrets": [{namespace, name, data, copies}]} ` +
    'with no Secret twice and each value of data a text or {"random": 1 to 1024}: correct it';
  expect({ code, lines, stderr }).toEqual({
    code: 1,
    lines: [error(undefined, message)],
    stderr: '',
  });
  expect(job.api.asked).toEqual([]);
});

test.each([
  [{ KUBERNETES_SERVICE_HOST: '' }, 'KUBERNETES_SERVICE_HOST or _PORT is not set: use a Pod'],
  [
    { DEADLINE_SECONDS: 'soon' },
    'DEADLINE_SECONDS is not a number of seconds: set one, such as 300',
  ],
  [{ RETRY_SECONDS: '-1' }, 'RETRY_SECONDS is not a number of seconds: set one, such as 1'],
])('an environment such as %j is refused', async (env, message) => {
  const { code, lines } = await job.run([ROOT], env);
  expect({ code, lines }).toEqual({ code: 1, lines: [error(undefined, message)] });
});

test('a mistake of the script shows its place, not its message', async () => {
  const broken = 'Object.hasOwn = (data) => { throw new RangeError(JSON.stringify(data)); };';
  job.api.put(ROOT_ID, { username: 'private-user' });
  job.write('secrets.json', JSON.stringify({ secrets: [ROOT] }));
  const { code, lines, stderr } = await job.runFile({}, [
    '--import',
    `data:text/javascript,${broken}`,
  ]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(lines).toHaveLength(1);
  expect(lines[0]?.message).toMatch(
    /^RangeError at make-secrets\.mjs:\d+; then run this Job again$/,
  );
});

async function another(): Promise<Record<string, string>> {
  job.write('ca.crt', authority('test').ca);
  return Promise.resolve({});
}
