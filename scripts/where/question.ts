import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fromHere, type Project } from '../project';

/** A file that synth writes, and a line of it. */
export interface Question {
  /** From the working directory, with forward slashes. */
  readonly file: string;
  readonly line: number | undefined;
}

/** @throws Error when it is no `FILE:LINE`. */
export function questionOf(args: readonly string[]): Question {
  const [argument, ...more] = args;
  if (argument === undefined || argument === '' || more.length > 0) {
    throw new Error(
      `Expected one FILE:LINE, got ${args.length === 0 ? 'nothing' : args.join(' ')}; write it as in npm run where -- dist/dev/01-data.k8s.yaml:12.`,
    );
  }
  const [, file = argument, line] = /^(.+):([^:/\\]*)$/.exec(argument) ?? [];
  if (line !== undefined && !/^[1-9]\d{0,8}$/.test(line)) {
    throw new Error(
      `The line in ${argument} is ${JSON.stringify(line)}; it must be a whole number from 1.`,
    );
  }
  return { file: fromHere(resolve(file)), line: line === undefined ? undefined : Number(line) };
}

/**
 * The lines of the file that is asked about.
 * @throws Error when synth would write others, as then their numbers say nothing.
 */
export function linesOf({ file, line }: Question, { dist, chart }: Project): readonly string[] {
  const made = dist.get(file) ?? chart.get(file);
  if (!existsSync(file)) {
    const remedy = made === undefined ? 'give one that synth writes' : 'run npm run synth first';
    throw new Error(`There is no file ${file}; ${remedy}.`);
  }
  if (made === undefined) {
    throw new Error(
      `The code makes no file ${file}; give one that it makes, and run npm run synth first if this is output.`,
    );
  }
  if (readFileSync(file, 'utf8') !== made) {
    throw new Error(`${file} is not what the code makes now; run npm run synth first.`);
  }
  const lines = made.replace(/\n$/, '').split('\n');
  if (line !== undefined && line > lines.length) {
    throw new Error(
      `${file} ends at line ${String(lines.length)}, so it has no line ${String(line)}; give one that it has.`,
    );
  }
  return lines;
}
