import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { JsonMap } from '../../synth/merge';
import { busybox, toolsIn } from './busybox';
import { asNginx, jsonLines, type NginxProcess } from './nginx-process';
import { fileOf } from './nginx-tier';
import { containerOf, object } from './rendered';

const DAY = 86_400;

/** The sidecar that rotates the log of a gateway: its script, run by busybox, its tools alone. */
export class LogRotator {
  private readonly tools: string;
  private readonly script: string;
  public readonly logs: string;
  private readonly env: Readonly<Record<string, string>>;
  private child: ChildProcess | undefined;
  private days = 0;

  public constructor(nginx: NginxProcess, objects: readonly JsonMap[]) {
    this.logs = join(nginx.folder, 'logs');
    this.tools = toolsIn(join(nginx.folder, 'tools'));
    this.script = join(nginx.folder, 'rotate-logs.sh');
    // A clock that the test moves; all else is as busybox has it.
    const sh = busybox ?? '';
    const now = `@$(($(${sh} date +%s) + $(${sh} cat ${this.tools}/shift)))`;
    rmSync(join(this.tools, 'date'));
    const date = `#!${sh} sh\nexec ${sh} date -d "${now}" "$@"\n`;
    writeFileSync(join(this.tools, 'date'), date, { mode: 0o755 });
    this.advance(0);
    writeFileSync(this.script, fileOf('gateway-log-rotation', 'rotate-logs.sh', objects));
    const { env } = containerOf(object(objects, 'Deployment', 'gateway'), 'rotate-logs');
    const own = {
      PATH: this.tools,
      LOGS: this.logs,
      PID_FILE: join(nginx.folder, 'tmp/nginx.pid'),
    };
    this.env = { ...env, ...own, EVERY: '1' };
  }

  public start(more: Readonly<Record<string, string>> = {}): void {
    const options = { env: { ...this.env, ...more }, stdio: 'ignore' as const, ...asNginx };
    this.child = spawn(busybox ?? '', ['sh', this.script], options);
  }

  public async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child === undefined || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }

  /** Lets days go by, for this sidecar. */
  public advance(days: number): void {
    this.days += days;
    writeFileSync(join(this.tools, 'shift'), String(this.days * DAY));
  }

  /** The names of old files, the oldest first. */
  public old(): string[] {
    return readdirSync(this.logs)
      .filter((name) => /^access-.*\.log(\.gz)?$/.test(name))
      .toSorted();
  }

  /** The requests that files have. */
  public requests(...names: readonly string[]): Record<string, unknown>[] {
    return names.flatMap((name) => {
      const content = readFileSync(join(this.logs, name));
      return jsonLines((name.endsWith('.gz') ? gunzipSync(content) : content).toString());
    });
  }

  public size(name: string): number {
    return statSync(join(this.logs, name)).size;
  }
}
