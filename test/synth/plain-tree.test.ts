import { imagesOf } from '../../synth/container-images';
import type { JsonMap } from '../../synth/merge';
import { printTrees } from '../../synth/print/plain-tree';
import { printYaml } from '../../synth/print/plain-yaml';
import { composeTorture } from '../../synth/proof/torture';
import { expectPrintedAsJson, tiersOf } from './printed-trees';

test('the torture chart is printed as its JSON is, with the images of its JSON', () => {
  expectPrintedAsJson(composeTorture().build(), 100);
});

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

test.each(['a', 'é', '語'])('lines of many %s are printed whole', (letter) => {
  // More than any text before it: there was no room for this one.
  const line = letter.repeat(1_000_000);
  expect(printYaml({ a: `${line}\n${line}` }) === `a: |-\n  ${line}\n  ${line}\n`).toBe(true);
});
