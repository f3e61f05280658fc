import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { textAt } from '../../synth/checks/json';
import { ExporterProcess } from './exporter-process';
import { freePort } from '../free-port';
import { installed, testUnless } from './programs';
import { committed, containerOf, object } from './rendered';

/* Redis and its exporter with the files, arguments and variables that dist/dev has for them. */

const missing = ['redis-server', 'redis-cli'].find((name) => installed(name) === undefined);
const why = missing === undefined ? undefined : `there is no ${missing}`;
const run = testUnless(why);
const exporterPath = installed('prometheus-redis-exporter');
const none = exporterPath === undefined ? 'there is no prometheus-redis-exporter' : undefined;
const measured = testUnless(why ?? none);

const objects = committed('data');
const PASSWORD = 'of "all" \\ clients';
const READER = 'of the exporter';
const SECRETS = {
  'redis-redis-exporter/username': 'redis-exporter',
  'redis-redis-exporter/password': READER,
};
const deployment = object(objects, 'Deployment', 'redis-exporter');
const { env } = containerOf(deployment, 'redis-exporter', SECRETS);
const own = Object.fromEntries(['PATH', 'HOME'].map((name) => [name, process.env[name] ?? '']));

let home: string;
let port: string;
let server: ChildProcess;
beforeEach(async () => {
  if (missing !== undefined) return;
  home = mkdtempSync(join(tmpdir(), 'twinchart-redis-'));
  port = String(await freePort());
  for (const folder of ['secret', 'accounts/redis-exporter', 'data', 'tmp'])
    mkdirSync(join(home, folder), { recursive: true });
  const file = (name: string, key: string) =>
    textAt(object(objects, 'ConfigMap', name), 'data', key);
  // Another port and folder, and loopback alone.
  const conf = file('redis-config', 'redis.conf')
    .replace('port 6379', `port ${port}`)
    .replace('bind * -::*', 'bind 127.0.0.1')
    .replace('dir /data', `dir ${home}/data`);
  write('redis.conf', conf);
  write('accounts.list', file('redis-accounts', 'accounts'));
  for (const script of ['start.sh', 'answers.sh']) write(script, file('redis-scripts', script));
  write('secret/password', `${PASSWORD}\n`);
  write('accounts/redis-exporter/username', 'redis-exporter\n');
  write('accounts/redis-exporter/password', `${READER}\n`);
  server = spawn('sh', [join(home, 'start.sh')], { env: environment(), stdio: 'ignore' });
  for (let left = 100; left > 0 && answers() !== 0; left -= 1) await sleep(50);
});
afterEach(async () => {
  if (missing !== undefined) return;
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
  rmSync(home, { recursive: true });
});

run('it starts as it is told to, and the probe finds it', () => {
  expect(answers()).toBe(0);
  expect(ask('config', 'get', 'maxmemory')).toEqual({ maxmemory: String(170 * 2 ** 20) });
});

run('without a password it lets nobody in, with it all that clients do', () => {
  expect(cli('get a', '')).toContain('NOAUTH');
  expect(ask('set', 'a', '1')).toBe('OK');
});

run('the account of the exporter has its commands, and no other', () => {
  const all = commands();
  expect(all.length).toBeGreaterThan(300);
  const asked = all.map(([name, arity]) => {
    const words = Array.from({ length: Math.abs(arity) - name.split('|').length }, () => 'x');
    return ['acl dryrun redis-exporter', ...name.split('|'), ...words].join(' ');
  });
  const said = cli(asked.join('\n')).trimEnd().split('\n');
  expect(said).toHaveLength(all.length);
  const allowed = all.flatMap(([name], at) => (said[at] === '"OK"' ? [name] : []));
  // Everybody has these, also before a login.
  const everybody = ['auth', 'hello', 'quit', 'reset'];
  const granted = ['client|setname', 'info', 'latency|histogram', 'latency|latest', 'ping'];
  expect(allowed.sort()).toEqual([...everybody, ...granted, 'slowlog|get', 'slowlog|len'].sort());
});

measured('the exporter measures by that account, and asks for no more', async () => {
  const { exporter, stop } = await start(env);
  try {
    const metrics = await exporter.metrics();
    expect(metrics.get('redis_up')).toBe(1);
    expect(metrics.get('redis_memory_max_bytes')).toBe(170 * 2 ** 20);
    expect(metrics.get('redis_memory_used_bytes')).toBeGreaterThan(0);
    expect(metrics.get('redis_slowlog_length')).toBe(0);
    expect(metrics.has('redis_slowlog_last_id')).toBe(true);
    expect(ask('acl', 'log')).toEqual([]);
  } finally {
    await stop();
  }
});

measured('with another password it says that it sees nothing, and lives', async () => {
  const { exporter, stop } = await start({ ...env, REDIS_PASSWORD: 'wrong' });
  try {
    expect((await exporter.get('/health')).status).toBe(200);
    expect((await exporter.metrics()).get('redis_up')).toBe(0);
  } finally {
    await stop();
  }
});

/** The exporter with these variables; only where Redis and it are is another place. */
async function start(variables: Readonly<Record<string, string>>) {
  const listen = await freePort();
  const exporter = new ExporterProcess(exporterPath ?? '', [], listen, {
    ...own,
    ...variables,
    REDIS_ADDR: (variables['REDIS_ADDR'] ?? '').replace('redis:6379', `127.0.0.1:${port}`),
    REDIS_EXPORTER_WEB_LISTEN_ADDRESS: `127.0.0.1:${String(listen)}`,
  });
  return { exporter, stop: () => exporter.stop() };
}

function environment(): Record<string, string> {
  return {
    ...own,
    REDIS_SECRET: join(home, 'secret'),
    REDIS_CONFIG: join(home, 'redis.conf'),
    REDIS_ACCOUNTS: join(home, 'accounts.list'),
    ACCOUNT_SECRETS: join(home, 'accounts'),
    REDIS_PORT: port,
    TMPDIR: join(home, 'tmp'),
  };
}

/** The exit code of the readiness probe. */
function answers(): number | null {
  return spawnSync('sh', [join(home, 'answers.sh'), 'PONG'], { env: environment() }).status;
}

/** What Redis says to these lines, as JSON, a line each; without another login as its clients. */
function cli(lines: string, password = PASSWORD): string {
  const env = { ...own, REDISCLI_AUTH: password };
  return execFileSync('redis-cli', ['-p', port, '--json'], {
    ...{ encoding: 'utf8', env, input: lines },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

function ask(...command: readonly string[]): unknown {
  return JSON.parse(cli(command.join(' ')));
}

/** All commands with their arity, subcommands as "client|list". */
function commands(): [name: string, arity: number][] {
  type Command = [string, number, ...unknown[]];
  const flat = (list: readonly Command[]): [string, number][] =>
    list.flatMap(([name, arity, ...rest]) => {
      const parts = flat((rest.at(-1) ?? []) as Command[]);
      return parts.length > 0 ? parts : [[name, arity]];
    });
  return flat(ask('command') as Command[]);
}

function write(path: string, content: string): void {
  writeFileSync(join(home, path), content);
}
