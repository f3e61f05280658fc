import { createClient } from '@redis/client';
import { bounded, TimeoutError } from './bounded.mjs';
import { readSecret } from './secret.mjs';
import { watched, watchState } from './watched.mjs';

/** @typedef {ReturnType<typeof connection>} Client */

// A cache that is slower than this is worse than none.
const ANSWER_MS = 200;
const HANDSHAKE_MS = 2000;
const PREFIX = 'node-example:';

/** Texts in Redis. Everything works without it: each failure is a miss. */
export class Cache {
  /** @type {Client | undefined} */
  #client;
  #config;
  #watchers;
  #state;

  /**
   * @param {import('./config.mjs').Config['redis']} config
   * @param {import('./watched.mjs').Watchers} watchers
   */
  constructor(config, watchers) {
    this.#config = config;
    this.#watchers = watchers;
    this.#state = watchState('redis', watchers);
    for (const result of ['hit', 'miss', 'off']) watchers.metrics.cache.inc({ result }, 0);
    this.#open();
  }

  /** @param {string} key @returns {Promise<string | undefined>} */
  async get(key) {
    const found = await this.#run('get', (client) => client.get(PREFIX + key));
    const result = found === undefined ? 'off' : found === null ? 'miss' : 'hit';
    this.#watchers.metrics.cache.inc({ result });
    return found ?? undefined;
  }

  /** @param {string} key @param {string} text @param {number} seconds */
  async set(key, text, seconds) {
    const expiration = { type: /** @type {const} */ ('EX'), value: seconds };
    await this.#run('set', (client) => client.set(PREFIX + key, text, { expiration }));
  }

  /** @returns {Promise<'up' | 'down' | 'off'>} */
  async ping() {
    if (this.#config === undefined) return 'off';
    return (await this.#run('ping', (client) => client.ping())) === undefined ? 'down' : 'up';
  }

  close() {
    this.#client?.destroy();
  }

  /**
   * @template T
   * @param {string} name
   * @param {(client: Client) => Promise<T>} work
   * @returns {Promise<T | undefined>} undefined when Redis could not be asked
   */
  async #run(name, work) {
    const client = this.#client;
    if (client === undefined || !client.isReady) return undefined;
    try {
      return await watched('redis', name, this.#watchers, () => bounded(work(client), ANSWER_MS));
    } catch (error) {
      if (error instanceof TimeoutError) this.#reopen(client, error);
      return undefined;
    }
  }

  #open() {
    if (this.#config === undefined) return;
    const client = connection(this.#config);
    this.#client = client;
    /** @type {NodeJS.Timeout | undefined} */
    let handshake;
    client.on('connect', () => {
      const late = () => this.#reopen(client, new TimeoutError('No answer to the handshake.'));
      handshake = setTimeout(late, HANDSHAKE_MS).unref();
    });
    client.on('ready', () => {
      clearTimeout(handshake);
      this.#state();
    });
    client.on('error', (error) => {
      clearTimeout(handshake);
      if (client === this.#client) this.#state(error);
    });
    // It tries again by itself; what failed was given to 'error'.
    client.connect().catch(() => undefined);
  }

  /**
   * A connection without answers may lead to a machine that is gone, which TCP notices only after a
   * quarter of an hour. Until the new one is ready nothing waits for Redis.
   * @param {Client} client
   * @param {unknown} error
   */
  #reopen(client, error) {
    if (client !== this.#client) return;
    this.#state(error);
    client.destroy();
    this.#open();
  }
}

/** @param {import('./config.mjs').Store} config */
function connection({ host, port, secret }) {
  return createClient({
    socket: {
      host,
      port,
      connectTimeout: HANDSHAKE_MS,
      reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 3000),
    },
    // Asked at each connection, so a password that was changed is found.
    credentialsProvider: {
      type: 'async-credentials-provider',
      credentials: async () => ({ password: await readSecret(secret, 'password') }),
    },
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
  });
}
