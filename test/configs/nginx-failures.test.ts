import { setTimeout as sleep } from 'node:timers/promises';
import { LOGGED, NginxTier } from './nginx-tier';
import { nginx } from './programs';
import { get, load, statuses } from './requests';

/* Gateway and backends of dist/dev, run by a real nginx: pods that stop, start, reload and fail. */

let tier: NginxTier;
beforeEach(async () => {
  tier = new NginxTier(nginx());
  await tier.start();
});
afterEach(() => tier.stop());

const [COUNT, OK] = [1000, { 200: 1000 }];
const servedBy = (at: number) => tier.backends[at]?.requests().length ?? 0;

test.each(['stop', 'kill'] as const)(
  'no request of 1,000 fails when a backend goes by %s under load, and it serves again after',
  async (how) => {
    const [first] = tier.backends;
    const answers = await load(tier, COUNT, async (done) => {
      while (done() < 200) await sleep(5);
      await first?.[how]();
      while (done() < 500) await sleep(5);
      await first?.start();
    });
    expect(statuses(answers)).toEqual(OK);
    // Left out for ten seconds after its failures; then one request tries it, and until that one is
    // answered, the others go elsewhere.
    await sleep(11_000);
    await load(tier, 20);
    await sleep(LOGGED);
    const before = servedBy(0);
    await load(tier, 100);
    await sleep(LOGGED);
    expect(servedBy(0) - before).toBe(50);
  },
);

test('no request of 1,000 fails while the gateway takes its configuration anew, three times', async () => {
  const workers = tier.gateway.workers();
  const answers = await load(tier, COUNT, async (done) => {
    for (const at of [200, 400, 600]) {
      while (done() < at) await sleep(5);
      tier.reload();
    }
  });
  expect(statuses(answers)).toEqual(OK);
  expect(tier.gateway.workers()).not.toEqual(workers);
});

test('a configuration that is wrong is not taken, and the gateway serves on', async () => {
  tier.reload((conf) => conf.replace('proxy_pass http://web;', 'proxy_pass http://wbe;;'));
  await sleep(500);
  expect(tier.gateway.errors()).toContain('[emerg]');
  expect((await get(tier, '/')).status).toBe(200);
});

test('a backend that comes into DNS gets its share, one that goes out of it none', async () => {
  const third = await tier.addBackend();
  await sleep(6_000);
  await load(tier, 90);
  await sleep(LOGGED);
  expect(third.requests()).toHaveLength(30);
  tier.inDns(tier.backends.slice(0, 2));
  await sleep(6_000);
  expect(statuses(await load(tier, 90))).toEqual({ 200: 90 });
  await sleep(LOGGED);
  expect(third.requests()).toHaveLength(30);
});

test('a gateway that stops ends what it has begun, and then itself', async () => {
  tier.answerAfter = 2_000;
  const slow = get(tier, '/api/slow');
  await sleep(300);
  const stopped = tier.gateway.stop();
  expect((await slow).status).toBe(200);
  expect(await stopped).toBe(0);
  tier.answerAfter = 0;
});

test('without its backends the gateway lives, is not ready, and answers 502', async () => {
  for (const backend of tier.backends) await backend.kill();
  expect((await get(tier, '/health', { host: 'probe' })).status).toBe(200);
  expect((await get(tier, '/ready', { host: 'probe' })).status).toBe(502);
  expect((await get(tier, '/')).status).toBe(502);
});

test('without the Node service files are still served, however often it is asked for', async () => {
  tier.stopService();
  for (let at = 0; at < 20; at += 1) {
    expect((await get(tier, '/api/items')).status).toBe(502);
    expect((await get(tier, '/')).status).toBe(200);
  }
});
