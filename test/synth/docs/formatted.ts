import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const PRETTIER = join(__dirname, '../../../node_modules/prettier/bin/prettier.cjs');

/** The text as the formatter of this repository has it. */
export const formatted = (text: string, parser: 'json' | 'markdown'): string =>
  execFileSync(process.execPath, [PRETTIER, '--parser', parser, '--print-width', '100'], {
    input: text,
    encoding: 'utf8',
  });
