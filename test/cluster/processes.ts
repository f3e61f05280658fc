import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Running {
  readonly name: string;
  readonly child: ChildProcess;
}

/** Programs that belong together, with a folder of their own; none of them outlives this process. */
export class Processes {
  public readonly folder = mkdtempSync(join(tmpdir(), 'twinchart-cluster-'));
  /** Why one of them ended that nobody stopped; undefined as long as all run. */
  public failure: string | undefined;
  private readonly over = new AbortController();
  /** Aborted when one of them ended, or all are stopped: nobody will answer. */
  public readonly ended: AbortSignal = this.over.signal;
  private readonly running: Running[] = [];
  private readonly keeper: ChildProcess;
  private readonly watchers: ((failure: string) => void)[] = [];
  private stopping: Promise<void> | undefined;

  public constructor() {
    // Ctrl-C goes to all of a group; what is started here has groups of its own, to be stopped in order.
    this.keeper = spawn(process.execPath, [resolve(__dirname, 'keeper.mjs'), this.folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.keeper.stdin?.on('error', () => undefined);
  }

  /** Path of a file there, written when there is content. */
  public file(name: string, content?: string): string {
    const path = join(this.folder, name);
    if (content !== undefined) writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  /** Starts a program whose output goes to NAME.log. */
  public start(path: string, name: string, flags: Readonly<Record<string, string>>): void {
    if (this.stopping !== undefined) throw new Error(`${name} is not started: the cluster stops.`);
    const log = openSync(this.file(`${name}.log`), 'a');
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    // Half of the work of an API server is short-lived: it is collected less often, for more memory.
    const env = { ...process.env, GOGC: '400' };
    const child = spawn(path, args, { env, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    child.once('error', (error) => {
      this.fail(`${name} cannot be started: ${error.message}.`);
    });
    if (child.pid === undefined) return;
    this.keep(child);
    this.running.push({ name, child });
    child.once('exit', (code, signal) => {
      if (this.stopping === undefined) this.fail(this.reason(name, signal ?? code ?? 0));
    });
  }

  /** Lets a program end with this process, even where this one is killed. */
  public keep(child: ChildProcess): void {
    const id = String(child.pid);
    this.keeper.stdin?.write(`+${id}\n`);
    child.once('exit', () => this.keeper.stdin?.write(`-${id}\n`));
  }

  /** Calls back when one of them ends that nobody stopped. */
  public onFailure(watcher: (failure: string) => void): void {
    this.watchers.push(watcher);
  }

  /** Stops all, the last one first: etcd goes last, else the API server holds its port a minute. */
  public stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  /** Waits until it holds, and throws at the end of time, or when a program ended. */
  public async until(what: string, holds: () => Promise<boolean>, seconds = 180): Promise<void> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      if (await holds().catch(() => false)) return;
      if (this.failure !== undefined) throw new Error(this.failure);
      if (this.stopping !== undefined) throw new Error('The cluster was stopped.');
      if (Date.now() > end) throw new Error(`${what} after ${String(seconds)} seconds.`);
      await sleep(200);
    }
  }

  private async end(): Promise<void> {
    this.over.abort();
    for (const { child } of [...this.running].reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await exit;
      clearTimeout(late);
    }
    const exit = this.keeper.exitCode === null ? once(this.keeper, 'exit') : undefined;
    this.keeper.stdin?.end();
    await exit;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private fail(failure: string): void {
    this.failure ??= failure;
    this.over.abort();
    for (const watcher of this.watchers) watcher(failure);
  }

  private reason(name: string, how: string | number): string {
    const log = readFileSync(this.file(`${name}.log`), 'utf8').trimEnd();
    const inUse = /listen tcp (127\.0\.0\.1:\d+): bind: address already in use/.exec(log)?.[1];
    if (inUse !== undefined) {
      return `${name} cannot listen on ${inUse}, which another program uses: stop that, or name another port.`;
    }
    const last = log.split('\n').slice(-1).join().slice(0, 300);
    return `${name} ended with ${String(how)} while it was needed; the last line of its log is: ${last}`;
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((next) => setTimeout(next, milliseconds));
