import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { imagesOf } from '../../synth/container-images';
import { merge, type JsonMap } from '../../synth/merge';
import { distRelease, renderTier, sceneOf, valuesOf } from '../../synth/scene';
import { blueprint, TierObjects } from './tier-objects';

/* The images of the reference platform. */

test('one value moves every image to a mirror, that of the test pod too', () => {
  const registry = 'mirror.example/hub';
  const images = blueprint.environments.flatMap((environment) => {
    const overlay = merge(environment.values, { global: { imageRegistry: registry } });
    const release = distRelease(blueprint, environment);
    return blueprint.tiers.flatMap((tier) => {
      const values = valuesOf(blueprint, tier, overlay as JsonMap);
      const rendered = renderTier(tier, sceneOf(blueprint, tier, values, release));
      return rendered.flatMap(({ json }) => imagesOf(json).map((image) => `${tier.name} ${image}`));
    });
  });
  const expected = [
    'app mirror.example/hub/platform/node-example:',
    'cluster mirror.example/hub/google/cadvisor:',
    'cluster mirror.example/hub/kube-state-metrics/kube-state-metrics:',
    'cluster mirror.example/hub/nvidia/k8s-device-plugin:',
    'cluster mirror.example/hub/nvidia/k8s/dcgm-exporter:',
    'cluster mirror.example/hub/prometheus/node-exporter:',
    'data mirror.example/hub/library/mongo:',
    'data mirror.example/hub/library/node:',
    'data mirror.example/hub/library/redis:',
    'data mirror.example/hub/oliver006/redis_exporter:',
    'data mirror.example/hub/percona/mongodb_exporter:',
    'gpu mirror.example/hub/library/node:',
    'gpu mirror.example/hub/ollama/ollama:',
    'network mirror.example/hub/nginx/nginx-prometheus-exporter:',
    'network mirror.example/hub/nginxinc/nginx-unprivileged:',
  ];
  const names = images.map((image) => image.replace(/:.*/, ':'));
  // Service, two stores and two times nginx, all with exporters; two tests, accounts; in dev secrets,
  // elsewhere dumps, in staging test data. Ollama, its models, its test. kube-state-metrics; in prod
  // four agents, in staging two where it had them.
  expect(names).toHaveLength(16 + 1 + (17 + 3) + (16 + 5));
  expect([...new Set(names)].sort()).toEqual(expected);
});

test('the image of the Node service has the version of its package', () => {
  const path = resolve(__dirname, '../../services/node-example/package.json');
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  const [image] = imagesOf(new TierObjects('app').get('Deployment', 'node-service', 'prod'));
  expect(image).toBe(`registry.example/platform/node-example:${version}`);
});
