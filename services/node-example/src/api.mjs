import { SpanStatusCode, context } from '@opentelemetry/api';
import { AiDownError } from './ai.mjs';
import { HttpError, httpServer, send } from './http.mjs';
import { StoreDownError } from './items.mjs';
import { describe, describeFully } from './log.mjs';
import { findRoute } from './routes.mjs';
import { requestSpan, traceHeaders } from './tracing.mjs';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * The server of the API: answers, and writes down of each request what came of it.
 * @param {object} parts
 * @param {import('./routes.mjs').Route[]} parts.routes
 * @param {import('./log.mjs').Log} parts.log
 * @param {import('./metrics.mjs').Metrics} parts.metrics
 * @param {() => boolean} parts.stopping
 * @param {Parameters<typeof httpServer>[1]} [parts.timeouts]
 */
export function createApi({ routes, log, metrics, stopping, timeouts }) {
  /** Requests in progress, by connection. @type {Map<import('node:net').Socket, number>} */
  const requests = new Map();

  const server = httpServer((request, response) => {
    const start = performance.now();
    const { socket } = request;
    const method = METHODS.find((known) => known === request.method) ?? '_OTHER';
    const target = request.url ?? '';
    const [path = '', ...query] = target.split('?');
    const { span, active } = requestSpan(request);
    let [template, probe] = ['', false];

    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    metrics.active.inc();
    const done = () => {
      if (requests.has(socket)) requests.set(socket, (requests.get(socket) ?? 1) - 1);
      metrics.active.dec();
      const ms = performance.now() - start;
      const status = response.statusCode;
      const labels = { http_request_method: method, http_route: template };
      metrics.requests.observe({ ...labels, http_response_status_code: status }, ms / 1000);
      span.updateName(`${method} ${template}`.trim());
      span.setAttributes({ 'http.request.method': method, 'http.response.status_code': status });
      if (template !== '') span.setAttribute('http.route', template);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      const aborted = response.writableFinished ? undefined : true;
      // Without the query: it is the caller's, and may hold what is not for logs.
      const fields = { method, path: path.slice(0, 500), status, ms: Math.round(ms * 10) / 10 };
      log[probe ? 'debug' : 'info']('request', { ...fields, aborted });
    };
    // Emitted once, whether the answer was sent or the caller went away.
    response.once('close', context.bind(active, done));

    const answer = async () => {
      const found = findRoute(routes, request.method ?? '', path);
      if (found === undefined) throw new HttpError(404, 'There is no such path.');
      template = found.route.path;
      probe = found.route.probe === true;
      const call = { id: found.id, query: new URLSearchParams(query.join('?')), request };
      return found.route.answer(call);
    };
    const respond = async () => {
      const result = await answer().catch((error) => failure(error, log));
      // Who gets this answer must not send the next request here.
      const last = stopping() ? { connection: 'close' } : {};
      const headers = { ...traceHeaders(), ...result.headers, ...last };
      if (!response.destroyed) send(response, { ...result, headers });
    };
    void context.with(active, respond);
  }, timeouts);

  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  return { server, requests };
}

/**
 * @param {unknown} error
 * @param {import('./log.mjs').Log} log
 * @returns {import('./http.mjs').Answer}
 */
function failure(error, log) {
  if (error instanceof HttpError) {
    return { status: error.status, body: { error: error.message }, headers: error.headers };
  }
  if (error instanceof StoreDownError || error instanceof AiDownError) {
    log.warn('request failed', { error: describe(error.cause) });
    return { status: 503, body: { error: error.message }, headers: { 'retry-after': '5' } };
  }
  log.error('request failed', { error: describeFully(error) });
  return { status: 500, body: { error: 'This should not have happened.' } };
}
