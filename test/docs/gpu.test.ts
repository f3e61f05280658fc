import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gpuPage } from '../../scripts/gpu-page';
import { MODES, PROVIDERS } from '../../constructs/gpu-node-pool/options';

const path = join(__dirname, '../../docs/gpu.md');

test('docs/gpu.md says what the pools say; node --require ./register scripts/gpu-page.ts writes it', () => {
  expect(readFileSync(path, 'utf8')).toBe(gpuPage());
});

test('it has a row for each provider and each way of sharing', () => {
  const rows = gpuPage()
    .split('\n')
    .filter((line) => /^\| .* \| (whole|time-slicing|mps|mig) +\|/.test(line));
  expect(rows).toHaveLength(PROVIDERS.length * MODES.length);
});
