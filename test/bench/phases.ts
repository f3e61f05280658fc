import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from './measure';

/** A function of the engine that does a step of synth, and what the step is. */
const STEPS: Readonly<Record<string, string>> = {
  'platform.ts read': 'reading the constructs, checking values',
  'dist.ts renderEnvironments': 'evaluating three environments',
  'world.ts worldsOf': 'checks',
  'run.ts runChecks': 'checks',
  'repeat.ts checkRepeatable': 'composing again, comparing',
};

/** Who prints, as files are written. */
const TEXTS: Readonly<Record<string, string>> = {
  'synth/dist.ts': 'printing dist/',
  'chart/index.ts': 'printing the chart and its schemas',
  'docs/index.ts': 'the pages of docs/',
};

const START = 'Node itself';
const LOAD = 'loading modules';
const COMPOSE = 'composing the platform';
const WRITE = 'writing files';
const GARBAGE = 'collecting garbage';
const REST = 'the rest of synth';

/** All phases, in the order that they come. */
export const PHASES: readonly string[] = [
  ...new Set([
    START,
    LOAD,
    COMPOSE,
    ...Object.values({ ...STEPS, ...TEXTS }),
    WRITE,
    REST,
    GARBAGE,
  ]),
];

/** Milliseconds that a run spends in each phase. */
export type Phases = ReadonlyMap<string, number>;

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

interface Profile {
  readonly nodes: readonly Node[];
  /** The function that ran, by its id, and microseconds since the sample before. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const EVERY_US = 250;

/** Runs a program under V8's profiler, which makes it slower by some percent. */
export function phasesOf({ program, args, cwd }: Command): Phases {
  const folder = mkdtempSync(join(tmpdir(), 'twinchart-profile-'));
  try {
    const flags = ['--cpu-prof', '--cpu-prof-dir', folder, '--cpu-prof-interval', String(EVERY_US)];
    execFileSync(program, [...flags, ...args], { cwd, stdio: 'ignore' });
    const [file = ''] = readdirSync(folder);
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
    return timesOf(profile, startOf(program));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function startOf(program: string): number {
  const start = performance.now();
  execFileSync(program, ['--eval', '0']);
  return performance.now() - start;
}

function timesOf({ nodes, samples, timeDeltas }: Profile, start: number): Phases {
  const phases = phasesByNode(nodes);
  const times = new Map(PHASES.map((phase) => [phase, phase === START ? start : 0]));
  for (const [index, id] of samples.entries()) {
    const phase = phases.get(id) ?? LOAD;
    times.set(phase, (times.get(phase) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  }
  return times;
}

/** What is called in a phase belongs to it, whoever else calls it too. */
function phasesByNode(nodes: readonly Node[]): ReadonlyMap<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const phases = new Map<number, string>();
  const visit = (node: Node, caller: string): void => {
    const phase = phaseOf(node, caller);
    phases.set(node.id, phase);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child !== undefined) visit(child, phase);
    }
  };
  if (nodes[0] !== undefined) visit(nodes[0], LOAD);
  return phases;
}

function phaseOf({ callFrame: { functionName, url } }: Node, caller: string): string {
  if (functionName === '(garbage collector)') return GARBAGE;
  if (functionName === '(program)' || functionName === '(idle)') return START;
  const name = `${url.slice(url.lastIndexOf('/') + 1)} ${functionName}`;
  if (name === 'synthesize.ts run') return COMPOSE;
  if (name === 'synthesize.ts synth') return REST;
  if (name === 'output.ts writeOutput' && caller === REST) return WRITE;
  if (caller === REST) return STEPS[name] ?? caller;
  if (caller === WRITE) return TEXTS[url.split('/').slice(-2).join('/')] ?? caller;
  return caller;
}
