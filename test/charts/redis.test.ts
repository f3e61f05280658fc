import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/* The scripts of Redis, run for real; redis-server and redis-cli are scripts that note their calls. */

const SCRIPTS = resolve(__dirname, '../../charts/data');

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twinchart-redis-'));
  for (const folder of ['secret', 'bin', 'tmp', 'secrets/metrics'])
    mkdirSync(join(home, folder), { recursive: true });
  write('secret/password', 'secret\n');
  write('accounts', '');
  write('redis.conf', 'port 6379\nappendonly yes\n');
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

describe('the start', () => {
  beforeEach(() => {
    program('redis-server', `echo $$ > ${home}/pid`);
  });

  test('adds the password to a copy of the configuration that only its owner can read', () => {
    expect(run('redis-start.sh').status).toBe(0);
    expect(read('tmp/redis.conf')).toBe('port 6379\nappendonly yes\nrequirepass "secret"\n');
    expect(statSync(join(home, 'tmp/redis.conf')).mode & 0o777).toBe(0o600);
  });

  // The kubelet signals the first process: a shell in between would keep the signal to itself.
  test('makes Redis the first process, and tells it nothing but that file', () => {
    const { pid } = run('redis-start.sh');
    expect(calls()).toEqual([`redis-server ${home}/tmp/redis.conf`]);
    expect(read('pid')).toBe(`${String(pid)}\n`);
  });

  test.each(['a "b" \\ c', '\\"', '\\\\n', "it's $HOME `id` %s #1", 'ä😀', ' x '])(
    'keeps a password as it is: %s',
    (password) => {
      write('secret/password', `${password}\n`);
      expect(run('redis-start.sh').status).toBe(0);
      const [, text = ''] = /^requirepass (".*")$/m.exec(read('tmp/redis.conf')) ?? [];
      // Redis reads a quoted text as JSON does, as far as these characters go.
      expect(JSON.parse(text)).toBe(password);
    },
  );

  test('of what an earlier start left behind nothing stays', () => {
    run('redis-start.sh');
    write('secret/password', 'new\n');
    run('redis-start.sh');
    expect(read('tmp/redis.conf')).toBe('port 6379\nappendonly yes\nrequirepass "new"\n');
  });

  test.each([
    ['password', 'secret/password', undefined],
    ['password that is not empty', 'secret/password', '\n'],
    ['configuration', 'redis.conf', undefined],
    ['list of accounts', 'accounts', undefined],
  ])('fails without a %s: Redis would let everybody in', (_, path, content) => {
    rmSync(join(home, path));
    if (content !== undefined) write(path, content);
    expect(run('redis-start.sh').status).not.toBe(0);
    expect(calls()).toEqual([]);
  });

  describe('with accounts', () => {
    const accounts = () => {
      expect(run('redis-start.sh').status).toBe(0);
      return read('tmp/redis.conf').split('\n').slice(3, -1);
    };
    beforeEach(() => {
      write('accounts', 'metrics +ping +client|setname\nnobody +@all\n');
      write('secrets/metrics/username', 'reader\n');
      write('secrets/metrics/password', 'its "own"\n');
    });

    test('gives each its rights, and leaves out who has no Secret', () => {
      expect(accounts()).toEqual(['user "reader" on ">its \\"own\\"" +ping +client|setname']);
    });

    test('gives none where none has a Secret', () => {
      rmSync(join(home, 'secrets/metrics'), { recursive: true });
      expect(accounts()).toEqual([]);
    });

    test.each(['username', 'password'])('fails where the %s of one is empty', (key) => {
      write(`secrets/metrics/${key}`, '\n');
      expect(run('redis-start.sh')).toMatchObject({
        status: 1,
        stderr: `There is no ${key} in ${home}/secrets/metrics; Redis would let everybody in.\n`,
      });
      expect(calls()).toEqual([]);
    });
  });

  test('says what is wrong with an empty password', () => {
    write('secret/password', '');
    expect(run('redis-start.sh')).toMatchObject({
      status: 1,
      stderr: `There is no password in ${home}/secret; Redis would let everybody in.\n`,
    });
  });
});

describe('the probe', () => {
  test('asks the port with the password, which is no argument', () => {
    program('redis-cli', 'echo "$REDISCLI_AUTH" >&2; echo PONG');
    const { status, stderr } = run('redis-answers.sh', ['PONG'], { REDIS_PORT: '6380' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'secret\n' });
    expect(calls()).toEqual(['redis-cli -p 6380 ping']);
  });

  const LOADING = 'LOADING Redis is loading the dataset in memory';
  const NOAUTH = 'NOAUTH Authentication required.';
  test.each([
    ['PONG', ['PONG'], true],
    ['PONG', ['PONG', 'LOADING'], true],
    [LOADING, ['PONG', 'LOADING'], true],
    // It reads its data back: alive, not ready.
    [LOADING, ['PONG'], false],
    [NOAUTH, ['PONG', 'LOADING'], false],
    ['PONGO', ['PONG'], false],
    ['*', ['PONG'], false],
    ['', ['PONG'], false],
  ])('with the answer %j is %j enough: %p', (answer, words, expected) => {
    program('redis-cli', `echo "${answer}"`);
    const { status, stderr } = run('redis-answers.sh', words);
    expect(status === 0).toBe(expected);
    expect(stderr).toBe(expected ? '' : `${answer}\n`);
  });

  test('fails where nobody answers, or the password is gone', () => {
    program('redis-cli', 'echo "Could not connect" >&2; exit 1');
    expect(run('redis-answers.sh', ['PONG'])).toMatchObject({ status: 1 });
    program('redis-cli', 'echo PONG');
    rmSync(join(home, 'secret/password'));
    expect(run('redis-answers.sh', ['PONG']).status).not.toBe(0);
  });
});

function run(script: string, words: readonly string[] = [], env: Record<string, string> = {}) {
  return spawnSync('sh', [join(SCRIPTS, script), ...words], {
    encoding: 'utf8',
    env: {
      PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`,
      REDIS_SECRET: join(home, 'secret'),
      REDIS_CONFIG: join(home, 'redis.conf'),
      REDIS_ACCOUNTS: join(home, 'accounts'),
      ACCOUNT_SECRETS: join(home, 'secrets'),
      TMPDIR: join(home, 'tmp'),
      ...env,
    },
  });
}

function calls(): string[] {
  try {
    return read('calls').trimEnd().split('\n');
  } catch {
    return [];
  }
}

const read = (path: string) => readFileSync(join(home, path), 'utf8');

function write(path: string, content: string, mode = 0o644): void {
  writeFileSync(join(home, path), content, { mode });
}

function program(name: string, body: string): void {
  write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >> ${home}/calls\n${body}\n`, 0o755);
}
