import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { busybox, withBusybox } from './busybox';
import { LogRotator } from './log-rotator';
import { LOGGED, NginxTier } from './nginx-tier';
import { nginx, testUnless } from './programs';
import { rendered } from './rendered';
import { load, statuses, type Answer } from './requests';

/* The access log in files: the gateway of dev with that value on, and its sidecar beside it. */

const objects = rendered('network', {
  network: { gateway: { logs: { files: { enabled: true, maxMB: 1 } } } },
});
jest.setTimeout(120_000);
let tier: NginxTier;
let rotator: LogRotator;
beforeEach(async () => {
  if (busybox === undefined) return;
  tier = new NginxTier(nginx(), objects);
  await tier.start();
  rotator = new LogRotator(tier.gateway, objects);
  rotator.start();
});
afterEach(async () => {
  if (busybox === undefined) return;
  await rotator.kill();
  await tier.stop();
});

withBusybox('no line is lost or written twice when days and sizes end under load', async () => {
  await rotator.kill();
  rotator.start({ KEEP: '100' });
  let [count, over] = [0, false];
  const asked = (async () => {
    // About half a MB a second: a size ends every other round.
    for (; !over; count += 100) {
      await send(count, 100, 'a'.repeat(1000));
      await sleep(200);
    }
  })();
  for (let files = 2; files <= 6; files += 2) {
    await until(() => rotator.old().length >= files, `${String(files)} files`);
    rotator.advance(1);
  }
  over = true;
  await asked;
  await sleep(LOGGED);
  const logged = rotator.requests(...rotator.old(), 'access.log').map(({ path }) => path);
  expect(logged.toSorted()).toEqual(numbers(0, count));
  // Standard output has the same.
  const shown = tier.gateway.requests().filter(({ path }) => path !== '/ready');
  expect(shown).toHaveLength(count);
});

withBusybox('a file that has its size ends before its day, and is compressed', async () => {
  await ask(0, 250, 'a'.repeat(4000));
  await until(compressed(1), 'an old file');
  const [name = ''] = rotator.old();
  expect(name).toMatch(/^access-\d{8}T\d{6}Z\.log\.gz$/);
  expect(rotator.requests(name)).toHaveLength(250);
  expect(rotator.size(name)).toBeLessThan(100_000);
  await sleep(2_000);
  expect(rotator.old()).toEqual([name]);
});

withBusybox('eight days give seven files, the oldest of them is gone', async () => {
  for (let day = 0; day < 8; day += 1) {
    await ask(day * 10, 10);
    rotator.advance(1);
    await until(
      () => compressed(Math.min(day + 1, 7))() && contents().at(-1)?.[0] === path(day * 10),
      `the file of day ${String(day + 1)}`,
    );
  }
  expect(contents()).toEqual(
    Array.from({ length: 7 }, (_, day) => numbers(10 * (day + 1), 10 * (day + 2))),
  );
});

withBusybox('a day without requests leaves no file', async () => {
  rotator.advance(1);
  await sleep(2_500);
  expect(rotator.old()).toEqual([]);
});

withBusybox(
  'a sidecar that is killed goes on where it was, also after the end of a day',
  async () => {
    await ask(0, 10);
    await rotator.kill();
    rotator.advance(1);
    const half = join(rotator.logs, 'access-20200101T000000Z.log.part');
    writeFileSync(half, 'half');
    rotator.start();
    await until(compressed(1), 'an old file');
    expect(contents()).toEqual([numbers(0, 10)]);
    expect(existsSync(half)).toBe(false);
  },
);

withBusybox('an nginx that starts anew while its file is moved opens a new one', async () => {
  await tier.gateway.stop();
  rotator.advance(1);
  await sleep(2_500);
  await tier.gateway.start();
  await ask(0, 10);
  expect(rotator.requests('access.log')).toHaveLength(10);
});

withBusybox('the sidecar ends at once when its pod does', async () => {
  const since = Date.now();
  await rotator.kill('SIGTERM');
  expect(Date.now() - since).toBeLessThan(500);
});

withBusybox(
  'old files go early where the volume would get full, and the new ones stay',
  async () => {
    // Four times the size of a file is the most: what cannot be compressed stands for much.
    for (const hour of ['00', '01', '02', '03']) {
      const path = join(rotator.logs, `access-20200101T${hour}0000Z.log.gz`);
      writeFileSync(path, Buffer.alloc(1_000_000));
    }
    await ask(0, 10);
    await until(() => rotator.old().length === 3, 'three old files');
    expect(rotator.old()[0]).toContain('T01');
  },
);

const cannotMount = mountable() ? undefined : 'this user cannot mount a volume';
const full = testUnless(busybox === undefined ? 'there is no busybox' : cannotMount);
full('a full volume does not stop the gateway, and it is not full for ever', async () => {
  const { logs } = rotator;
  await rotator.kill();
  mount(logs, 'size=600k,mode=1777');
  try {
    rotator.start();
    await until(() => existsSync(join(logs, 'access.log')), 'the log on that volume');
    expect(statuses(await ask(0, 300, 'a'.repeat(4000)))).toEqual({ 404: 300 });
    expect(statfsSync(logs).bfree).toBe(0);
    expect(tier.gateway.errors()).toMatch(/was incomplete|No space left/);
    expect(statuses(await ask(300, 300, 'a'.repeat(4000)))).toEqual({ 404: 300 });
    // There is no space to compress a file in: it goes, for the sake of what comes.
    rotator.advance(1);
    await until(() => statfsSync(logs).bfree > 0, 'space');
    await sleep(1_500);
    expect(statuses(await ask(600, 10))).toEqual({ 404: 10 });
    const paths = rotator.requests('access.log').map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(numbers(600, 610)));
  } finally {
    await rotator.kill();
    await tier.gateway.stop();
    spawnSync('umount', ['--lazy', logs]);
  }
});

function mount(folder: string, options: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder]).status === 0;
}

function mountable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-mount-'));
  const can = mount(folder, 'size=4k');
  if (can) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return can;
}

/** Requests that are told apart by their path. */
function send(from: number, count: number, agent: string): Promise<Answer[]> {
  const headers = { 'user-agent': agent };
  return load(tier, count, undefined, (at) => ({ path: path(from + at), headers }));
}

/** The same, and logged when this is done. */
async function ask(from: number, count: number, agent = 'test'): Promise<Answer[]> {
  const answers = await send(from, count, agent);
  await sleep(LOGGED);
  return answers;
}

/** With zeros before it, so that sorting texts sorts numbers: workers do not wait for each other. */
function path(number: number): string {
  return `/${String(number).padStart(5, '0')}`;
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, at) => path(from + at));
}

/** What was asked for, by old file. */
function contents(): string[][] {
  return rotator.old().map((name) =>
    rotator
      .requests(name)
      .map((line) => String(line['path']))
      .toSorted(),
  );
}

function compressed(count: number): () => boolean {
  return () =>
    rotator.old().length === count && rotator.old().every((name) => name.endsWith('.gz'));
}

/** Files may go while they are looked at; then they are looked at again. */
async function until(holds: () => boolean, what: string): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    try {
      if (holds()) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await sleep(50);
  }
  throw new Error(`Not within 30 s: ${what}; there are ${rotator.old().join(', ')}.`);
}
