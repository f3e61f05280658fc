import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Exporter } from '../../constructs';
import { Shop, store } from '../constructs/fixture';
import { ExporterProcess } from './exporter-process';
import { configPrograms } from './go-programs';
import { freePort } from '../free-port';
import { installed, testUnless } from './programs';
import { containerOf } from './rendered';

/* The exporter of memcached. No tier has such a store yet, so a small platform gives the arguments. */

const program = installed('memcached');
const path = program === undefined ? undefined : configPrograms.find('memcached-exporter');
const run = testUnless(
  program === undefined
    ? 'there is no memcached'
    : path === undefined
      ? 'Go did not build the exporter'
      : undefined,
);

const shop = new Shop(({ data }) => {
  const values = data.values.exporters.memcached;
  new Exporter(store(data, 'cache', { port: 11211 }), { kind: 'memcached', values });
});
const { args, env } = containerOf(shop.get('Deployment', 'cache-exporter'), 'cache-exporter');

test('it is told where the store is, and needs no login', () => {
  expect(args).toEqual(['--memcached.address=cache:11211']);
  expect(env).toEqual({});
});

run('it measures what the store has, and says so when the store is gone', async () => {
  const [port, listen] = [await freePort(), await freePort()];
  const memcached = spawn(program ?? '', ['-l', '127.0.0.1', '-p', String(port), '-u', 'nobody']);
  const here = args.map((arg) => arg.replace('cache:11211', `127.0.0.1:${String(port)}`));
  const own = [...here, `--web.listen-address=127.0.0.1:${String(listen)}`];
  const exporter = new ExporterProcess(path ?? '', own, listen);
  try {
    await set(port, 'a', 'value');
    expect((await exporter.get('/')).status).toBe(200);
    const metrics = await exporter.metrics();
    expect(metrics.get('memcached_up')).toBe(1);
    expect(metrics.get('memcached_current_items')).toBe(1);
    expect(metrics.get('memcached_limit_bytes')).toBe(64 * 2 ** 20);
    await end(memcached);
    expect((await exporter.metrics()).get('memcached_up')).toBe(0);
    expect((await exporter.get('/')).status).toBe(200);
  } finally {
    await exporter.stop();
    await end(memcached);
  }
});

/** Stores a text, once memcached listens. */
async function set(port: number, key: string, text: string): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.write(`set ${key} 0 0 ${String(text.length)}\r\n${text}\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toBe('STORED\r\n');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      socket.destroy();
    }
  }
  throw new Error('memcached does not answer.');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
