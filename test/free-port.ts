import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** The kernel gives those from 32768 on to connections (net.ipv4.ip_local_port_range). */
const [FIRST, END] = [10_000, 32_768];

/**
 * A port on loopback that nobody listens on, and that no connection can take before a program does. It
 * is random, since others may look for one at the same time.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
