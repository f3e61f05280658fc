/*
 * Kills what a test run started when that run is gone without having stopped it, as after SIGKILL.
 * Told by lines on its input, "+ID" and "-ID"; the input ends when the run ends, however it does.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [folder] = process.argv.slice(2);
const ids = new Set();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (line.startsWith('+')) ids.add(Number(line));
  else ids.delete(-Number(line));
});
lines.on('close', () => {
  for (const id of [...ids].reverse()) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});
