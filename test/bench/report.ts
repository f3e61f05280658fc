import { availableParallelism } from 'node:os';
import { table } from '../../synth/docs/page';
import { grouped, nameOf, type PlatformSize } from './arguments';
import { chartBars, synthBars, type Bar } from './bars';
import { newerHelm } from './go-programs';
import { synthId, type ContenderId, type SynthId } from './contenders';
import type { Cost } from './measure';
import { METHOD } from './method';
import type { NodeRelease } from './nodes';
import type { OneEnvironment } from './one-environment';
import { PHASES, type Phases } from './phases';

export interface Measured {
  readonly size: PlatformSize;
  readonly rounds: number;
  readonly nodes: readonly NodeRelease[];
  /** The one that ran what is measured once. */
  readonly node: NodeRelease;
  /** All that synth writes: dist/, helm/ and docs/. */
  readonly outputBytes: number;
  readonly costs: ReadonlyMap<ContenderId, readonly Cost[]>;
  /** With each release of Node. */
  readonly oneEnvironments: readonly OneEnvironment[];
  /** Of each round. */
  readonly phases: readonly Phases[];
}

/** The newest Helm 3, which Go builds; the one beside it is that of an npm package. */
export const NEWEST = `Helm ${newerHelm.version('helm3')}`;

const NAMES: Readonly<Record<Exclude<ContenderId, SynthId>, string>> = {
  'synth-again': '`npm run synth`, no file changed',
  'synth-cold': '`npm run synth`, nothing compiled',
  helm3: 'Helm 3, generated chart, three times',
  helm4: 'Helm 4, generated chart, three times',
  'helm3-new': `${NEWEST}, generated chart, three times`,
  'helm3-hand': 'Helm 3, chart by hand, three times',
  'helm3-new-hand': `${NEWEST}, chart by hand, three times`,
  'helm4-hand': 'Helm 4, chart by hand, three times',
  jsonnet: 'go-jsonnet',
  cdk8s: 'stock cdk8s',
  json: '`JSON.stringify` and write',
};

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [low = NaN, high = NaN] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
}

/** The median of what was measured in each round. */
export function medianOf(
  { costs }: Measured,
  id: ContenderId,
  field: keyof Cost = 'milliseconds',
): number | undefined {
  const found = costs.get(id)?.map((cost) => cost[field]) ?? [];
  const known = found.filter((number) => number !== undefined);
  return known.length === 0 ? undefined : median(known);
}

/** For the terminal, as soon as a platform is measured. */
export const summaryOf = (measured: Measured): string =>
  `${titleOf(measured)}\n${resultsOf(measured)}\n\n`;

/** docs/benchmarks.md. */
export function page(all: readonly Measured[]): string {
  const nodes = (all[0]?.nodes ?? []).map(({ version }) => `Node ${version}`);
  return `${[
    '# Benchmarks',
    `Measured on ${String(availableParallelism())} cores by \`npm run bench -- --write\`, which wrote this page.`,
    '## Bars',
    'A figure with ✗ is over its bar.',
    barsTable(nodes, synthBars(all)),
    barsTable(['measured'], chartBars(all)),
    ...all.flatMap((measured) => [`## ${titleOf(measured)}`, resultsOf(measured)]),
    '## Where the time of synth goes',
    `With ${nodes.at(-1) ?? 'Node'}.`,
    phasesTable(all),
    ...METHOD,
  ].join('\n\n')}\n`;
}

const barsTable = (columns: readonly string[], bars: readonly Bar[]): string =>
  table(
    ['what', 'bar', ...columns],
    bars.map(({ what, bar, found }) => [
      what,
      bar,
      ...found.map(({ text, holds }) => (holds ? text : `${text} ✗`)),
    ]),
  );

/** Milliseconds of each phase, and what part of the run they are. */
function phasesTable(all: readonly Measured[]): string {
  const columns = all.map(({ phases }) =>
    PHASES.map((phase) => median(phases.map((times) => times.get(phase) ?? NaN))),
  );
  const rows = PHASES.map((phase, index) => [
    phase,
    ...columns.map((times) => {
      const whole = times.reduce((sum, one) => sum + one, 0);
      const time = times[index] ?? NaN;
      return `${grouped(time)} (${grouped((100 * time) / whole)} %)`;
    }),
  ]);
  return table(['ms', ...all.map(({ size }) => nameOf(size))], rows);
}

function titleOf({ size, rounds }: Measured): string {
  const what = size === 'reference' ? `The ${nameOf(size)}` : nameOf(size);
  return `${what}, ${rounds === 1 ? 'one round' : `medians of ${String(rounds)} rounds`}`;
}

function resultsOf(measured: Measured): string {
  const synth = medianOf(measured, synthId(measured.node)) ?? NaN;
  const rows = [...measured.costs.keys()].map((id) => {
    const milliseconds = medianOf(measured, id) ?? NaN;
    const [cpu, peak] = [medianOf(measured, id, 'cpu'), medianOf(measured, id, 'peak')];
    const cells = [milliseconds, cpu, peak].map((one) => (one === undefined ? '' : grouped(one)));
    return [wayOf(measured, id), ...cells, (synth / milliseconds).toFixed(2)];
  });
  return table(['way', 'ms', 'CPU ms', 'peak MiB', 'synth / way'], rows);
}

function wayOf({ nodes }: Measured, id: ContenderId): string {
  const node = nodes.find((one) => synthId(one) === id);
  if (node !== undefined) return `\`npm run synth\`, all files new, Node ${node.version}`;
  return NAMES[id as Exclude<ContenderId, SynthId>];
}
