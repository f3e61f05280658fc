import { grouped, nameOf } from './arguments';
import { median, medianOf, NEWEST, type Measured } from './report';

/** Something that was promised, and what came of it. */
export interface Bar {
  readonly what: string;
  readonly bar: string;
  readonly found: string;
  readonly holds: boolean;
}

const MIB = 1024 * 1024;

export function barsOf(all: readonly Measured[]): Bar[] {
  return [...all.flatMap(barsOfOne), ...growth(all)];
}

function barsOfOne(measured: Measured): Bar[] {
  const { size, outputBytes, oneEnvironment } = measured;
  const name = nameOf(size);
  const ratio = (what: string, limit: number, value: number): Bar => ({
    what: `${name}: ${what}`,
    bar: `≤ ${String(limit)}`,
    found: value.toFixed(2),
    holds: value <= limit,
  });
  const over = (
    id: 'synth' | 'helm3' | 'helm3-new' | 'helm4',
    other: Parameters<typeof medianOf>[1],
  ) => (medianOf(measured, id) ?? NaN) / (medianOf(measured, other) ?? NaN);
  // Start-up rules where there is little to do; of more than 500 the growth is judged.
  const most = size === 'reference' || size < 500 ? 1.5 : size === 500 ? 1 : undefined;
  const peak = medianOf(measured, 'synth', 'peak') ?? NaN;
  const allowed = (3 * outputBytes) / MIB + 150;
  return [
    ...(most === undefined
      ? []
      : [
          ratio('synth / three runs of Helm 3', most, over('synth', 'helm3')),
          ratio(`synth / three runs of ${NEWEST}`, most, over('synth', 'helm3-new')),
          ratio('synth / three runs of Helm 4', most, over('synth', 'helm4')),
        ]),
    ...(medianOf(measured, 'helm3-hand') === undefined
      ? []
      : [
          ratio('generated chart / by hand, Helm 3', 1.1, over('helm3', 'helm3-hand')),
          ratio(`generated chart / by hand, ${NEWEST}`, 1.1, over('helm3-new', 'helm3-new-hand')),
          ratio('generated chart / by hand, Helm 4', 1.1, over('helm4', 'helm4-hand')),
        ]),
    ratio(
      'one environment / `JSON.stringify` and write',
      4,
      median(oneEnvironment.twin) / median(oneEnvironment.json),
    ),
    {
      what: `${name}: peak memory of synth`,
      bar: `≤ ${grouped(allowed)} MiB`,
      found: `${grouped(peak)} MiB`,
      holds: peak <= allowed,
    },
  ];
}

/** Time for each object at the most services, beside that at 500. */
function growth(all: readonly Measured[]): Bar[] {
  const perService = ({ size }: Measured) => (typeof size === 'number' ? size : undefined);
  const base = all.find(({ size }) => size === 500);
  const large = all.find(({ size }) => size === 5000);
  if (base === undefined || large === undefined) return [];
  const time = (one: Measured) => (medianOf(one, 'synth') ?? NaN) / (perService(one) ?? NaN);
  const value = time(large) / time(base);
  return [
    {
      what: 'time per object at 5,000 services / at 500',
      bar: '≤ 1.2',
      found: value.toFixed(2),
      holds: value <= 1.2,
    },
  ];
}
