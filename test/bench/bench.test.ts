import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { synth } from '../../synth';
import type { JsonMap } from '../../synth/merge';
import { compareObjects } from '../../synth/proof/compare';
import { helmTemplate, Scratch } from '../../synth/proof/helm';
import { parseManifests } from '../../synth/proof/parse';
import { helm3, helm4 } from '../../synth/proof/programs';
import { Commands } from '../commands';
import { argumentsFrom } from './arguments';
import { handWrittenChart } from './hand-written-chart';
import { objectsOf } from './objects';
import { PHASES, phasesOf } from './phases';
import { shopOf } from './platform';
import * as shop from './services';

/*
 * That all ways of the benchmark make the same objects; how long they take is no test. What Jsonnet makes
 * is seen by test/configs/jsonnet.test.ts.
 */

jest.setTimeout(60_000);

/** Three services, in two tiers. */
const SIZE = [3, 2] as const;
const tiers = shop.tiersWith(...SIZE);
const OBJECTS = SIZE[0] * 6;
const folder = mkdtempSync(join(tmpdir(), 'twinchart-bench-test-'));
const scratch = new Scratch();
const commands = new Commands();

beforeAll(() => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(synth(shopOf(...SIZE)()).objects).toBe(OBJECTS * shop.PLACES.length);
  } finally {
    process.chdir(before);
  }
  for (const [path, content] of handWrittenChart(tiers)) {
    const file = join(folder, 'hand', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
});
afterAll(async () => {
  await commands.end();
  scratch.remove();
  rmSync(folder, { recursive: true });
});

const textOf = (...path: readonly string[]) => readFileSync(join(folder, ...path), 'utf8');
const parsed = (text: string) =>
  parseAllDocuments(text).map((document) => document.toJS() as unknown);
const plainObjects = ({ name, services }: shop.Tier, place: shop.Place) =>
  services.flatMap((service) => objectsOf(name, service, place));

/** All that a program writes for these tiers, by file. */
async function written(program: string, output: string): Promise<Map<string, string>> {
  const ran = await commands.run(folder, join(__dirname, program), SIZE.map(String));
  expect(ran).toEqual({ status: 0, stdout: '', stderr: '' });
  const entries = readdirSync(join(folder, output), { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(folder, output), join(entry.parentPath, entry.name)));
  return new Map(paths.map((path) => [path, textOf(output, path)]));
}

const everywhere = shop.PLACES.flatMap((place) => tiers.map((tier) => ({ place, tier })));

test('dist/ has the objects that other ways start from', () => {
  for (const { place, tier } of everywhere) {
    const file = `0${String(tiers.indexOf(tier) + 1)}-${tier.name}.k8s.yaml`;
    expect(parsed(textOf('dist', place.name, file))).toEqual(plainObjects(tier, place));
  }
});

test('cdk8s alone makes them all', async () => {
  const files = await written('stock-cdk8s.ts', 'stock');
  expect(new Map([...files].map(([path, text]) => [path, parsed(text)]))).toEqual(
    new Map(
      everywhere.map(({ place, tier }) => [
        `${place.name}-${tier.name}.k8s.yaml`,
        plainObjects(tier, place),
      ]),
    ),
  );
});

test('JSON has them all', async () => {
  const files = await written('plain-json.ts', 'plain');
  expect(new Map([...files].map(([path, text]) => [path, JSON.parse(text) as unknown]))).toEqual(
    new Map(
      everywhere.map(({ place, tier }) => [
        `${place.name}/${tier.name}.json`,
        plainObjects(tier, place),
      ]),
    ),
  );
});

/** What no environment sets, for the parts of the charts that would have no work otherwise. */
const OTHERS = {
  global: {
    domain: 'other.example',
    imageRegistry: 'mirror.example',
    namespaces: { team001: 'other' },
  },
  team001: {
    orders0001: {
      image: { repository: 'a/b', tag: '2', digest: `sha256:${'a'.repeat(64)}` },
      replicas: 7,
      logLevel: 'error',
      maxConnections: 9,
      cpu: '1',
      memory: '1',
      nodeSelector: { one: '1', two: 'true' },
    },
    prices0002: { image: { registry: 'registry.other.example' } },
  },
};

test.each([helm3(), helm4()])(
  'the chart by hand renders what the generated one does under $name',
  async (helm) => {
    const release = { Name: shop.RELEASE, Namespace: shop.RELEASE_NAMESPACE };
    const render = async (chart: string, valuesOf: (chart: string) => JsonMap) => {
      const options = { helm, chart: join(folder, chart), release, values: valuesOf(chart) };
      const { ok, text } = await helmTemplate(options, scratch);
      expect({ ok, text: ok ? '' : text }).toEqual({ ok: true, text: '' });
      return parseManifests(text);
    };
    const compared = async (objects: number, valuesOf: (chart: string) => JsonMap) => {
      const generated = await render(`helm/${shop.CHART}`, valuesOf);
      expect(generated).toHaveLength(objects);
      expect(compareObjects(generated as JsonMap[], await render('hand', valuesOf))).toEqual([]);
    };
    for (const { name } of shop.PLACES) {
      await compared(OBJECTS, (chart) => parse(textOf(chart, `values-${name}.yaml`)) as JsonMap);
    }
    await compared(OBJECTS, () => ({}));
    await compared(OBJECTS, () => OTHERS);
    await compared(6, () => ({ team001: { enabled: false } }));
  },
);

test('each phase of synth is found in its profile', () => {
  const program = join(__dirname, 'synth.ts');
  const args = ['--require', resolve(__dirname, '../../register'), program, '40'];
  const phases = phasesOf({ program: process.execPath, args, cwd: folder });
  expect([...phases.keys()]).toEqual(PHASES);
  expect([...phases].filter(([, milliseconds]) => milliseconds === 0)).toEqual([]);
});

test('the arguments have defaults', () => {
  expect(argumentsFrom([])).toEqual({
    rounds: 3,
    platforms: ['reference', 50, 500, 5000],
    write: false,
  });
  expect(argumentsFrom(['--rounds', '2', '--platforms', '50', '--write'])).toEqual({
    rounds: 2,
    platforms: [50],
    write: true,
  });
});

const USAGE = 'npm run bench -- [--rounds 3] [--platforms reference,50,500,5000] [--write]';

test.each([
  [['--rounds', '0'], `--rounds is "0"; it is a number from 1 to 999: ${USAGE}`],
  [
    ['--platforms', '50,many'],
    `--platforms has "many"; it is a list of "reference" and of numbers of services from 1 to 9999: ${USAGE}`,
  ],
  [['--fast'], `Unknown option '--fast'; write it as ${USAGE}`],
  [['all'], `Unexpected argument 'all'; write it as ${USAGE}`],
])('%j is refused', (words, message) => {
  const refused = (): string => {
    try {
      return JSON.stringify(argumentsFrom(words));
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refused()).toBe(message);
});
