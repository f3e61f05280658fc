import { compose } from '../../main';
import { imagesOf } from '../../synth/container-images';
import { distFiles, placeTiers, renderEnvironments } from '../../synth/dist';
import { printYaml } from '../../synth/print/plain-yaml';
import { expectPrintedAsJson } from './printed-trees';

const blueprint = compose().build();

test('the reference platform is printed as its JSON is, with the images of its JSON', () => {
  expectPrintedAsJson(blueprint, 6);
});

describe('dist/', () => {
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
