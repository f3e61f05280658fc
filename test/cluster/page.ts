import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { kubectl } from '../../synth/proof/programs';
import { run } from './kube';

/* The procedures of docs/operations.md, run as they are written there. */

const page = readFileSync(resolve(__dirname, '../../docs/operations.md'), 'utf8');

/** The commands of a section in order, one text for each block; throws when there is none. */
export function procedure(heading: string): string[] {
  const section = page.split(/^#+ /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  if (blocks.length > 0) return blocks;
  throw new Error(`docs/operations.md has no commands under "${heading}".`);
}

/** Runs commands in a shell, with names replaced; returns what they print. */
export async function follow(
  commands: string,
  names: Readonly<Record<string, string>>,
): Promise<string> {
  const text = Object.entries(names).reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`docs/operations.md does not say ${from} there.`);
    return all.replaceAll(from, to);
  }, commands);
  const path = [dirname(kubectl().path), process.env['PATH']].join(':');
  const { code, stdout, stderr } = await run('env', [`PATH=${path}`, 'sh', '-euc', text]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}
