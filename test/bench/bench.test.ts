import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { synth } from '../../synth';
import type { JsonMap } from '../../synth/merge';
import { compareObjects } from '../../synth/proof/compare';
import { helmTemplate, Scratch } from '../../synth/proof/helm';
import { parseManifests } from '../../synth/proof/parse';
import { helm3, helm4 } from '../../synth/proof/programs';
import { argumentsFrom } from './arguments';
import { handWrittenChart } from './hand-written-chart';
import { objectsOf } from './objects';
import { shopOf } from './platform';
import * as shop from './services';

/*
 * That all ways of the benchmark make the same objects; how long they take is no test. What Jsonnet makes
 * is seen by test/configs/jsonnet.test.ts.
 */

const SERVICES = 3;
const tiers = shop.tiersWith(SERVICES);
const folder = mkdtempSync(join(tmpdir(), 'twinchart-bench-test-'));
const scratch = new Scratch();

beforeAll(() => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(synth(shopOf(SERVICES)()).objects).toBe(SERVICES * 6 * shop.PLACES.length);
  } finally {
    process.chdir(before);
  }
  for (const [path, content] of handWrittenChart(tiers)) {
    const file = join(folder, 'hand', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
});
afterAll(() => {
  scratch.remove();
  rmSync(folder, { recursive: true });
});

const plainObjects = (place: shop.Place) =>
  tiers.flatMap((tier) => tier.services.flatMap((service) => objectsOf(tier.name, service, place)));

test.each(shop.PLACES)('$name: dist/ has the objects that other ways start from', (place) => {
  const text = readFileSync(join(folder, 'dist', place.name, '01-team001.k8s.yaml'), 'utf8');
  const parsed = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  expect(parsed).toEqual(plainObjects(place));
});

test.each([helm3(), helm4()])(
  'the chart by hand renders what the generated one does under $name',
  async (helm) => {
    for (const place of shop.PLACES) {
      const release = { Name: shop.RELEASE, Namespace: shop.RELEASE_NAMESPACE };
      const values = shop.changesOf(tiers, place);
      const render = async (chart: string) => {
        const options = { helm, chart: join(folder, chart), release, values };
        const { ok, text } = await helmTemplate(options, scratch);
        expect({ ok, text: ok ? '' : text }).toEqual({ ok: true, text: '' });
        return parseManifests(text);
      };
      const generated = await render(`helm/${shop.CHART}`);
      expect(generated).toHaveLength(SERVICES * 6);
      expect(compareObjects(generated as JsonMap[], await render('hand'))).toEqual([]);
    }
  },
);

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
