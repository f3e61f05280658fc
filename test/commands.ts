import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

export interface Command {
  /** The working directory. */
  readonly folder: string;
  /** The program, absolute. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The arguments that let Node run TypeScript, as in the scripts of package.json, from any folder. */
export const TYPESCRIPT = ['--require', resolve(__dirname, '../register')];

/**
 * Runs commands that end by themselves, one after the other in one process: to start Node and to
 * load the packages takes longer than most of them.
 */
export class Commands {
  private host: ChildProcess | undefined;

  /** @param user who runs them, by default the same as here. */
  public constructor(private readonly user: { readonly uid?: number } = {}) {}

  /** @throws Error where the command brings the process down. */
  public async run(folder: string, file: string, args: readonly string[]): Promise<Ran> {
    const host = (this.host ??= this.start());
    const { env } = process;
    host.send({ folder, file, args, env } satisfies Command);
    const end = new AbortController();
    const { signal } = end;
    try {
      const [ran] = (await Promise.race([
        once(host, 'message', { signal }),
        once(host, 'exit', { signal }).then(([code]) => {
          throw new Error(`${file} ended the process of all commands with ${String(code)}.`);
        }),
      ])) as [Ran];
      return ran;
    } finally {
      end.abort();
    }
  }

  public async end(): Promise<void> {
    const { host } = this;
    if (host === undefined) return;
    const ended = once(host, 'exit');
    host.kill();
    await ended;
  }

  private start(): ChildProcess {
    const options = { execArgv: [...TYPESCRIPT], ...this.user };
    const host = fork(join(__dirname, 'command-host.ts'), options);
    return host.once('exit', () => {
      this.host = undefined;
    });
  }
}
