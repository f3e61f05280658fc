import * as fc from 'fast-check';
import { compose } from '../../main';
import { complaintsAboutValues } from '../../synth/check-values';
import { arbitraryOf } from '../../synth/proof/arbitrary';
import { helmTemplate, Scratch } from '../../synth/proof/helm';
import { parseManifests } from '../../synth/proof/parse';
import { helm4 } from '../../synth/proof/programs';
import { isMap, type JsonMap } from '../../synth/merge';
import { valuesOf } from '../../synth/scene';
import { echoChart } from './echo-chart';

const blueprint = compose().build();
const app = blueprint.tiers.find(({ name }) => name === 'app');
if (app === undefined) throw new Error('The platform has no tier app.');
const samples = fc.sample(arbitraryOf(app.schema), { seed: 5, numRuns: 300 }) as JsonMap[];

test('random values are values that the schema accepts', () => {
  const refused = samples.filter((values) => {
    const all = valuesOf(blueprint, app, { app: values });
    return complaintsAboutValues(all, app.chartSchema, 'app').length > 0;
  });
  // A few meet a rule that no generator knows, such as a reserved key.
  expect(refused.length).toBeLessThan(samples.length / 20);
});

test('random values reach hostile texts, empty maps and missing keys', () => {
  const services = samples.map((values) => values['nodeService']).filter(isMap);
  expect(services.length).toBeLessThan(samples.length);
  const annotations = services.map((service) => service['podAnnotations']).filter(isMap);
  const texts = annotations.flatMap((map) => Object.values(map));
  for (const hostile of [/^(?:yes|no|on)$/i, /\{\{/, /: .* #/])
    expect(texts.some((text) => typeof text === 'string' && hostile.test(text))).toBe(true);
  expect(annotations.some((map) => Object.keys(map).length === 0)).toBe(true);
});

test('the parser of the proof reads numbers as Go does, and integers apart from floats', () => {
  const [read] = parseManifests(
    'a: 1000000\nb: 1e+06\nc: e-3\nd: .\ne: 0.5\nf: yes\ng: "1"\nh: 1e3017\ni: -9e999\n' +
      'j: 0x1F9007199254740993\nk: 0xFFFF_FFFF_FFFF_FFFF\nl: -0x8000000000000001\nm: -0b11\no: 017\n',
  );
  expect(read).toEqual({
    a: 1_000_000n,
    b: 1_000_000,
    c: 'e-3',
    d: '.',
    e: 0.5,
    f: true,
    g: '1',
    h: '1e3017',
    i: '-9e999',
    j: '0x1F9007199254740993',
    k: 18_446_744_073_709_551_615n,
    l: '-0x8000000000000001',
    m: -3n,
    o: 15n,
  });
});

test('the parser of the proof refuses a key that is there twice', () => {
  expect(() => parseManifests('a: 1\na: 2\n')).toThrow('Map keys must be unique');
});

test('values in a file of 4,096 bytes reach Helm 4', async () => {
  const scratch = new Scratch();
  const { request, rendered } = echoChart(scratch);
  const { text } = await helmTemplate({ helm: helm4(), ...request }, scratch);
  scratch.remove();
  expect(parseManifests(text)).toEqual(rendered);
});
