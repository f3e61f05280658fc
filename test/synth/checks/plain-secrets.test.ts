import { configMap, deployment, deploymentOf, findings, object } from './fixture';

const NOT_SHOWN =
  'which is not shown here; read it from a Secret, and change it where this was published (plain-text-secret).';
const CONTAINER = '/spec/template/spec/containers/0';

describe('secret-in-output:', () => {
  test('a Secret with content is found', () => {
    const secret = object('v1', 'Secret', 'login', {
      data: { user: 'YQ==', password: 'Yg==' },
      stringData: { token: 'c' },
    });
    const found = (what: string) =>
      `[demo/secret in dev] Secret/login: ${what}, and would be in dist/ and in the chart for all who read them; let something in the cluster or a person make the Secret, and say so with expectsSecret() of the tier (secret-in-output).`;
    expect(findings('secret-in-output', { secret })).toEqual([
      found('/data has user, password'),
      found('/stringData has token'),
    ]);
  });

  test('a Secret that the cluster fills in is not', () => {
    const type = 'kubernetes.io/service-account-token';
    const secret = object('v1', 'Secret', 'token', { type, stringData: { token: '' } });
    expect(findings('secret-in-output', { secret })).toEqual([]);
  });
});

describe('plain-text-secret:', () => {
  const env = (name: string, value: string) => deploymentOf({ env: [{ name, value }] });
  const told = (message: string) => [`[demo/web in dev] Deployment/web: ${message}, ${NOT_SHOWN}`];

  test('in a variable', () => {
    expect(findings('plain-text-secret', { web: env('DB_PASSWORD', 'hunter2') })).toEqual(
      told(`${CONTAINER}/env/0/value holds a literal DB_PASSWORD`),
    );
    expect(findings('plain-text-secret', { web: env('DB_PASSWORD', '/run/password') })).toEqual([]);
    expect(findings('plain-text-secret', { web: env('DB_HOST', 'hunter2') })).toEqual([]);
    expect(findings('plain-text-secret', { web: env('URL', 'redis://:hunter2@redis') })).toEqual(
      told(`${CONTAINER}/env/0/value holds a URL with a password`),
    );
  });

  test('in a command or its arguments', () => {
    const web = (...args: string[]) => deploymentOf({ command: ['run'], args });
    const found = (index: number, name: string) =>
      told(`${CONTAINER}/args/${String(index)} holds a literal ${name}`);
    const of = (...args: string[]) => findings('plain-text-secret', { web: web(...args) });
    expect(of('--password=hunter2')).toEqual(found(0, 'password'));
    expect(of('-password=hunter2')).toEqual(found(0, 'password'));
    expect(of('--user', 'me', '--password', 'hunter2')).toEqual(found(3, 'password'));
    expect(of('-requirepass', 'hunter2')).toEqual(found(1, 'requirepass'));
    expect(of('DB_PASSWORD=hunter2')).toEqual(found(0, 'DB_PASSWORD'));
    expect(of('login --token abc1234 --user me')).toEqual(found(0, 'token'));
    expect(of('export TOKEN=abc1234\nrun')).toEqual([
      `[demo/web in dev] Deployment/web: ${CONTAINER}/args/0 line 1 holds a literal TOKEN, ${NOT_SHOWN}`,
    ]);
    expect(of('--password=$(PASSWORD)', '--token-file', 'a', '--password', '--verbose')).toEqual(
      [],
    );
    expect(of('--password')).toEqual([]);
    const command = deploymentOf({ command: ['run', '--password', 'hunter2'] });
    expect(findings('plain-text-secret', { web: command })).toEqual(
      told(`${CONTAINER}/command/2 holds a literal password`),
    );
  });

  test('in a ConfigMap, by key or within a file', () => {
    const of = (data: object) => findings('plain-text-secret', { config: configMap('web', data) });
    const found = (where: string, what: string) => [
      `[demo/config in dev] ConfigMap/web: /data/${where} holds ${what}, ${NOT_SHOWN}`,
    ];
    expect(of({ host: 'a', 'api-key': 'abc' })).toEqual(found('api-key', 'a literal api-key'));
    const yaml = 'user: me\nlogin:\n  password: hunter2\n';
    expect(of({ 'app.yaml': yaml })).toEqual(found('app.yaml line 3', 'a literal password'));
    const key = 'a\n-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----\n';
    expect(of({ 'tls.key': key })).toEqual(found('tls.key line 2', 'a private key'));
    expect(of({ 'app.yaml': 'password:\n  file: /run/password\n', token: '${TOKEN}' })).toEqual([]);
  });

  test('under a key of many lines too, but not in data of other kinds', () => {
    const data = { password: 'hunter2\nhunter3\n' };
    expect(findings('plain-text-secret', { config: configMap('web', data) })).toEqual([
      `[demo/config in dev] ConfigMap/web: /data/password holds a literal password, ${NOT_SHOWN}`,
    ]);
    const thing = object('a.example/v1', 'Thing', 'web', { data });
    expect(findings('plain-text-secret', { thing })).toEqual([]);
  });

  test('in programs, where only texts in quotes are literals', () => {
    const of = (name: string, text: string) =>
      findings('plain-text-secret', { config: configMap('web', { [name]: text }) });
    const found = (where: string) => [
      `[demo/config in dev] ConfigMap/web: /data/${where} holds a literal token, ${NOT_SHOWN}`,
    ];
    expect(of('app.mjs', 'const a = 1;\ntoken = next();\n')).toEqual([]);
    expect(of('app.js', 'token = next();\n')).toEqual([]);
    expect(of('app.js.conf', 'a = 1\ntoken = abc\n')).toEqual(found('app.js.conf line 2'));
    expect(of('app.mjs', "const a = 1;\nconst token = 'abc';\n")).toEqual(found('app.mjs line 2'));
    expect(of('app.conf', 'a = 1\ntoken = abc\n')).toEqual(found('app.conf line 2'));
  });

  test('in any object, where its form tells', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const thing = object('a.example/v1', 'Thing', 'x', {
      spec: { list: [{ note: `see ${token}` }] },
    });
    expect(findings('plain-text-secret', { thing })).toEqual([
      `[demo/thing in dev] Thing/x: /spec/list/0/note holds a token of GitHub, ${NOT_SHOWN}`,
    ]);
  });

  test('the name of a Secret is none', () => {
    const web = deployment({
      containers: [
        { name: 'web', env: [{ name: 'LOGIN_SECRET', value: 'login' }], args: ['--secret=login'] },
      ],
      volumes: [{ name: 'a', secret: { secretName: 'login' } }],
    });
    const config = configMap('web', { 'app.conf': 'secret = login\n' });
    expect(findings('plain-text-secret', { web, config })).toEqual([]);
    expect(findings('plain-text-secret', { config })).toHaveLength(1);
    const volumes = [{ name: 'a', configMap: { name: 'login' } }];
    expect(findings('plain-text-secret', { config, pod: deployment({ volumes }) })).toHaveLength(1);
    const external = object('external-secrets.io/v1', 'ExternalSecret', 'login');
    expect(findings('plain-text-secret', { config, external })).toEqual([]);
    const made = object('v1', 'Secret', 'login');
    expect(findings('plain-text-secret', { config, made })).toEqual([]);
  });

  test('one place is told once', () => {
    const web = env('GITHUB_TOKEN', `ghp_${'a1B2'.repeat(9)}`);
    expect(findings('plain-text-secret', { web })).toEqual(
      told(`${CONTAINER}/env/0/value holds a token of GitHub`),
    );
  });
});
