import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { helm3, helm4 } from '../../synth/proof/programs';
import type { PlatformSize } from './arguments';
import { benchPrograms, newerHelm } from './go-programs';
import { handWrittenChart } from './hand-written-chart';
import { measure, type Command, type Cost } from './measure';
import type { NodeRelease } from './nodes';
import * as shop from './services';

const ROOT = resolve(__dirname, '../..');
export const REGISTER = join(ROOT, 'register');

/** One way to make the objects of a platform. */
export interface Contender {
  readonly id: ContenderId;
  readonly commands: readonly Command[];
  /** Run before each measurement, outside of it. */
  readonly prepare?: () => void;
  /** Run after each measurement, outside of it. */
  readonly restore?: () => void;
}

/** Synth with a release of Node. */
export type SynthId = `synth-${number}`;
export type ContenderId =
  | SynthId
  | 'synth-again'
  | 'synth-cold'
  | 'helm3'
  | 'helm4'
  | 'helm3-new'
  | 'helm3-hand'
  | 'helm3-new-hand'
  | 'helm4-hand'
  | 'jsonnet'
  | 'cdk8s'
  | 'json';

/** Of more services only what a bar is about is measured: the rest takes minutes a round. */
const MOST_FOR_ALL = 500;

/** What they are of: a platform, a folder to work in, and releases of Node. */
export interface Place {
  readonly size: PlatformSize;
  readonly cwd: string;
  readonly nodes: readonly NodeRelease[];
  /** The last of them, which runs all that is measured once. */
  readonly node: NodeRelease;
}

/** Brings the folder to where each contender can run in it, and lists them. */
export async function contendersOf(place: Place): Promise<Contender[]> {
  const { size, cwd, nodes, node } = place;
  const synths = nodes.map((one) => synthOf(place, one));
  // Each compiles for itself.
  for (const { commands } of synths) await measure(commands);
  const charts = { generated: `helm/${size === 'reference' ? 'platform' : shop.CHART}` };
  cpSync(join(cwd, charts.generated), join(cwd, 'chart'), { recursive: true });
  const again: Contender = { id: 'synth-again', commands: [synthCommand(place, node)] };
  const generated = helms('chart', cwd, '');
  if (size === 'reference') return [...synths, again, withoutCache(again), ...generated];
  const json = nodeProgram('json', 'plain-json.ts', place);
  if (size > MOST_FOR_ALL) return [...synths, ...generated, json];
  const byHand = handWritten(size, place);
  // A bar compares the two, and the machine may be another a minute later.
  const pairs = generated.flatMap((one, helm) => [one, ...byHand.slice(helm, helm + 1)]);
  return [...synths, again, ...pairs, ...others(size, place), json];
}

function synthOf(place: Place, node: NodeRelease): Contender {
  const prepare = () => {
    clearOutput(place.cwd);
  };
  return { id: synthId(node), commands: [synthCommand(place, node)], prepare };
}

export const synthId = ({ version }: NodeRelease): SynthId => `synth-${Number.parseInt(version)}`;

/** As after `npm ci`: register/ has compiled nothing yet. */
function withoutCache({ commands }: Contender): Contender {
  const [cache, aside] = ['twinchart', 'twinchart-aside'].map((name) =>
    join(ROOT, 'node_modules/.cache', name),
  ) as [string, string];
  return {
    id: 'synth-cold',
    commands,
    prepare: () => {
      // Of a benchmark that was ended there.
      rmSync(aside, { recursive: true, force: true });
      renameSync(cache, aside);
    },
    restore: () => {
      rmSync(cache, { recursive: true, force: true });
      renameSync(aside, cache);
    },
  };
}

export function clearOutput(cwd: string): void {
  for (const folder of ['dist', 'helm', 'docs'])
    rmSync(join(cwd, folder), { recursive: true, force: true });
}

export function synthCommand({ size, cwd }: Place, { program }: NodeRelease): Command {
  const main = size === 'reference' ? 'main.ts' : 'test/bench/synth.ts';
  const args = [join(ROOT, main), ...(size === 'reference' ? [] : [String(size)])];
  return { program, args: [...synthFlags(), ...args], cwd };
}

/** As package.json starts main.ts. */
function synthFlags(): string[] {
  const [, ...words] = synthScript().split(' ');
  return words.slice(0, -1).map((word) => (word.startsWith('-') ? word : resolveFrom(word)));
}

function synthScript(): string {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { scripts: { synth: string } }).scripts.synth;
}

const resolveFrom = (word: string) => require.resolve(word, { paths: [ROOT] });

/** `helm template`, once for each environment. */
function helms(chart: string, cwd: string, ending: '' | '-hand'): Contender[] {
  const newest = newerHelm.find('helm3');
  const all: readonly (readonly [id: 'helm3' | 'helm3-new' | 'helm4', path: string | undefined])[] =
    [
      ['helm3', helm3().path],
      ['helm3-new', newest],
      ['helm4', helm4().path],
    ];
  return all.flatMap(([id, program]) => {
    if (program === undefined) return [];
    const commands = ['dev', 'staging', 'prod'].map((place) =>
      template(program, chart, place, cwd),
    );
    return { id: `${id}${ending}` as const, commands };
  });
}

function template(program: string, chart: string, place: string, cwd: string): Command {
  const values = `${chart}/values-${place}.yaml`;
  const { RELEASE, RELEASE_NAMESPACE } = shop;
  // A Helm that Go builds without more knows of no Kubernetes.
  const flags = ['--namespace', RELEASE_NAMESPACE, '--kube-version', KUBERNETES];
  return {
    program,
    args: ['template', RELEASE, chart, ...flags, '--values', values],
    cwd,
    output: join(cwd, 'rendered.yaml'),
  };
}

const KUBERNETES = '1.35.0';

function handWritten(size: number, { cwd }: Place): Contender[] {
  const files = handWrittenChart(shop.tiersWith(size));
  for (const [path, content] of files) write(join(cwd, 'hand', path), content);
  return helms('hand', cwd, '-hand');
}

function others(size: number, place: Place): Contender[] {
  const { cwd } = place;
  const tiers = shop.tiersWith(size);
  write(join(cwd, 'shop.json'), JSON.stringify(shop.describedFor(tiers)));
  const jsonnet = benchPrograms.find('jsonnet');
  const code = join(__dirname, 'shop.jsonnet');
  const args = [
    '--create-output-dirs',
    '--multi',
    'jsonnet',
    '--tla-code-file',
    'shop=shop.json',
    code,
  ];
  return [
    ...(jsonnet === undefined
      ? []
      : [{ id: 'jsonnet', commands: [{ program: jsonnet, args, cwd }] } as const]),
    nodeProgram('cdk8s', 'stock-cdk8s.ts', place),
  ];
}

function nodeProgram(id: ContenderId, name: string, { size, cwd, node }: Place): Contender {
  const args = ['--require', REGISTER, join(__dirname, name), String(size)];
  return { id, commands: [{ program: node.program, args, cwd }] };
}

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Measures all, in turns, so that what else the machine does meets each of them. */
export async function inTurns(contenders: readonly Contender[], rounds: number) {
  const costs = new Map<ContenderId, Cost[]>(contenders.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { id, commands, prepare, restore } of contenders) {
      prepare?.();
      try {
        costs.get(id)?.push(await measure(commands));
      } finally {
        restore?.();
      }
    }
  }
  return costs;
}
