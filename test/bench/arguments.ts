import { parseArgs } from 'node:util';

export interface Arguments {
  /** How often each way is measured, in turns. Above 1,000 services a fifth of it. */
  readonly rounds: number;
  readonly platforms: readonly PlatformSize[];
  /** Whether docs/benchmarks.md gets the results. */
  readonly write: boolean;
}

/** Numbers of services, or the platform of main.ts. */
export type PlatformSize = number | 'reference';

export const nameOf = (size: PlatformSize): string =>
  size === 'reference' ? 'reference platform' : `${grouped(size)} services`;

export const grouped = (number: number): string => Math.round(number).toLocaleString('en');

const USAGE = 'npm run bench -- [--rounds 3] [--platforms reference,50,500,5000] [--write]';

/** @throws Error that says what is wrong, and how to write it. */
export function argumentsFrom(words: readonly string[]): Arguments {
  const { rounds, platforms, write } = parsed(words);
  if (!/^[1-9]\d{0,2}$/.test(rounds)) {
    throw new Error(
      `--rounds is ${JSON.stringify(rounds)}; it is a number from 1 to 999: ${USAGE}`,
    );
  }
  return { rounds: Number(rounds), platforms: platforms.split(',').map(sizeOf), write };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        rounds: { type: 'string', default: '3' },
        platforms: { type: 'string', default: 'reference,50,500,5000' },
        write: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const [why = ''] = (error as Error).message.split('. ');
    throw new Error(`${why}; write it as ${USAGE}`, { cause: error });
  }
}

function sizeOf(word: string): PlatformSize {
  if (word === 'reference') return word;
  if (/^[1-9]\d{0,3}$/.test(word)) return Number(word);
  throw new Error(
    `--platforms has ${JSON.stringify(word)}; it is a list of "reference" and of numbers of services from 1 to 9999: ${USAGE}`,
  );
}
