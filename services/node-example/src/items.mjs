import { MongoClient, MongoError, MongoServerError, ObjectId } from 'mongodb';
import { bounded, TimeoutError } from './bounded.mjs';
import { readSecret } from './secret.mjs';
import { watched, watchState } from './watched.mjs';

/** @typedef {{ id: string, name: string, createdAt: string }} Item */
/** @typedef {{ name: string, createdAt: Date }} Stored */
/** @typedef {{ client: MongoClient, username: string, password: string }} Session */

const OPERATION_MS = 5000;
// AuthenticationFailed; Unauthorized: the user was removed below an open connection.
const REFUSED = [18, 13];
// Shutting down, stepping down, not primary (yet): the same request succeeds later.
const PASSING = [91, 189, 10107, 11600, 11602, 13435, 13436];

/** MongoDB cannot be asked; the reason is its cause and is for the log only. */
export class StoreDownError extends Error {
  name = 'StoreDownError';
}

/** The items in MongoDB. */
export class Items {
  /** @type {Promise<Session> | undefined} */
  #session;
  /** @type {Set<MongoClient>} */
  #clients = new Set();
  #config;
  #watchers;
  #state;

  /**
   * @param {import('./config.mjs').Config['mongodb']} config
   * @param {import('./watched.mjs').Watchers} watchers
   */
  constructor(config, watchers) {
    this.#config = config;
    this.#watchers = watchers;
    this.#state = watchState('mongodb', watchers);
  }

  /** Fails unless MongoDB answers within `ms`. @param {number} ms */
  async ping(ms) {
    await this.#run('ping', ms, (client) => this.#database(client).command({ ping: 1 }));
  }

  /** @param {string} name @returns {Promise<Item>} */
  async add(name) {
    // Made here, so that an insert repeated by the driver or by #run cannot add the item twice.
    const item = { _id: new ObjectId(), name, createdAt: new Date() };
    await this.#run('insert', OPERATION_MS, (client) => this.#items(client).insertOne(item));
    return shown(item);
  }

  /** @param {string} id @returns {Promise<Item | undefined>} */
  async find(id) {
    const filter = { _id: new ObjectId(id) };
    const item = await this.#run('find', OPERATION_MS, (client) =>
      this.#items(client).findOne(filter),
    );
    return item === null ? undefined : shown(item);
  }

  /** Items in the order of their ids. @param {number} limit @param {string | null} after */
  async list(limit, after) {
    const filter = after === null ? {} : { _id: { $gt: new ObjectId(after) } };
    const items = await this.#run('list', OPERATION_MS, (client) =>
      this.#items(client).find(filter).sort({ _id: 1 }).limit(limit).toArray(),
    );
    return items.map(shown);
  }

  async close() {
    await Promise.all([...this.#clients].map((client) => client.close()));
  }

  /** @param {MongoClient} client */
  #database(client) {
    return client.db(this.#config.database);
  }

  /** @param {MongoClient} client @returns {import('mongodb').Collection<Stored>} */
  #items(client) {
    return this.#database(client).collection('items');
  }

  /**
   * @template T
   * @param {string} name
   * @param {number} ms
   * @param {(client: MongoClient) => Promise<T>} work
   */
  async #run(name, ms, work) {
    const attempt = async () => {
      const session = await this.#open();
      try {
        return await work(session.client);
      } catch (error) {
        if (!isRefused(error) || !(await this.#renew(session))) throw error;
        return await work((await this.#open()).client);
      }
    };
    try {
      const result = await watched('mongodb', name, this.#watchers, () => bounded(attempt(), ms));
      this.#state();
      return result;
    } catch (error) {
      if (!meansDown(error)) throw error;
      this.#state(error);
      throw new StoreDownError('MongoDB does not answer.', { cause: error });
    }
  }

  #open() {
    this.#session ??= this.#connect().catch((error) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  /** @returns {Promise<Session>} */
  async #connect() {
    const { host, port, database } = this.#config;
    const { username, password } = await this.#credentials();
    const client = new MongoClient(`mongodb://${host}:${port}`, {
      appName: 'node-example',
      auth: { username, password },
      authSource: database,
      maxPoolSize: 20,
      // An operation that the process gave up on must give its connection back too.
      socketTimeoutMS: OPERATION_MS,
      serverSelectionTimeoutMS: 2000,
      connectTimeoutMS: 2000,
      waitQueueTimeoutMS: 2000,
      heartbeatFrequencyMS: 5000,
    });
    this.#count(client);
    this.#clients.add(client);
    return { client, username, password };
  }

  async #credentials() {
    const { secret } = this.#config;
    const [username, password] = await Promise.all(
      ['username', 'password'].map((key) => readSecret(secret, key)),
    );
    return { username: username ?? '', password: password ?? '' };
  }

  /**
   * The driver keeps the credentials it was made with, so new ones need a new client. Only when the
   * files did change: with a wrong password every request would make one.
   * @param {Session} refused
   * @returns {Promise<boolean>} Whether to try again.
   */
  async #renew(refused) {
    const { username, password } = await this.#credentials();
    if (username === refused.username && password === refused.password) return false;
    const current = await this.#session;
    // Of many requests that were refused at once, the first renews for all.
    if (current !== undefined && current !== refused) return true;
    this.#session = undefined;
    this.#watchers.log.info('mongodb credentials changed');
    // Other requests may be using it still.
    setTimeout(() => {
      this.#clients.delete(refused.client);
      void refused.client.close();
    }, OPERATION_MS).unref();
    return true;
  }

  /** @param {MongoClient} client */
  #count(client) {
    const { connections } = this.#watchers.metrics;
    const idle = { db_system_name: 'mongodb', db_client_connection_state: 'idle' };
    const used = { db_system_name: 'mongodb', db_client_connection_state: 'used' };
    // One that failed before it was ready is closed too, but was never counted.
    const ready = new Set();
    client.on('connectionReady', ({ address, connectionId }) => {
      ready.add(`${address} ${connectionId}`);
      connections.inc(idle);
    });
    client.on('connectionClosed', ({ address, connectionId }) => {
      if (ready.delete(`${address} ${connectionId}`)) connections.dec(idle);
    });
    client.on('connectionCheckedOut', () => {
      connections.dec(idle);
      connections.inc(used);
    });
    client.on('connectionCheckedIn', () => {
      connections.inc(idle);
      connections.dec(used);
    });
  }
}

/** @param {unknown} error @returns {boolean} */
function isRefused(error) {
  if (error instanceof MongoServerError) return REFUSED.includes(Number(error.code));
  // When one new connection is refused, those who wait for another are told with this cause.
  return error instanceof MongoError && isRefused(error.cause);
}

/**
 * Whether the reason lies with MongoDB or the way to it, not with what was asked of it.
 * @param {unknown} error
 */
export function meansDown(error) {
  if (error instanceof MongoServerError) {
    return [...REFUSED, ...PASSING].includes(Number(error.code));
  }
  if (error instanceof MongoError || error instanceof TimeoutError) return true;
  // Of the operating system: secret files that cannot be read, and EPIPE, which the driver passes
  // on as it is when the other side has just ended the connection. ERR_ would be a mistake of ours.
  return error instanceof Error && 'code' in error && /^E(?!RR_)/.test(String(error.code));
}

/** @param {Stored & { _id: ObjectId }} stored @returns {Item} */
function shown({ _id, name, createdAt }) {
  return { id: _id.toHexString(), name, createdAt: createdAt.toISOString() };
}
