import type { ContenderId } from './contenders';
import type { Cost } from './measure';
import { PHASES } from './phases';
import { page, type Measured } from './report';

const MIB = 1024 * 1024;
const nodes = ['20.1.0', '26.2.0'].map((version) => ({ version, program: 'node' }));
const cost = (milliseconds: number, peak: number): Cost => ({ milliseconds, cpu: undefined, peak });

function measured(
  size: number,
  costs: Partial<Record<ContenderId, readonly Cost[]>>,
  oneEnvironments: Measured['oneEnvironments'],
): Measured {
  const node = { version: '26.2.0', program: 'node' };
  const phases = [new Map(PHASES.map((phase) => [phase, 1]))];
  const outputBytes = 10 * MIB;
  const all = new Map(Object.entries(costs)) as unknown as Measured['costs'];
  return { size, rounds: 3, nodes, node, outputBytes, costs: all, oneEnvironments, phases };
}

/** The cells of the row that begins so. */
function rowOf(text: string, what: string): readonly string[] | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`| ${what} `));
  return line
    ?.split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

const json = [10, 10, 10];
const text = page([
  measured(
    500,
    {
      // The median of the ratios of all rounds counts, whatever else the machine did in one of them.
      'synth-20': [cost(1000, 100), cost(2200, 181), cost(9000, 900)],
      'synth-26': [cost(1900, 180), cost(1900, 180), cost(3800, 180)],
      helm3: [cost(2000, 50), cost(2000, 50), cost(4000, 50)],
      'helm3-new': [cost(1900, 50), cost(2000, 50), cost(3800, 50)],
      helm4: [cost(1000, 50), cost(2000, 50), cost(2000, 50)],
      'helm3-hand': [cost(1900, 50), cost(1600, 50), cost(4000, 50)],
      'helm3-new-hand': [cost(1000, 50), cost(1000, 50), cost(1000, 50)],
      'helm4-hand': [cost(1000, 50), cost(2000, 50), cost(1000, 50)],
    },
    [
      { twin: [41, 41, 41], json },
      { twin: [40, 40, 40], json },
    ],
  ),
  measured(5000, { 'synth-20': [cost(26400, 100)], 'synth-26': [cost(38000, 100)] }, [
    { twin: json, json },
    { twin: json, json },
  ]),
]);

test.each([
  ['500 services: synth / three runs of Helm 3', ['≤ 1', '1.10 ✗', '0.95']],
  ['500 services: synth / three runs of Helm 4', ['≤ 1', '1.10 ✗', '1.90 ✗']],
  ['500 services: one environment / `JSON.stringify` and write', ['≤ 4', '4.10 ✗', '4.00']],
  ['500 services: peak memory of synth', ['≤ 180 MiB', '181 MiB ✗', '180 MiB']],
  ['time per object at 5,000 services / at 500', ['≤ 1.2', '1.20', '2.00 ✗']],
  ['500 services: generated chart / by hand, Helm 3', ['≤ 1.1', '1.05']],
  ['500 services: generated chart / by hand, Helm 4', ['≤ 1.1', '1.00']],
])('%s', (what, cells) => {
  expect(rowOf(text, what)).toEqual(cells);
});

test('Helm is not held to its bar where there is no chart by hand, nor to that of 500 above it', () => {
  expect(rowOf(text, '5,000 services: generated chart / by hand, Helm 3')).toBeUndefined();
  expect(rowOf(text, '5,000 services: synth / three runs of Helm 3')).toBeUndefined();
});

test('other ways stand beside the newest Node', () => {
  expect(rowOf(text, 'Helm 3, generated chart, three times')).toEqual(['2,000', '', '50', '0.95']);
  expect(rowOf(text, '`npm run synth`, all files new, Node 20.1.0')).toEqual([
    '2,200',
    '',
    '181',
    '0.86',
  ]);
});
