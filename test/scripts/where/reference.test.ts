import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askEveryLine, codeAt } from './answers';

/* The reference platform changes often, so nothing here knows what is in it. */

const ROOT = resolve(__dirname, '../../..');
const files = readdirSync(join(ROOT, 'dist/prod')).filter((name) => name.endsWith('.k8s.yaml'));

test.each(files)(
  'lines of prod/%s lead to code that is there',
  (name) => {
    const answers = askEveryLine(ROOT, `dist/prod/${name}`, 60);
    expect(answers.size).toBeGreaterThan(0);
    let written = 0;
    for (const { line, 'made by': made = '', written: place } of answers.values()) {
      expect(codeAt(ROOT, made)).toMatch(/\b(new |super\()/);
      if (place === undefined || line === undefined) continue;
      expect(codeAt(ROOT, place).trim()).not.toBe('');
      if (!place.includes(', which')) written += 1;
    }
    // The rest is made by code that cannot be followed without running it.
    expect(written / answers.size).toBeGreaterThan(0.55);
  },
  60_000,
);
