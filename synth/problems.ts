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

  public add(where: string, message: string): void {
    this.found.set(`${where}\n${message}`, { where, message });
  }

  /** Runs `work`; what it throws becomes a problem found in `where`. */
  public catch(where: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof ProblemsError) {
        for (const problem of error.problems) this.add(problem.where, problem.message);
      } else {
        this.add(where, error instanceof Error ? error.message : String(error));
      }
    }
  }

  /** @throws ProblemsError when anything was added. */
  public throwIfAny(): void {
    if (this.found.size > 0) throw new ProblemsError([...this.found.values()]);
  }
}

/** `JSON.stringify` for error messages: short, and never throws. */
export function show(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    text = String(value);
  }
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
