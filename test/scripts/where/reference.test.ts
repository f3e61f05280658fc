import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askEveryLine, codeAt, type Rows } from './answers';

/* The reference platform changes often, so nothing here knows what is in it. */

const ROOT = resolve(__dirname, '../../..');
const files = readdirSync(join(ROOT, 'dist/prod'))
  .filter((name) => name.endsWith('.k8s.yaml'))
  .map((name) => `dist/prod/${name}`);
let answers: [place: string, rows: Rows][];

beforeAll(async () => {
  answers = [...(await askEveryLine(ROOT, files, 40))];
}, 60_000);

test.each(files)('lines of %s lead to code that is there', (file) => {
  const own = answers.filter(([place]) => place.startsWith(`${file}:`)).map(([, rows]) => rows);
  expect(own.length).toBeGreaterThan(0);
  let written = 0;
  for (const { line, 'made by': made = '', written: place } of own) {
    expect(codeAt(ROOT, made)).toMatch(/\b(new |super\()/);
    if (place === undefined || line === undefined) continue;
    expect(codeAt(ROOT, place).trim()).not.toBe('');
    if (!place.includes(', which')) written += 1;
  }
  // The rest is made by code that cannot be followed without running it. Of 40 lines a few more or less.
  expect(written / own.length).toBeGreaterThan(0.5);
});
