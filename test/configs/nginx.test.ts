import { NginxTier } from './nginx-tier';
import { nginx } from './programs';
import { client, get } from './requests';

/* Gateway and backends of dist/dev, run by a real nginx. */

const program = nginx();
const tier = new NginxTier(program);
beforeAll(() => tier.start());
afterAll(() => tier.stop());

/** How many requests each backend served, by the log of the gateway. */
function served(since: number): number[] {
  const counts = new Map(tier.backends.map(({ address }) => [address, 0]));
  for (const { upstream } of tier.gateway.requests().slice(since)) {
    const [address = ''] = String(upstream).split(', ').at(-1)?.split(':') ?? [];
    counts.set(address, (counts.get(address) ?? 0) + 1);
  }
  return [...counts.values()];
}
const logged = () => tier.gateway.requests().length;

test('ten requests are spread evenly over the backends', async () => {
  const before = logged();
  for (let at = 0; at < 10; at += 1) await get(tier, '/', { from: client(at) });
  const [one = 0, other = 0] = served(before);
  expect(one + other).toBe(10);
  expect(Math.abs(one - other)).toBeLessThanOrEqual(1);
});
