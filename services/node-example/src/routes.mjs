import { question } from './answers.mjs';
import { HttpError, readJson, whileAwaited } from './http.mjs';

/**
 * @typedef {object} Call
 * @property {string} id What stands for :id in the path.
 * @property {URLSearchParams} query
 * @property {import('node:http').IncomingMessage} request
 */
/**
 * @typedef {object} Route
 * @property {string} method
 * @property {string} path
 * @property {(call: Call) => Promise<import('./http.mjs').Answer>} answer
 * @property {boolean} [probe] Asked every few seconds: not worth a line of log.
 */

const BODY_LIMIT = 64 * 1024;
const QUESTION_BYTES = 8 * 1024;
const NAME_LIMIT = 200;
const LIST_LIMIT = 100;
const CACHE_SECONDS = 60;
// Below the timeout of the probe, which is 2 s.
const PING_MS = 1000;
const ID = /^[0-9a-f]{24}$/;

/**
 * @param {object} parts
 * @param {import('./items.mjs').Items} parts.items
 * @param {import('./cache.mjs').Cache} parts.cache
 * @param {import('./answers.mjs').Answers} parts.answers
 * @param {() => boolean} parts.stopping
 * @returns {Route[]}
 */
export function createRoutes({ items, cache, answers, stopping }) {
  return [
    {
      // Whether the process works. It asks nobody: restarting it would not mend a store.
      method: 'GET',
      path: '/health',
      probe: true,
      answer: async () => ({ status: 200, body: { status: 'ok' } }),
    },
    {
      // Whether requests should be sent here. Redis is optional, so it is only told.
      method: 'GET',
      path: '/ready',
      probe: true,
      answer: async () => {
        if (stopping()) return { status: 503, body: { status: 'stopping' } };
        const asked = items.ping(PING_MS).then(
          () => 'up',
          () => 'down',
        );
        const [mongodb, redis] = await Promise.all([asked, cache.ping()]);
        const up = mongodb === 'up';
        const status = up ? 'ready' : 'not ready';
        return { status: up ? 200 : 503, body: { status, mongodb, redis } };
      },
    },
    {
      method: 'GET',
      path: '/items',
      answer: async ({ query }) => {
        const { limit, after } = page(query);
        const found = await items.list(limit, after);
        const next = found.length === limit ? found.at(-1)?.id : undefined;
        return { status: 200, body: { items: found, next: next ?? null } };
      },
    },
    {
      method: 'POST',
      path: '/items',
      answer: async ({ request }) => {
        const item = await items.add(name(await readJson(request, BODY_LIMIT)));
        return { status: 201, body: item, headers: { location: `/items/${item.id}` } };
      },
    },
    {
      method: 'GET',
      path: '/items/:id',
      answer: async ({ id }) => {
        if (!ID.test(id)) throw new HttpError(400, 'An id must be 24 digits of 0-9 and a-f.');
        // An item never changes, so a cached one is never stale.
        const key = `item:${id}`;
        const cached = parsed(await cache.get(key));
        const item = cached ?? (await items.find(id));
        if (item === undefined) throw new HttpError(404, 'There is no such item.');
        if (cached === undefined) await cache.set(key, JSON.stringify(item), CACHE_SECONDS);
        const source = cached === undefined ? 'miss' : 'hit';
        return { status: 200, body: item, headers: { 'x-cache': source } };
      },
    },
    {
      method: 'POST',
      path: '/answer',
      answer: async ({ request }) => {
        const asked = question(await readJson(request, QUESTION_BYTES));
        const body = await whileAwaited(request, (gone) => answers.to(asked, gone));
        return { status: 200, body };
      },
    },
  ];
}

/**
 * The route for a request; undefined where the path is unknown.
 * @param {readonly Route[]} routes
 * @param {string} method
 * @param {string} path
 * @returns {{ route: Route, id: string } | undefined}
 */
export function findRoute(routes, method, path) {
  const [, collection, id, ...rest] = path.split('/');
  const shape = id === undefined || rest.length > 0 ? path : `/${collection}/:id`;
  const same = routes.filter((route) => route.path === shape);
  if (same.length === 0) return undefined;
  // Node leaves out the body of an answer to HEAD.
  const wanted = method === 'HEAD' ? 'GET' : method;
  const route = same.find((one) => one.method === wanted);
  if (route === undefined) {
    const allow = same.map((one) => one.method).join(', ');
    throw new HttpError(405, `The method must be one of ${allow}.`, { allow });
  }
  return { route, id: id ?? '' };
}

/**
 * What is broken in the cache counts as not there.
 * @param {string | undefined} text
 * @returns {import('./items.mjs').Item | undefined}
 */
function parsed(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {URLSearchParams} query */
function page(query) {
  const limit = query.get('limit') ?? '20';
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > LIST_LIMIT) {
    throw new HttpError(400, `limit must be a whole number from 1 to ${LIST_LIMIT}.`);
  }
  const after = query.get('after');
  if (after !== null && !ID.test(after)) {
    throw new HttpError(400, 'after must be the id of an item.');
  }
  return { limit: Number(limit), after };
}

/** @param {unknown} body */
function name(body) {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const [[key, value] = ['', undefined]] = fields;
  if (fields.length !== 1 || key !== 'name' || typeof value !== 'string') {
    throw new HttpError(400, 'The body must be {"name": "…"}, without other fields.');
  }
  if (value.trim() === '' || value.length > NAME_LIMIT) {
    throw new HttpError(400, `name must have 1 to ${NAME_LIMIT} characters, not only spaces.`);
  }
  return value;
}
