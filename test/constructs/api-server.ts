import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Authority } from './certificate';

/* The part of the API server that Secrets need, over TLS: answers, order of checks and Status
 * objects as Kubernetes 1.37 gives them. test/cluster/dev-secrets.test.ts asks the real one. */

export interface Secret {
  metadata: { namespace: string; name: string; labels?: Record<string, string> } & Stored;
  type: string;
  data?: Record<string, string>;
}

interface Stored {
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
}

export interface Asked {
  method: string;
  path: string;
  authorization: string | undefined;
  body: string;
}

/** What happens to a request instead of the usual answer. */
export type Fault =
  | { status: number; reason?: string; retryAfter?: string; body?: string }
  | 'hang'
  | 'half an answer'
  | 'half an answer, then nothing'
  | 'half an answer, then nonsense'
  | 'reset';

export class ApiServer {
  readonly namespaces = new Set<string>();
  readonly secrets = new Map<string, Secret>();
  /** Namespaces without a Role for this client. */
  readonly denied = new Set<string>();
  readonly asked: Asked[] = [];
  token = 'token-of-the-test';
  port = 0;
  /** Called before each request is answered. */
  before: (asked: Asked) => Fault | undefined = () => undefined;

  private readonly server: Server;
  private version = 100;

  constructor({ cert, key }: Authority) {
    this.server = createServer({ cert, key }, (request, response) => {
      void this.answer(request, response);
    });
  }

  async listen(port = 0): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** The requests that could change something. */
  get writes(): string[] {
    return this.asked.flatMap(({ method, path }) => (method === 'GET' ? [] : `${method} ${path}`));
  }

  /** Puts a Secret there as somebody else would. */
  put(id: string, data: Record<string, string>): void {
    const [namespace = '', name = ''] = id.split('/');
    const entries = Object.entries(data);
    const encoded = entries.map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
    const content = Object.fromEntries(encoded) as Record<string, string>;
    this.namespaces.add(namespace);
    this.store({ metadata: { namespace, name }, type: 'Opaque', data: content });
  }

  /** The content of a Secret, decoded. */
  content(id: string): Record<string, string> | undefined {
    const data = this.secrets.get(id)?.data;
    if (data === undefined) return undefined;
    const entries = Object.entries(data);
    return Object.fromEntries(
      entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const asked = { method, path, authorization: headers.authorization, body: await text(request) };
    this.asked.push(asked);
    const fault = this.before(asked);
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (typeof fault === 'string') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"kind":"Secret","data":{"password":"aGFsZg');
      if (fault === 'half an answer') setTimeout(() => request.socket.destroy(), 20);
      // Where the length of the next part should be.
      if (fault.endsWith('nonsense')) setTimeout(() => request.socket.write('private\r\n'), 20);
      return;
    }
    const [status, body] =
      fault === undefined
        ? this.usual(asked, headers['content-type'])
        : [fault.status, failure(fault.status, fault.reason ?? 'InternalError', asked.body)];
    response.writeHead(status, {
      'content-type': 'application/json',
      'audit-id': '0',
      ...(fault?.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
    });
    response.end(fault?.body ?? JSON.stringify(body));
  }

  /** Authentication, authorization, then the request itself, as the API server does it. */
  private usual({ method, path, authorization, body }: Asked, type?: string): [number, object] {
    if (authorization !== `Bearer ${this.token}`) {
      return [401, failure(401, 'Unauthorized', 'Unauthorized')];
    }
    const [, namespace = '', name] =
      /^\/api\/v1\/namespaces\/([^/?]+)\/secrets(?:\/([^/?]+))?$/.exec(path) ?? [];
    // Without a namespace no Role exists in it; the verbs are those that our Roles give.
    const verb = { GET: name === undefined ? 'list' : 'get', POST: 'create' }[method] ?? method;
    if (this.denied.has(namespace) || (verb !== 'get' && verb !== 'create')) {
      return [403, failure(403, 'Forbidden', `secrets is forbidden: User cannot ${verb} resource`)];
    }
    if (verb === 'get') {
      const secret = this.secrets.get(`${namespace}/${name ?? ''}`);
      if (secret !== undefined) return [200, { kind: 'Secret', apiVersion: 'v1', ...secret }];
      return [404, failure(404, 'NotFound', `secrets "${name ?? ''}" not found`)];
    }
    if (name !== undefined) return [405, failure(405, 'MethodNotAllowed', 'not allowed')];
    if (type !== 'application/json') return [415, failure(415, 'UnsupportedMediaType', body)];
    return this.create(namespace, JSON.parse(body) as Secret & { kind: string });
  }

  private create(namespace: string, secret: Secret & { kind: string }): [number, object] {
    const { metadata, data = {}, kind } = secret;
    const id = `${namespace}/${metadata.name}`;
    const valid = Object.values(data).every(
      (value) => Buffer.from(value, 'base64').toString('base64') === value,
    );
    if (kind !== 'Secret' || metadata.namespace !== namespace || !valid) {
      return [400, failure(400, 'BadRequest', `illegal base64 data: ${JSON.stringify(data)}`)];
    }
    if (!this.namespaces.has(namespace)) {
      return [404, failure(404, 'NotFound', `namespaces "${namespace}" not found`)];
    }
    if (this.secrets.has(id)) {
      return [409, failure(409, 'AlreadyExists', `secrets "${metadata.name}" already exists`)];
    }
    return [201, this.store(secret)];
  }

  private store(secret: Secret): Secret {
    this.version += 1;
    const resourceVersion = String(this.version);
    const made = { uid: `uid-${resourceVersion}`, resourceVersion };
    const creationTimestamp = '2026-01-01T00:00:00Z';
    const metadata = { ...secret.metadata, ...made, creationTimestamp };
    this.secrets.set(`${metadata.namespace}/${metadata.name}`, { ...secret, metadata });
    return { ...secret, metadata };
  }
}

function failure(code: number, reason: string, message: string): object {
  const head = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
  return { ...head, message, reason, details: { kind: 'secrets' }, code };
}
