import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from '../../synth/proof/helm';

/** A chart that tells how long its value `text` is, and values that fill a block of 4,096 bytes as JSON. */
export function echoChart(scratch: Scratch) {
  const chart = join(scratch.path, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: echo\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'templates', 'echo.yaml'), 'length: {{ len .Values.text }}\n');
  const text = 'x'.repeat(4096 - JSON.stringify({ text: '' }).length);
  const request = { chart, release: { Name: 'echo', Namespace: 'echo' }, values: { text } };
  return { request, rendered: [{ length: BigInt(text.length) }] };
}
