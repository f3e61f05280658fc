// The Node microservice, without dependencies. GET /health says that the process works; GET
// /ready says that it can serve: the store answers and the service is not stopping.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';

const config = JSON.parse(
  readFileSync(process.env.CONFIG ?? '/etc/node-service/service.json', 'utf8'),
);
const severities = ['debug', 'info', 'warn', 'error'];
const log = (severity, message, fields = {}) => {
  if (severities.indexOf(severity) < severities.indexOf(config.logLevel)) return;
  console.log(JSON.stringify({ time: new Date().toISOString(), severity, message, ...fields }));
};

/** Whether the store takes connections; readiness asks, liveness never does. */
const storeAnswers = () =>
  new Promise((resolve) => {
    const socket = connect({ host: config.mongodb.host, port: config.mongodb.port, timeout: 1000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });

let stopping = false;
const routes = {
  '/health': async () => [200, { status: 'ok' }],
  '/ready': async () => {
    if (stopping) return [503, { status: 'stopping' }];
    return (await storeAnswers())
      ? [200, { status: 'ready' }]
      : [503, { status: 'store does not answer' }];
  },
};

const server = createServer(async (request, response) => {
  const [path] = request.url.split('?', 1);
  const route = routes[path];
  const [status, body] = route ? await route() : [404, { status: 'not found' }];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  log('debug', 'request', { method: request.method, url: request.url, status });
});

server.listen(config.port, () => log('info', 'listening', { port: server.address().port }));
process.once('SIGTERM', () => {
  stopping = true;
  log('info', 'stopping');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
