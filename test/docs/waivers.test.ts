import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exceptions } from '../validators/waivers';
import { waiversPage } from '../validators/waivers-page';

const path = join(__dirname, '../../docs/waivers.md');

test('docs/waivers.md says what is waived; node --require ./register test/validators/waivers-page.ts writes it', () => {
  expect(readFileSync(path, 'utf8')).toBe(waiversPage());
});

test('at most ten findings are waived, each once, and with a reason', () => {
  const { waivers, switchedOff } = exceptions;
  expect(waivers.length).toBeLessThanOrEqual(10);
  const keys = waivers.map(({ validator, rule, object }) => [validator, rule, object].join(' '));
  expect(new Set(keys).size).toBe(keys.length);
  for (const { reason } of [...waivers, ...switchedOff]) {
    expect(reason).toMatch(/^.{20,130}\.$/);
  }
});
