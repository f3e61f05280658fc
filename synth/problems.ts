import { types } from 'node:util';
import { readable } from './marks';

/** One thing that is wrong: where it was found, and one sentence with path, value, rule and remedy. */
export interface Problem {
  /** Construct path, environment or file that the problem was found in. */
  readonly where: string;
  readonly message: string;
}

/** All problems of one run, thrown once. Its message has one line a problem. */
export class ProblemsError extends Error {
  public constructor(public readonly problems: readonly Problem[]) {
    super(
      `${String(problems.length)} problem${problems.length === 1 ? '' : 's'}:\n` +
        problems.map((problem) => `  [${problem.where}] ${problem.message}`).join('\n'),
    );
    this.name = 'ProblemsError';
  }
}

/** Collects problems, so that a run reports all of them instead of the first. */
export class Problems {
  private readonly found = new Map<string, Problem>();

  public get count(): number {
    return this.found.size;
  }

  public get all(): readonly Problem[] {
    return [...this.found.values()];
  }

  public addAll(problems: readonly Problem[]): void {
    for (const { where, message } of problems) this.add(where, message);
  }

  public add(where: string, message: string): void {
    const problem = { where: readable(where), message: readable(message) };
    this.found.set(`${problem.where}\n${problem.message}`, problem);
  }

  /** Runs `work`; what it throws becomes a problem found in `where`. */
  public catch(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.addThrown(where, error);
    }
  }

  public addThrown(where: string, thrown: unknown): void {
    if (thrown instanceof ProblemsError) this.addAll(thrown.problems);
    else this.add(where, messageOf(thrown));
  }

  /** @throws ProblemsError when anything was added. */
  public throwIfAny(): void {
    if (this.found.size > 0) throw new ProblemsError(this.all);
  }
}

/** What was thrown, for people; not every library throws errors, nor each the same class of them. */
export function messageOf(thrown: unknown): string {
  if (!types.isNativeError(thrown)) return `${show(thrown)} was thrown; throw an Error instead.`;
  const message = thrown.message.replace(WRAPPED, '');
  if (message === '') return 'An error without a message was thrown; say in it what is wrong.';
  return message === 'Maximum call stack size exceeded'
    ? `${message}: functions or data go on inside of each other without end; end them.`
    : message;
}

/** What cdk8s says around an error while it reads an object. */
const WRAPPED =
  /^Failed serializing construct at path '.*?' with name '.*?': (?:\w*Error(?:: |$))?/;

/** `JSON.stringify` for error messages: short, and never throws. */
export function show(value: unknown): string {
  const text = readable(shown(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  try {
    // Of undefined, functions and symbols JSON makes nothing.
    return stringify(value) ?? String(value);
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

const stringify = JSON.stringify as (value: unknown) => string | undefined;
