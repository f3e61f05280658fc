import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const IS_ROOT = process.getuid?.() === 0;
/** User nginx of the image, where a test can become another user. */
const USER = 101;
export const asNginx = IS_ROOT ? { uid: USER, gid: USER } : {};

/** The lines of an access log, where each must be JSON. */
export const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** One nginx in a folder of its own: nginx.conf, www/, tmp/ and what it writes. */
export class NginxProcess {
  private child: ChildProcess | undefined;

  public constructor(
    private readonly program: string,
    public readonly folder: string,
    /** Address and port that it answers at. */
    public readonly address: string,
    public readonly port: number,
    files: Readonly<Record<string, string>>,
  ) {
    for (const path of ['', 'www', 'tmp', 'logs'])
      mkdirSync(join(folder, path), { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    for (const path of ['log', 'errors']) writeFileSync(join(folder, path), '');
    if (!IS_ROOT) return;
    for (const path of ['', 'tmp', 'log', 'logs', 'errors'])
      chownSync(join(folder, path), USER, USER);
  }

  public get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** Starts it as its container does, and waits until it is alive. */
  public async start(): Promise<void> {
    const [log, errors] = ['log', 'errors'].map((name) => openSync(join(this.folder, name), 'a'));
    const conf = join(this.folder, 'nginx.conf');
    this.child = spawn(this.program, ['-c', conf, '-e', 'stderr', '-g', 'daemon off;'], {
      stdio: ['ignore', log, errors],
      ...asNginx,
    });
    for (let left = 100; left > 0; left -= 1) {
      if (this.child.exitCode !== null) break;
      if ((await this.status('/health')) === 200) return;
      await sleep(50);
    }
    throw new Error(`nginx in ${this.folder} does not answer:\n${this.errors()}`);
  }

  private status(path: string): Promise<number | undefined> {
    return new Promise((resolve) => {
      const target = { host: this.address, port: this.port, path, agent: false };
      const ask = request(target, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      ask.on('error', () => {
        resolve(undefined);
      });
      ask.end();
    });
  }

  public signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  /** What its container's stop signal does. @returns the exit code. */
  public async stop(): Promise<number | null> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return null;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGQUIT');
    await gone;
    return this.child.exitCode;
  }

  /** As when its node is lost: all its processes at once. */
  public async kill(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    for (const pid of [this.pid, ...this.workers()]) process.kill(pid, 'SIGKILL');
    await gone;
  }

  public workers(): number[] {
    const pid = String(this.pid);
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return list.split(' ').flatMap((one) => (one.trim() === '' ? [] : [Number(one)]));
  }

  /** The access log on standard output. */
  public requests(): Record<string, unknown>[] {
    return jsonLines(readFileSync(join(this.folder, 'log'), 'utf8'));
  }

  public errors(): string {
    return readFileSync(join(this.folder, 'errors'), 'utf8');
  }
}
