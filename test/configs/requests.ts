import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { NginxTier } from './nginx-tier';

/* What clients of the gateway do. */

export interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly host?: string;
  /** Address of the client; the gateway believes it of a proxy on loopback. */
  readonly from?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
  readonly agent?: Agent;
}

type Target = Pick<NginxTier, 'gateway'>;

/** One request to the gateway. */
export function get({ gateway }: Target, path: string, ask: Ask = {}): Promise<Answer> {
  const { method = 'GET', host = 'www.dev.platform.example', from, body, agent = false } = ask;
  const headers = {
    host,
    ...(from !== undefined && { 'x-forwarded-for': from }),
    ...(body && { 'content-length': body.length }),
    ...ask.headers,
  };
  const target = { host: gateway.address, port: gateway.port, path, method, headers, agent };
  return new Promise((resolve) => {
    const sent = request(target, (response) => {
      const { statusCode: status = 0, headers: got } = response;
      text(response).then(
        (content) => {
          resolve({ status, headers: got, body: content });
        },
        () => {
          resolve({ status: 0, headers: got, body: 'cut off' });
        },
      );
    });
    sent.on('error', ({ message }) => {
      resolve({ status: 0, headers: {}, body: message });
    });
    sent.end(body);
  });
}

/** Clients of documentation addresses, so many that none of them meets its limit. */
export const client = (number: number): string =>
  `${number % 2 === 0 ? '198.51.100' : '203.0.113'}.${String(number % 250)}`;

/** So many requests, a few at a time, over kept connections; `during` runs beside them. */
export async function load(
  target: Target,
  count: number,
  during: (done: () => number) => Promise<void> = () => Promise.resolve(),
  what: (number: number) => { path: string; headers?: OutgoingHttpHeaders } = () => ({ path: '/' }),
): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const answers: Answer[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      const number = next;
      next += 1;
      const { path, headers = {} } = what(number);
      answers.push(await get(target, path, { from: client(number), headers, agent }));
    }
  };
  await Promise.all([...Array.from({ length: 8 }, work), during(() => answers.length)]);
  agent.destroy();
  return answers;
}

/** How often each status was answered. */
export function statuses(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Sends a text as it is, and gives all that comes back until the connection is closed. */
export function raw({ gateway }: Target, content: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(gateway.port, gateway.address, () => socket.write(content));
    let got = '';
    socket.on('data', (data) => (got += data.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(got);
    });
  });
}
