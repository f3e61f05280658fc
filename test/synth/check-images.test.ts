import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { ChartOnly, image } from '../../synth';
import { checkImages } from '../../synth/check-images';
import { Problems } from '../../synth/problems';
import { environmentOf, platformOf, SampleTier } from './print-fixture';

const REFUSED = 'Image docker.io/fixed:1 does not obey global.imageRegistry; make it with image().';

test('an image that global.imageRegistry does not move is refused', () => {
  expect(problemsOf((tier) => [tier, 'docker.io/fixed:1'])).toEqual([
    { where: 'sample/pod', message: REFUSED },
  ]);
});

test('an image of the chart only, such as that of a test pod, is no exception', () => {
  expect(problemsOf((tier) => [new ChartOnly(tier, 'tests'), 'docker.io/fixed:1'])).toEqual([
    { where: 'sample/tests/pod', message: REFUSED },
  ]);
});

test('what image() makes is moved', () => {
  expect(problemsOf((tier) => [tier, image(tier.values.image, tier.global.imageRegistry)])).toEqual(
    [],
  );
});

/** Says what is wrong with a pod of this image in this place. */
function problemsOf(place: (tier: SampleTier) => [Construct, unknown]) {
  const platform = platformOf([], [environmentOf({})]);
  const tier = platform.node.findChild('sample');
  if (!(tier instanceof SampleTier)) throw new Error('The tier is gone.');
  const [scope, image] = place(tier);
  const spec = { initContainers: [{ image }], containers: [] };
  new ApiObject(scope, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec });
  const problems = new Problems();
  checkImages(platform.build(), problems);
  return problems.all;
}
