import { ApiObject } from 'cdk8s';
import { ChartOnly, gt, image, omitEmpty, when } from '../../../synth';
import { demo } from '../fixture';
import { findings, object, problemsOf, type DemoTier } from './fixture';

const pod = (image: unknown) =>
  object('v1', 'Pod', 'p', { spec: { initContainers: [{ name: 'a', image }], containers: [] } });
const imageOf = ({ values }: DemoTier) => image(values.image, values.name);
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

  test.each([
    ['stands whole', ({ values }: DemoTier): unknown => values.podSpec],
    ['is spread', ({ values }: DemoTier) => ({ hostname: 'a', ...values.podSpec })],
  ])('an image in a structure that %s is found', (_, spec) => {
    const fill = (tier: DemoTier) => {
      new ApiObject(tier, 'pod', object('v1', 'Pod', 'p', { spec: spec(tier) }));
    };
    const containers = [{ name: 'a', image: 'docker.io/fixed:1.0' }];
    const environments = { dev: { demo: { podSpec: { containers } } } };
    expect(findings('image-ignores-registry', {}, { fill, environments })).toEqual([
      `[demo/pod in dev] ${REFUSED}`,
    ]);
  });

  test('a platform without that value has images as it likes', () => {
    const platform = demo({}, (tier) => new ApiObject(tier, 'pod', pod('docker.io/fixed:1.0')));
    Object.assign(platform, {
      options: { ...platform.options, checks: ['image-ignores-registry'] },
    });
    expect(problemsOf(platform)).toEqual([]);
  });

  test.each<[string, (tier: DemoTier) => unknown, string]>([
    ['by image() with another registry', imageOf, 'a/library/node:24.1.0'],
    ['of another value', ({ values }) => values.name, 'a'],
    ['that may be left out', ({ values }) => omitEmpty(values.name), 'a'],
    [
      'behind a condition',
      ({ values, global }) =>
        when(gt(values.replicas, 1), 'b', image(values.image, global.imageRegistry)),
      'b',
    ],
  ])('an image %s is found', (_, made, name) => {
    const fill = (tier: DemoTier) => {
      new ApiObject(tier, 'pod', pod(made(tier)));
    };
    const environments = { dev: { demo: { name: 'a' } } };
    expect(findings('image-ignores-registry', {}, { fill, environments })).toEqual([
      `[demo/pod in dev] ${REFUSED.replace('docker.io/fixed:1.0', name)}`,
    ]);
  });

  test('what image() makes is moved', () => {
    const fill = (tier: DemoTier) => {
      new ApiObject(tier, 'pod', pod(image(tier.values.image, tier.global.imageRegistry)));
    };
    expect(findings('image-ignores-registry', {}, { fill })).toEqual([]);
  });
});

describe('image-version:', () => {
  const of = (image: string) => findings('image-version', { pod: pod(image) });
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

  test.each([
    'docker.io/library/node:24.19.0-trixie-slim',
    'registry.k8s.io/pause:3.10',
    'registry.example:5000/a/b:v1.2',
    'a/b:RELEASE.2025-01-02',
    'a/b:20250102',
    'a/b:sha-1a2b3c4',
    'a/b:1a2b3c4d5e6f',
    `a/b@${digest}`,
    `a/b:latest@${digest}`,
    'ubuntu:noble-20260113',
  ])('%s is exact', (image) => {
    expect(of(image)).toEqual([]);
  });

  test.each([
    'node',
    'registry.example:5000/node',
    'node:latest',
    'node:1.2-latest',
    'node:latest-1.2',
    'node:24',
    'node:stable',
    'node:feedface',
    'node:x-1-02-03',
    'node:1a2b3c4z',
    'node:zz1a2b3c4',
    'node@sha256:1234567',
  ])('%s is not', (image) => {
    expect(of(image)).toEqual([
      `[demo/pod in dev] Pod/p: /spec/initContainers/0/image is ${JSON.stringify(image)}, which is no exact version; use the tag of one release, such as 1.2.3, or add a digest (image-version).`,
    ]);
  });

  test('a digest is whole', () => {
    expect(of(`node@${digest}`)).toEqual([]);
    expect(of(`node@${digest}0`)).toHaveLength(1);
  });

  test('a container without an image is left to Kubernetes', () => {
    expect(findings('image-version', { pod: pod(undefined) })).toEqual([]);
  });
});
