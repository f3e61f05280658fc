import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commands } from '../small-platform';

/** What where answers, by the name of the row; rows that have several lines keep them. */
export type Rows = Readonly<Record<string, string>>;

/** Answers or errors, one for each list of arguments. */
export async function ask(
  folder: string,
  questions: readonly (readonly string[])[],
): Promise<string[]> {
  const args = [JSON.stringify(questions)];
  const { stdout, stderr } = await commands.run(folder, resolve(__dirname, 'ask.ts'), args);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as string[];
}

/** Every line of the files that has an answer, or of a long one this many of them. */
export async function askEveryLine(
  folder: string,
  files: readonly string[],
  most = Infinity,
): Promise<Map<string, Rows>> {
  const places = files.flatMap((file) => placesIn(folder, file, most));
  const answers = await ask(
    folder,
    places.map((place) => [place]),
  );
  return new Map(places.map((place, index) => [place, rowsOf(answers[index] ?? '')]));
}

function placesIn(folder: string, file: string, most: number): string[] {
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  const step = Math.ceil(lines.length / most);
  return lines.flatMap((text, index) =>
    index % step > 0 || text === '---' ? [] : [`${file}:${String(index + 1)}`],
  );
}

export function rowsOf(answer: string): Rows {
  const [object = '', ...lines] = answer.trimEnd().split('\n');
  const found: [string, string][] = [['object', object]];
  for (const line of lines) {
    const [name, text] = [line.slice(2, 11).trim(), line.slice(13)];
    const last = found.at(-1);
    if (name === '' && last !== undefined) last[1] += `\n${text}`;
    else found.push([name, text]);
  }
  return Object.fromEntries(found);
}

/** The line of code that a row names. */
export function codeAt(folder: string, place: string): string {
  const [, file = '', line] = /^(\S+?):(\d+)/.exec(place) ?? [];
  return readFileSync(join(folder, file), 'utf8').split('\n')[Number(line) - 1] ?? '';
}
