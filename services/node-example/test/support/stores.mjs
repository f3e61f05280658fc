import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { MongoClient } from 'mongodb';
import { withTests } from './children.mjs';
import { ferretdb } from './ferretdb.mjs';

export const DATABASE = 'node-service';
export const USERNAME = 'app-user';

/** A program that listens at a port which stays the same when it is started again. */
class Program {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;

  /** @param {number} port @param {string} command @param {string[]} args */
  constructor(port, command, args) {
    this.port = port;
    this.command = command;
    this.args = args;
  }

  async start() {
    // Not inherited: one left over would keep open what the tests write to.
    const child = withTests(
      spawn(this.command, this.args, { stdio: ['ignore', 'ignore', 'pipe'] }),
    );
    this.#child = child;
    child.stderr.pipe(process.stderr, { end: false });
    for (let tries = 0; !(await accepts(this.port)); tries++) {
      if (child.exitCode !== null || tries > 600) throw new Error(`${this.command} did not start.`);
      await sleep(50);
    }
  }

  async stop() {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Takes connections, and answers nothing. */
  async hang() {
    const child = this.#child;
    child?.kill('SIGSTOP');
    // A signal is only on its way then: a thread on another core may answer a while longer.
    for (let tries = 0; child?.pid !== undefined && !isStopped(child.pid); tries++) {
      if (tries > 5000) throw new Error(`${this.command} did not stop.`);
      await sleep(1);
    }
  }

  resume() {
    this.#child?.kill('SIGCONT');
  }
}

/** Whether all threads are stopped; not to be seen on other systems than Linux. @param {number} pid */
function isStopped(pid) {
  if (process.platform !== 'linux') return true;
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.every((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8').includes(') T '),
    );
  } catch {
    return false; // A thread ended in between.
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A real Redis. */
class Redis extends Program {
  /** @param {string} password Another one from now on. */
  async setPassword(password, old = this.password) {
    await this.#admin(old, (client) => client.configSet('requirepass', password));
    this.password = password;
  }

  /** Ends all connections, as a restart would. */
  async disconnectAll() {
    await this.#admin(this.password, (client) =>
      client.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal']),
    );
  }

  /** @template T @param {(client: import('@redis/client').RedisClientType) => Promise<T>} work */
  async ask(work) {
    return this.#admin(this.password, work);
  }

  password = '';

  /**
   * @template T
   * @param {string} password
   * @param {(client: import('@redis/client').RedisClientType) => Promise<T>} work
   */
  async #admin(password, work) {
    const socket = { host: '127.0.0.1', port: this.port };
    const client = createClient({ socket, password });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(/** @type {any} */ (client));
    } finally {
      client.destroy();
    }
  }
}

/** FerretDB, with a client of the administrator's. */
class Mongo extends Program {
  password = '';

  /**
   * @template T
   * @param {(database: import('mongodb').Db) => Promise<T>} work
   */
  async ask(work) {
    const client = new MongoClient(`mongodb://127.0.0.1:${this.port}`, {
      auth: { username: USERNAME, password: this.password },
      authSource: DATABASE,
    });
    try {
      return await work(client.db(DATABASE));
    } finally {
      await client.close();
    }
  }

  /** @param {string} password */
  async setPassword(password) {
    await this.ask((database) => database.command({ updateUser: USERNAME, pwd: password }));
    this.password = password;
  }
}

/**
 * Both stores with passwords, not started, and the folders with their secrets.
 * @param {string[]} redisArgs
 */
export async function createStores(redisArgs = []) {
  const folder = mkdtempSync(join(tmpdir(), 'node-example-'));
  const secrets = { mongodb: join(folder, 'mongodb'), redis: join(folder, 'redis') };
  const passwords = { mongodb: unlikely('mongodb'), redis: unlikely('redis') };
  /** @param {'mongodb' | 'redis'} store @param {string} password */
  const writeSecret = (store, password) => {
    mkdirSync(secrets[store], { recursive: true });
    writeFileSync(join(secrets[store], 'password'), `${password}\n`);
    if (store === 'mongodb') writeFileSync(join(secrets[store], 'username'), `${USERNAME}\n`);
  };
  writeSecret('mongodb', passwords.mongodb);
  writeSecret('redis', passwords.redis);

  const data = join(folder, 'data');
  mkdirSync(data);
  const mongoPort = await freePort();
  const mongo = new Mongo(mongoPort, ferretdb(), [
    ...['--handler=sqlite', `--sqlite-url=file:${data}/`, `--listen-addr=127.0.0.1:${mongoPort}`],
    ...['--debug-addr=-', '--state-dir=-', '--telemetry=disable', '--log-level=error'],
    ...['--test-enable-new-auth', `--setup-database=${DATABASE}`, `--setup-username=${USERNAME}`],
    `--setup-password=${passwords.mongodb}`,
  ]);
  mongo.password = passwords.mongodb;
  const redisPort = await freePort();
  const redis = new Redis(redisPort, redisServer(), [
    ...['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    ...['--requirepass', passwords.redis, ...redisArgs],
  ]);
  redis.password = passwords.redis;
  const env = {
    MONGODB_HOST: '127.0.0.1',
    MONGODB_PORT: String(mongoPort),
    MONGODB_SECRET: secrets.mongodb,
    MONGODB_DATABASE: DATABASE,
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: String(redisPort),
    REDIS_SECRET: secrets.redis,
  };
  const remove = async () => {
    await Promise.all([mongo.stop(), redis.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { mongo, redis, env, folder, passwords, writeSecret, remove };
}

/** A password that nothing else prints. @param {string} of */
export function unlikely(of) {
  return `${of}-secret-${Math.random().toString(36).slice(2)}`;
}

function redisServer() {
  const program = process.env['REDIS_SERVER'] || 'redis-server';
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return program;
  } catch {
    throw new Error(
      `${program} cannot be run: install it with "apt-get install redis-server", or set REDIS_SERVER.`,
    );
  }
}
