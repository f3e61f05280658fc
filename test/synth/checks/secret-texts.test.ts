import { isHarmless, isSecretName, mayNameSecret } from '../../../synth/checks/secret-names';
import { formsIn, settingsIn } from '../../../synth/checks/secret-texts';

describe('the name of a setting says that it is a secret:', () => {
  test.each([
    'password',
    'DB_PASSWORD',
    'the_db_user_password',
    '_password_',
    'dbPassword',
    'DBPassword',
    'admin-passwd',
    'smtp.pass',
    'PASSWORD_1',
    'PASSWORD_12',
    'PASSWORD_HASH',
    'SECRET_KEY_BASE',
    'clientSecret',
    'TOKEN',
    'authToken',
    'API_KEY',
    'apikey',
    'aws.secretAccessKey',
    'privateKey',
    'jwt_key',
    'credentials',
    'requirepass',
  ])('%s', (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(mayNameSecret(`a ${name}=b`)).toBe(true);
  });

  test.each([
    '',
    '1',
    'key',
    'publicKey',
    'PASSWORD_FILE',
    'PASSWORD_DATABASE',
    'PASSWORD_TEXTURE',
    'TOKEN_TTL',
    'secretName',
    'existingSecret',
    'tlsSecret',
    'maxTokens',
    'max_token',
    'eos_token',
    'bypass',
    'tokenizer',
    'author',
    'SECRETS_DIR',
  ])('not %j', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('a value under such a name', () => {
  test.each([
    '',
    ' ',
    'true',
    'None',
    '***',
    '/run/secrets/password',
    './password',
    '~/.token',
    'file:///run/x',
    'C:\\secrets\\a',
    '$(PASSWORD)',
    '${PASSWORD}',
    '$PASSWORD',
    '{{ .Password }}',
    '`cat x`',
    '%(ENV_PASSWORD)s',
    '%s',
    '<password>',
    'env:PASSWORD',
    'vault:secret/a',
    'https://login.example/token',
  ])('tells nothing: %j', (value) => {
    expect(isHarmless('password', value)).toBe(true);
  });

  test.each([
    'hunter2',
    'changeme',
    '123456',
    'pa$sword',
    'my$PASSWORD',
    '$a b',
    'a/b',
    'a/run/b',
    '/run/a b',
    'my~/a',
    'mytrue',
    'trueish',
    'a<b>',
    '<a>b',
    '<a',
    'a%s',
    '%sa',
    'a*b',
    '*a b',
    'myenv:a',
    'x1',
  ])('tells a secret: %j', (value) => {
    expect(isHarmless('password', value)).toBe(false);
  });

  test('is a number or a duration: of a token, but not of a password', () => {
    for (const value of ['4096x', 'x15m', '15mx']) expect(isHarmless('token', value)).toBe(false);
    for (const value of ['4096', '15m']) {
      expect(isHarmless('token', value)).toBe(true);
      expect(isHarmless('password', value)).toBe(false);
    }
  });
});

describe('a form that only secrets have:', () => {
  const a = (count: number) => 'a1B2c3D4e5'.repeat(9).slice(0, count);
  const hex = '0123456789abcdef'.repeat(4);

  test.each([
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', 'a private key'],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----', 'a private key'],
    [`AGE-SECRET-KEY-1${'Q'.repeat(58)}`, 'a private key'],
    [`gho_${a(36)}`, 'a token of GitHub'],
    [`github_pat_${a(30)}`, 'a token of GitHub'],
    [`glpat-${a(20)}`, 'a token of GitLab'],
    [`xoxb-${a(20)}`, 'a token of Slack'],
    ['https://hooks.slack.com/services/T01/B02/abc', 'a token of Slack'],
    ['AKIAIOSFODNN7EXAMPLE', 'an access key of AWS'],
    [`AIza${a(35)}`, 'an API key of Google'],
    [`sk-proj-${a(30)}`, 'a secret API key'],
    [`sk_live_${a(24)}`, 'a secret API key'],
    [`whsec_${a(24)}`, 'a secret API key'],
    [`npm_${a(36)}`, 'a token of npm'],
    [`pypi-AgEI${a(30)}`, 'a token of PyPI'],
    [`hf_${a(34)}`, 'a token of Hugging Face'],
    [`hvs.${a(24)}`, 'a token of Vault'],
    [`dop_v1_${hex}`, 'a token of DigitalOcean'],
    [`SG.${a(22)}.${a(43)}`, 'an API key of SendGrid'],
    [`eyJ${a(20)}.eyJ${a(20)}.${a(20)}`, 'a JSON Web Token'],
    [`$2y$10$${a(53)}`, 'the hash of a password'],
    [`me:$apr1$${a(8)}$${a(22)}`, 'the hash of a password'],
    ['mongodb://me:hunter2@db:27017/a', 'a URL with a password'],
    ['amqps://:hunter2@queue', 'a URL with a password'],
    ['amqps://me:123456@queue', 'a URL with a password'],
    [`Authorization: Bearer ${a(20)}`, 'an authorization header'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZA==1', 'an authorization header'],
  ])('%s', (text, what) => {
    expect(formsIn(text)).toEqual([{ place: '', what }]);
    expect(formsIn(`a\nb "${text}"\n`)).toEqual([{ place: ' line 2', what }]);
  });

  test.each([
    'AGE-SECRET-KEY-1QQQ',
    `gho_${a(9)}`,
    `github_pat_${a(9)}`,
    `glpat-${a(9)}`,
    `xoxb-${a(9)}`,
    `AKIA${'A'.repeat(9)}`,
    `AIza${a(9)}`,
    `sk-${a(9)}`,
    `whsec_${a(9)}`,
    `npm_${a(9)}`,
    `pypi-AgEI${a(9)}`,
    `hf_${a(9)}`,
    `hvs.${a(9)}`,
    'dop_v1_0123456789',
    `SG.${a(22)}.${a(9)}`,
    `eyJ${a(9)}.eyJ${a(9)}.a`,
    `$2y$10$${a(9)}`,
    `Bearer ${a(9)}`,
  ])('it has its length, so not %s', (text) => {
    expect(formsIn(text)).toEqual([]);
  });

  test.each([
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----',
    'mongodb://db:27017/a',
    'mongodb://me@db',
    'mongodb://me:$(PASSWORD)@db',
    'mongodb://${user}:${password}@db',
    'https://a.example/b:c@d',
    'Bearer authentication is needed',
    'Basic misunderstandings are common',
    'task-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'ghp_short',
    hex,
  ])('not %s', (text) => {
    expect(formsIn(text)).toEqual([]);
  });
});

describe('a setting in a text:', () => {
  const names = (text: string) => settingsIn(text, () => false).map(({ what }) => what);

  test.each([
    'password: hunter2',
    '  - password: "hunter2"',
    "password = 'hunter2'",
    'password=hunter2 # mine',
    'export password=hunter2',
    '{"user": "me", "password": "hunter2"}',
    '"password": "hunter2",',
    '[a => 1, "password" => "hunter2"]',
    'run --password hunter2',
    'run --password "hunter2"',
    "run --password='hunter2'",
    '<password>hunter2</password>',
  ])('%s', (text) => {
    expect(names(text)).toContain('a literal password');
  });

  test('a directive of Redis', () => {
    expect(names('port 6379\n  requirepass hunter2\n')).toEqual(['a literal requirepass']);
  });

  test.each([
    '# password: hunter2',
    'password:',
    'password: ',
    'password: |',
    'password: >-',
    'password: *shared',
    'password: {',
    'password: ${PASSWORD}',
    'password="$(cat /run/password)"',
    'printf \'password: "%s"\\n\' "$1"',
    'password_file: hunter2',
    '"password": "The password of the user."',
    'if (password === other) {',
    'proxy_pass http://backend;',
    'run --password --verbose',
    'run my--password hunter2',
    'norequirepass hunter2',
    'run --password="/run/password"',
    "run --password '/run/password'",
    'password = /run/password;',
    'password: true, # or not',
    'run --password $(cat /run/password)',
    '<password>${PASSWORD}</password>',
    'the password is hunter2',
  ])('not %s', (text) => {
    expect(names(text)).toEqual([]);
  });

  test('a large text takes no longer than its length', () => {
    const size = 250_000;
    const texts = [
      'a',
      '-',
      '.',
      ' ',
      '"',
      "'",
      '=',
      ':',
      '<',
      '$',
      'a ',
      'a=',
      '--a',
      'a: "',
      '\n',
    ];
    const start = performance.now();
    for (const text of texts) {
      const large = text.repeat(size / text.length);
      settingsIn(large, () => false);
      formsIn(large);
    }
    // Without bounds, a single one of them takes minutes.
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
