import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** An exporter that runs while a test needs it. */
export class ExporterProcess {
  private readonly child: ChildProcess;
  private said = '';

  public constructor(
    path: string,
    args: readonly string[],
    private readonly port: number,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.child = spawn(path, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr?.on('data', (text: Buffer) => (this.said += text.toString()));
  }

  /** What it exports at /metrics, by name with labels, once it answers. */
  public async metrics(): Promise<Map<string, number>> {
    const text = await (await this.get('/metrics')).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const end = line.lastIndexOf(' ');
        return [line.slice(0, end), Number(line.slice(end + 1))];
      }),
    );
  }

  /** Its answer, once there is one. */
  public async get(path: string, port = this.port): Promise<Response> {
    for (let left = 200; left > 0; left -= 1) {
      if (this.child.exitCode !== null) break;
      const url = `http://127.0.0.1:${String(port)}${path}`;
      const answer = await fetch(url).catch(() => undefined);
      if (answer !== undefined) return answer;
      await sleep(50);
    }
    throw new Error(`It does not answer:\n${this.said}`);
  }

  public async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill();
    await gone;
  }
}
