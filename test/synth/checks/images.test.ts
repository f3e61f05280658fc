import { ApiObject } from 'cdk8s';
import { ChartOnly, image } from '../../../synth';
import { findings, object, type DemoTier } from './fixture';

const pod = (image: unknown) =>
  object('v1', 'Pod', 'p', { spec: { initContainers: [{ image }], containers: [] } });
const REFUSED =
  'Pod/p: image docker.io/fixed:1.0 does not obey global.imageRegistry; make it with image() (image-ignores-registry).';

describe('image-ignores-registry:', () => {
  test('an image that global.imageRegistry does not move is found', () => {
    expect(findings('image-ignores-registry', { pod: pod('docker.io/fixed:1.0') })).toEqual([
      `[demo/pod in dev] ${REFUSED}`,
    ]);
  });

  test('an image of the chart only, such as that of a test pod, is no exception', () => {
    const fill = (tier: DemoTier) => {
      new ApiObject(new ChartOnly(tier, 'tests'), 'pod', pod('docker.io/fixed:1.0'));
    };
    expect(findings('image-ignores-registry', {}, { fill })).toEqual([
      `[demo/tests/pod in dev] ${REFUSED}`,
    ]);
  });

  test('what image() makes is moved', () => {
    const fill = (tier: DemoTier) => {
      new ApiObject(tier, 'pod', pod(image(tier.values.image, tier.global.imageRegistry)));
    };
    expect(findings('image-ignores-registry', {}, { fill })).toEqual([]);
  });
});
