import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The text of a file that lies beside the sources, such as a script or a dashboard. With
 * `--watch`, a change of it starts over too.
 * @param path its folder (`__dirname`) and what leads to the file from there.
 */
export function sourceFile(...path: [folder: string, ...string[]]): string {
  const file = resolve(...path);
  // Node's watch mode sees imports only; this is how a program tells it of other files.
  if (process.env['WATCH_REPORT_DEPENDENCIES'] !== undefined)
    process.send?.({ 'watch:require': [file] });
  return readFileSync(file, 'utf8');
}
