import { setTimeout as sleep } from 'node:timers/promises';
import { Ai } from './ai.mjs';
import { Answers } from './answers.mjs';
import { createApi } from './api.mjs';
import { bounded } from './bounded.mjs';
import { Cache } from './cache.mjs';
import { ConfigError, readConfig } from './config.mjs';
import { finish, httpServer, listen } from './http.mjs';
import { Items } from './items.mjs';
import { createLog, describe, describeFully } from './log.mjs';
import { createMetrics, exposition } from './metrics.mjs';
import { createRoutes } from './routes.mjs';
import { startTracing } from './tracing.mjs';

// Time for callers to hear on their open connections that this is the last answer.
const FAREWELL_MS = 1000;
const CLIENTS_MS = 3000;

let log = createLog('info');
let stopping = false;

process.on('uncaughtException', (error) => {
  log.error('crashed', { error: describeFully(error) });
  process.exit(1);
});

const config = configured();
log = createLog(config.logLevel);
const metrics = createMetrics();
const tracing = await startTracing(process.env, log);
const items = new Items(config.mongodb, { log, metrics });
const cache = new Cache(config.redis, { log, metrics });
const answers = new Answers(items, new Ai(config.ai, { log, metrics }));
const routes = createRoutes({ items, cache, answers, stopping: () => stopping });
const api = createApi({ routes, log, metrics, stopping: () => stopping });
const metricsServer = httpServer(async (request, response) => {
  const found = request.method === 'GET' && request.url === '/metrics';
  const body = found ? await exposition(metrics.registry) : 'Only GET /metrics is here.\n';
  response.writeHead(found ? 200 : 404, { 'content-type': metrics.registry.contentType });
  response.end(body);
});

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
const port = await listen(api.server, config.port);
const metricsPort = await listen(metricsServer, config.metricsPort);
log.info('listening', { port, metricsPort });

function configured() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) log.error(problem);
    process.exit(1);
  }
}

/** @param {NodeJS.Signals} signal */
async function stop(signal) {
  if (stopping) end(1, 'stopped by a second signal', { signal });
  stopping = true;
  log.info('stopping', { signal });
  const late = () => end(1, 'requests did not end in time', { seconds: config.shutdownSeconds });
  setTimeout(late, config.shutdownSeconds * 1000);

  await sleep(FAREWELL_MS);
  await finish(api.server, api.requests);
  cache.close();
  // A store or collector that hangs must not turn a good end into a bad one.
  const closing = Promise.all([items.close(), tracing.shutdown()]);
  await bounded(closing, CLIENTS_MS).catch((error) => {
    log.warn('clients did not close', { error: describe(error) });
  });
  end(0, 'stopped', {});
}

/**
 * @param {number} code
 * @param {string} message
 * @param {Record<string, unknown>} fields
 */
function end(code, message, fields) {
  log[code === 0 ? 'info' : 'error'](message, fields);
  process.exit(code);
}
