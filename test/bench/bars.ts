import { grouped, nameOf } from './arguments';
import { synthId, type ContenderId } from './contenders';
import type { NodeRelease } from './nodes';
import { median, medianOf, NEWEST, type Measured } from './report';

/** Something that was promised, and what came of it. */
export interface Bar {
  readonly what: string;
  readonly bar: string;
  /** With each release of Node; where Node plays no part, one. */
  readonly found: readonly Found[];
}

export interface Found {
  readonly text: string;
  readonly holds: boolean;
}

const MIB = 1024 * 1024;

/** What synth takes, with each release of Node. */
export const synthBars = (all: readonly Measured[]): Bar[] => [
  ...all.flatMap(synthBarsOf),
  ...growth(all),
];

function synthBarsOf(measured: Measured): Bar[] {
  const { size, nodes, outputBytes, oneEnvironments } = measured;
  const name = nameOf(size);
  // Start-up rules where there is little to do; of more than 500 the growth is judged.
  const most = size === 'reference' || size < 500 ? 1.5 : size === 500 ? 1 : undefined;
  const beside = (what: string, id: ContenderId): Bar[] => {
    if (most === undefined) return [];
    const ratios = nodes.map((node) => overOf(measured, synthId(node), id));
    return [ratioBar(`${name}: synth / three runs of ${what}`, most, ratios)];
  };
  const allowed = (3 * outputBytes) / MIB + 150;
  const peaks = nodes.map((node) => medianOf(measured, synthId(node), 'peak') ?? NaN);
  return [
    ...beside('Helm 3', 'helm3'),
    ...beside(NEWEST, 'helm3-new'),
    ...beside('Helm 4', 'helm4'),
    ratioBar(
      `${name}: one environment / \`JSON.stringify\` and write`,
      4,
      oneEnvironments.map(({ twin, json }) => median(twin) / median(json)),
    ),
    {
      what: `${name}: peak memory of synth`,
      bar: `≤ ${grouped(allowed)} MiB`,
      found: peaks.map((peak) => ({ text: `${grouped(peak)} MiB`, holds: peak <= allowed })),
    },
  ];
}

/** Time for each object at the most services, beside that at 500. */
function growth(all: readonly Measured[]): Bar[] {
  const [base, large] = [500, 5000].map((services) => all.find(({ size }) => size === services));
  if (base === undefined || large === undefined) return [];
  const perService = (one: Measured, node: NodeRelease) =>
    (medianOf(one, synthId(node)) ?? NaN) / Number(one.size);
  const ratios = large.nodes.map((node) => perService(large, node) / perService(base, node));
  return [ratioBar('time per object at 5,000 services / at 500', 1.2, ratios)];
}

/** What Helm takes for the generated chart. */
export const chartBars = (all: readonly Measured[]): Bar[] =>
  all
    .filter((measured) => medianOf(measured, 'helm3-hand') !== undefined)
    .flatMap((measured) => {
      const of = (helm: string, id: ContenderId, byHand: ContenderId) =>
        ratioBar(`${nameOf(measured.size)}: generated chart / by hand, ${helm}`, 1.1, [
          overOf(measured, id, byHand),
        ]);
      return [
        of('Helm 3', 'helm3', 'helm3-hand'),
        of(NEWEST, 'helm3-new', 'helm3-new-hand'),
        of('Helm 4', 'helm4', 'helm4-hand'),
      ];
    });

/** Of each round: its ways ran one after the other, those of other rounds when the machine was another. */
function overOf({ costs }: Measured, id: ContenderId, other: ContenderId): number {
  const others = costs.get(other) ?? [];
  const ratios = (costs.get(id) ?? []).map(
    ({ milliseconds }, round) => milliseconds / (others[round]?.milliseconds ?? NaN),
  );
  return median(ratios);
}

const ratioBar = (what: string, limit: number, ratios: readonly number[]): Bar => ({
  what,
  bar: `≤ ${String(limit)}`,
  found: ratios.map((ratio) => ({ text: ratio.toFixed(2), holds: ratio <= limit })),
});
