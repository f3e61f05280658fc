import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { JsonMap } from '../merge';
import { valuesFile, type HelmTemplate } from './helm';

interface Answer {
  readonly ok: boolean;
  /** What was rendered, or why it was not. */
  readonly text: string;
  /** Of each text that was read. */
  readonly objects?: readonly (readonly JsonMap[])[];
}

/**
 * A program that renders and reads with Helm's own packages, as often as it is asked: one line of
 * JSON in, one out.
 */
export class HelmProcess {
  private readonly child: ChildProcess;
  private readonly waiting: ((answer: Answer) => void)[] = [];
  private hasEnded = false;

  public constructor(private readonly path: string) {
    // Many short-lived objects: collecting them less often takes a third off.
    const env = { ...process.env, GOGC: '400' };
    this.child = spawn(path, [], { stdio: ['pipe', 'pipe', 'inherit'], env });
    const { stdout } = this.child;
    if (stdout === null) throw new Error(`${path} has no output.`);
    createInterface({ input: stdout }).on('line', (line) => {
      this.waiting.shift()?.(JSON.parse(line) as Answer);
    });
    // What it did not answer is told below.
    this.child.stdin?.on('error', () => undefined);
    this.child.on('error', () => undefined);
    this.child.once('close', () => {
      this.hasEnded = true;
      for (const next of this.waiting.splice(0)) next(this.ended());
    });
  }

  /** As `helm template`. */
  public async template({ chart, release, values }: Omit<HelmTemplate, 'helm'>): Promise<Answer> {
    const { Name: Release, Namespace } = release;
    return this.ask({ Release, Namespace, Chart: chart, Values: valuesFile(values) });
  }

  /** Reads texts as kubectl does; a float with the digits of an integer is no number. */
  public async read(texts: readonly string[]): Promise<Answer> {
    return this.ask({ Read: texts });
  }

  public end(): void {
    this.child.stdin?.end();
  }

  private ended(): Answer {
    return { ok: false, text: `${this.path} has ended.` };
  }

  private async ask(request: object): Promise<Answer> {
    if (this.hasEnded) return this.ended();
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    });
  }
}

/** Helm's packages in place of its programs. */
export interface HelmProcesses {
  /** In the order of the programs. */
  readonly helms: readonly Pick<HelmProcess, 'template' | 'end'>[];
  readonly reader: Pick<HelmProcess, 'read'>;
}
