// Adds items to the service, through its API, until it has all of the test data. What is there
// already stays, so a run that was cut short, and one that comes later, add what is missing.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { url, items } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const PAUSE_MS = Number(process.env.PAUSE_MS ?? '5000');
const wanted = Array.from({ length: Number(items) }, (_, index) => `Test item ${index + 1}`);

async function ask(path, options) {
  const answer = await fetch(url + path, { signal: AbortSignal.timeout(10_000), ...options });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function namesThere() {
  const names = new Set();
  let after = '';
  do {
    const page = await ask(`/items?limit=100${after}`);
    for (const { name } of page.items) names.add(name);
    after = page.next === null ? '' : `&after=${page.next}`;
  } while (after !== '');
  return names;
}

async function add(name) {
  const body = JSON.stringify({ name });
  await ask('/items', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

// A service that is not ready yet is waited for; how long, the deadline of the Job says.
for (;;) {
  try {
    const there = await namesThere();
    const missing = wanted.filter((name) => !there.has(name));
    for (const name of missing) await add(name);
    console.log(`added ${missing.length} of ${wanted.length} items; the others were there`);
    break;
  } catch (error) {
    console.log(`${error.cause?.message ?? error.message}; trying again`);
    await sleep(PAUSE_MS);
  }
}
