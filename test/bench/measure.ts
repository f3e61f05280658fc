import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** What running something took. */
export interface Cost {
  readonly milliseconds: number;
  /** User and system time in milliseconds; undefined where there is no /proc. */
  readonly cpu: number | undefined;
  /** The most memory of a process at any time, in MiB; undefined where there is no /proc. */
  readonly peak: number | undefined;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Folder that it runs in. */
  readonly cwd: string;
  /** File for what it prints. Default: it is dropped. */
  readonly output?: string;
}

/** How often the memory of a process is looked at: it tells its own peak, so only the end counts. */
const LOOK_EVERY_MS = 5;

/** Runs commands one after the other. @throws Error when one of them fails. */
export async function measure(commands: readonly Command[]): Promise<Cost> {
  const cpuBefore = cpuOfChildren();
  const start = performance.now();
  let peak: number | undefined;
  for (const command of commands) peak = highest(peak, await peakOf(command));
  const milliseconds = performance.now() - start;
  const cpuAfter = cpuOfChildren();
  const cpu = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  return { milliseconds, cpu, peak };
}

async function peakOf({ program, args, cwd, output }: Command): Promise<number | undefined> {
  const stdout = output === undefined ? 'ignore' : openSync(output, 'w');
  const child = spawn(program, args, { cwd, stdio: ['ignore', stdout, 'pipe'] });
  let peak: number | undefined;
  // The last one counts: a process starts as a copy of this one, and its peak only grows afterwards.
  const timer = setInterval(() => (peak = peakNow(child.pid) ?? peak), LOOK_EVERY_MS);
  let told = '';
  child.stderr?.on('data', (text: Buffer) => (told += text.toString()));
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${told.trim()}`);
    return peak;
  } finally {
    clearInterval(timer);
    if (typeof stdout === 'number') closeSync(stdout);
  }
}

const highest = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);

/** The high-water mark that Linux keeps of a process, in MiB. */
function peakNow(pid: number | undefined): number | undefined {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${String(pid)}/status`)) ?? [];
  return kib === undefined ? undefined : Number(kib) / 1024;
}

/** A tick of the times in /proc: a hundredth of a second on every Linux that Node runs on. */
const TICK_MS = 10;

/** User and system time of all children that have ended, and of theirs. */
function cpuOfChildren(): number | undefined {
  // Fields 16 and 17 of proc(5); the name in field 2 may hold blanks, so count behind it.
  const fields = read('/proc/self/stat').split(') ')[1]?.split(' ');
  const [user, system] = fields?.slice(13, 15) ?? [];
  return user === undefined ? undefined : (Number(user) + Number(system)) * TICK_MS;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
