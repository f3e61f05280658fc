// The environment variables, checked once at start: a typing mistake ends the process with a
// sentence instead of showing up as a wrong behaviour later.

/** @typedef {'debug' | 'info' | 'warn' | 'error'} Level */
/** @typedef {{ host: string, port: number, secret: string }} Store */
/** @typedef {{ host: string, port: number, chatModel: string, embeddingModel: string, seconds: number }} Ai */
/**
 * @typedef {object} Config
 * @property {number} port
 * @property {number} metricsPort
 * @property {Level} logLevel
 * @property {number} shutdownSeconds
 * @property {Store & { database: string }} mongodb
 * @property {Store | undefined} redis Without it nothing is cached.
 * @property {Ai | undefined} ai Without it nothing is answered.
 */

/** @type {readonly Level[]} */
export const LEVELS = ['debug', 'info', 'warn', 'error'];

export class ConfigError extends Error {
  /** @param {string[]} problems */
  constructor(problems) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Config}
 */
export function readConfig(env) {
  /** @type {string[]} */
  const problems = [];

  /** An empty variable is one that was not set: manifests write optional ones as "".
   * @param {string} name
   * @param {string} fallback */
  const text = (name, fallback) => env[name] || fallback;

  /** @param {string} name
   * @param {number} fallback
   * @param {number} min
   * @param {number} max */
  const integer = (name, fallback, min, max) => {
    const given = text(name, String(fallback));
    const number = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
    if (number >= min && number <= max) return number;
    // A Service named redis makes Kubernetes set REDIS_PORT to tcp://… in pods beside it.
    const hint = given.startsWith('tcp://') ? ', and "enableServiceLinks: false" on the pod' : '';
    problems.push(
      `${name} is "${given}", but must be a whole number from ${min} to ${max}: set it${hint}.`,
    );
    return fallback;
  };

  /** @param {string} name */
  const port = (name, fallback = 0, min = 1) => integer(name, fallback, min, 65535);

  const level = text('LOG_LEVEL', 'info');
  const logLevel = LEVELS.find((known) => known === level);
  if (logLevel === undefined) {
    problems.push(`LOG_LEVEL is "${level}", but must be one of ${LEVELS.join(', ')}: choose one.`);
  }
  const host = text('MONGODB_HOST', '');
  if (host === '') {
    problems.push('MONGODB_HOST is "", but must be a host name: set it to that of MongoDB.');
  }
  /** @param {string} name */
  const model = (name) => {
    const given = text(name, '');
    if (given === '') problems.push(`${name} is "", but must be a model of AI_HOST: set it.`);
    return given;
  };

  const redisHost = text('REDIS_HOST', '');
  const aiHost = text('AI_HOST', '');
  const config = {
    // Port 0 takes a free one; the tests do that.
    port: port('PORT', 3100, 0),
    metricsPort: port('METRICS_PORT', 9464, 0),
    logLevel: logLevel ?? 'info',
    shutdownSeconds: integer('SHUTDOWN_SECONDS', 20, 1, 3600),
    mongodb: {
      host,
      port: port('MONGODB_PORT', 27017),
      secret: text('MONGODB_SECRET', '/run/secrets/mongodb'),
      database: text('MONGODB_DATABASE', 'node-service'),
    },
    redis:
      redisHost === ''
        ? undefined
        : {
            host: redisHost,
            port: port('REDIS_PORT', 6379),
            secret: text('REDIS_SECRET', '/run/secrets/redis'),
          },
    ai:
      aiHost === ''
        ? undefined
        : {
            host: aiHost,
            port: port('AI_PORT', 11434),
            chatModel: model('AI_CHAT_MODEL'),
            embeddingModel: model('AI_EMBEDDING_MODEL'),
            // Gateways in front of this wait for 20 s.
            seconds: integer('AI_TIMEOUT_SECONDS', 15, 1, 300),
          },
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
