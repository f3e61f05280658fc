import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sleep } from './processes';

/* Run by control-plane.test.ts: a test that is under way when something happens. */

test('waits', async () => {
  writeFileSync(join(tmpdir(), 'idle'), '');
  await sleep(280_000);
});
