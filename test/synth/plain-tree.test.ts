import * as fc from 'fast-check';
import { parse } from 'yaml';
import { compose } from '../../main';
import type { Blueprint } from '../../synth/blueprint';
import { imagesOf } from '../../synth/container-images';
import { distFiles, placeTiers, renderEnvironments } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';
import { printTrees } from '../../synth/print/plain-tree';
import { printYaml } from '../../synth/print/plain-yaml';
import { overlayArbitrary } from '../../synth/proof/prove';
import { composeTorture } from '../../synth/proof/torture';
import { distRelease, resourcesOf, renderTier, sceneOf, valuesOf } from '../../synth/scene';

/* Trees are printed with their values put in; evaluated, they give JSON: both say the same. */

describe.each([
  ['the reference platform', compose().build(), 6],
  ['the torture chart', composeTorture().build(), 100],
])('%s', (_, blueprint, runs) => {
  test('is printed as its JSON is, with the images of its JSON', () => {
    // Overlays are too large to be made smaller one by one.
    for (const overlay of fc.sample(overlayArbitrary(blueprint), { seed: 1, numRuns: runs })) {
      for (const { trees, objects, scene } of tiersOf(blueprint, overlay)) {
        const single = trees.map((tree) => printTrees([tree], scene));
        for (const [index, { text, images }] of single.entries()) {
          const json = objects[index] ?? {};
          expectSame(text, json);
          expect(new Set(images)).toEqual(new Set(imagesOf(json)));
        }
        const together = printTrees(trees, scene);
        expect(together.text).toBe(single.map(({ text }) => text).join('---\n'));
        expect(new Set(together.images)).toEqual(new Set(objects.flatMap(imagesOf)));
      }
    }
  });
});

function expectSame(text: string, json: JsonMap): void {
  const expected = printYaml(json);
  // JavaScript puts such keys before all others of an object.
  if (/^[ -]*"\d+":/m.test(expected)) expect(parse(text)).toEqual(json);
  else expect(text).toBe(expected);
}

/** The trees of each tier, and what they evaluate to. */
function tiersOf(blueprint: Blueprint, overlay: JsonMap) {
  const [environment] = blueprint.environments;
  if (environment === undefined) throw new Error('There is no environment.');
  const release = distRelease(blueprint, environment);
  return blueprint.tiers.map((tier) => {
    const scene = sceneOf(blueprint, tier, valuesOf(blueprint, tier, overlay), release);
    const trees = resourcesOf(tier.resources, scene).map(({ node }) => node);
    return { trees, scene, objects: renderTier(tier, scene).map(({ json }) => json) };
  });
}

test('finds images wherever containers come from, and only theirs', () => {
  const overlay = (flags: JsonMap): JsonMap => ({
    torture: {
      ...flags,
      name: 'of-a-text',
      digit: 5,
      image: { registry: 'r.example', repository: 'own', tag: '1', digest: '' },
      list: [{ image: 'listed' }, { containers: [{ image: 'below-an-item' }] }],
      free: { image: 'of-a-free-map', initContainers: [{ image: 'below-a-value' }] },
      more: { image: 'spread' },
      labels: { image: 'of-a-label-map' },
      other: 'omitted-if-empty',
      hosts: [{ name: 'h', port: 80, open: true, note: '', paths: [] }],
      words: ['ranged'],
    },
  });
  const imagesWith = (flags: JsonMap) => {
    const [tier] = tiersOf(composeTorture().build(), overlay(flags));
    if (tier === undefined) throw new Error('There is no tier.');
    const { images } = printTrees(tier.trees, tier.scene);
    // Each as often as in the JSON.
    expect([...images].sort()).toEqual(tier.objects.flatMap(imagesOf).sort());
    return [...new Set(images)].sort();
  };
  const always = [
    'below-a-value',
    'below-an-item',
    'h:80',
    'listed',
    'of-a-fragment',
    'of-a-free-map',
    'of-a-label-map',
    'of-a-text:5',
    'omitted-if-empty',
    'outer',
    'r.example/own:1',
    'ranged',
    'spread',
  ];
  expect(imagesWith({ flag: true, flip: true })).toEqual(
    [...always, 'below-a-map', 'flag', 'flip', 'of-an-item', 'of-items'].sort(),
  );
  expect(imagesWith({ flag: false, flip: false, word: 'beta-2' })).toEqual(
    [...always, 'beta-2', 'no-flip', 'of-a-text'].sort(),
  );
});

describe('dist/', () => {
  const blueprint = compose().build();
  const files = () => distFiles(placeTiers(blueprint));

  test('holds what is evaluated, but for what is of the chart only', () => {
    const printed = files();
    const rendered = renderEnvironments(blueprint);
    expect(rendered.some(({ chartOnly }) => chartOnly.length > 0)).toBe(true);
    for (const { environment, file, objects } of rendered) {
      const text = objects.map(({ json }) => printYaml(json)).join('---\n');
      expect(printed.get(`${environment}/${file}`)).toBe(text);
    }
    expect(printed.size).toBe(rendered.length + 1);
  });

  test('lists the same images, whether they are asked for first or last', () => {
    const images = renderEnvironments(blueprint).flatMap(({ objects }) =>
      objects.flatMap(({ json }) => imagesOf(json)),
    );
    const text = [...new Set(images)].sort().join('\n');
    expect(files().get('images.txt')).toBe(`${text}\n`);
    expect(new Map(files()).get('images.txt')).toBe(`${text}\n`);
  });
});

test('what an error left behind is in no other text', () => {
  const broken = {
    before: 1,
    get broken(): number {
      throw new Error('It cannot be read.');
    },
  };
  expect(() => printYaml({ list: [broken] })).toThrow('It cannot be read.');
  expect(printYaml({ a: 1 })).toBe('a: 1\n');
});

test.each(['a', 'é', '語', '😀'])('a text of many %s is printed whole', (letter) => {
  const text = letter.repeat(5000);
  const line = letter === 'a' ? text : `"${text}"`;
  expect(printYaml({ a: [text, text] })).toBe(`a:\n  - ${line}\n  - ${line}\n`);
});
