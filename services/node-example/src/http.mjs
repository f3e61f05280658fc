import { createServer } from 'node:http';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {import('node:http').Server} Server */
/** @typedef {{ status: number, body: unknown, headers?: Record<string, string> }} Answer */

/** An answer that is not the usual one: its message is for the caller. */
export class HttpError extends Error {
  /** @param {number} status @param {string} message @param {Record<string, string>} headers */
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const TIMEOUTS = {
  headersTimeout: 5000,
  requestTimeout: 30_000,
  // Longer than the 60 s for which ingress controllers keep theirs: the side that is about to send
  // must be the one to close, or it sends into a connection that just ended.
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1000,
};

// What was sent just before may not have been read yet.
const SILENT_MS = 100;

/**
 * @param {(request: Request, response: Response) => void} listener
 * @param {Partial<typeof TIMEOUTS>} timeouts
 */
export function httpServer(listener, timeouts = {}) {
  return createServer({ ...TIMEOUTS, ...timeouts }, listener);
}

/**
 * @param {Server} server
 * @param {number} port
 * @returns {Promise<number>} The port it listens at.
 */
export function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
}

/**
 * Stops accepting, and resolves when every request that has begun is answered.
 * @param {Server} server
 * @param {ReadonlyMap<import('node:net').Socket, number>} requests by connection
 */
export async function finish(server, requests) {
  const closed = new Promise((resolve) => server.close(resolve));
  // Node closes what is idle after a request. It waits for connections on which nothing was ever
  // sent, as load balancers keep them, and no longer looks at the timeout for headers.
  const silent = setTimeout(() => {
    for (const [socket] of requests) if (socket.bytesRead === 0) socket.destroy();
  }, SILENT_MS);
  const headless = setTimeout(() => {
    for (const [socket, count] of requests) if (count === 0) socket.destroy();
  }, server.headersTimeout);
  await closed;
  clearTimeout(silent);
  clearTimeout(headless);
}

/**
 * The JSON in the body of a request.
 * @param {Request} request
 * @param {number} limit in bytes
 * @returns {Promise<unknown>}
 */
export async function readJson(request, limit) {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new HttpError(415, 'The content type must be application/json.');
  }
  const tooLarge = new HttpError(413, `The body must not be larger than ${limit} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge;
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  try {
    for await (const part of request) {
      const chunk = /** @type {Buffer} */ (part);
      size += chunk.length;
      if (size > limit) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error === tooLarge) throw error;
    throw new HttpError(400, 'The body ended early.');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new HttpError(400, 'The body must be JSON in UTF-8.');
  }
}

/**
 * Work that is given up when its caller goes away.
 * @template T
 * @param {Request} request
 * @param {(gone: AbortSignal) => Promise<T>} work
 */
export async function whileAwaited({ socket }, work) {
  const gone = new AbortController();
  const abort = () => gone.abort();
  if (socket.destroyed) abort();
  socket.once('close', abort);
  try {
    return await work(gone.signal);
  } finally {
    socket.off('close', abort);
  }
}

/**
 * @param {Response} response
 * @param {Answer} answer
 */
export function send(response, { status, body, headers }) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}
