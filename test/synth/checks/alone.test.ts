import { portRegistry } from '../../../synth';
import { checks } from '../../../synth/checks';
import type { Check } from '../../../synth/checks/check';
import { World, worldsOf } from '../../../synth/checks/world';
import { renderEnvironments } from '../../../synth/dist';
import { configMap, deploymentOf, object, platformWith } from './fixture';

/* Checks that say that they look at each object alone run once for what several environments have. */

const purpose = 'For tests.';
const ports = portRegistry({
  ranges: { api: { from: 3100, to: 3102, purpose, tiers: ['demo'] } },
  ports: { api: { port: 3100, range: 'api', tier: 'demo', owner: 'api', purpose } },
});

const probe = { httpGet: { port: 3100 } };
const container = {
  name: 'web',
  image: 'docker.io/library/node:latest',
  env: [
    { name: 'A', value: '1' },
    { name: 'A', value: '2' },
  ],
  ports: [{ containerPort: 3100 }, { containerPort: 3101 }],
  resources: { requests: { cpu: '2', memory: '512MB' }, limits: { cpu: '1' } },
  livenessProbe: probe,
  readinessProbe: probe,
};

/** Wrong in every way that one object can be, and twice so that each could tell of the other. */
const bad = (name: string) => ({
  [`${name}-deployment`]: {
    ...deploymentOf(container, { selector: { matchLabels: { app: name } } }),
    metadata: { name: `${name}_`, labels: { 'a b': 'c d' }, annotations: { 'a b': 'c' } },
  },
  [`${name}-config`]: configMap(name, { 'a/b': 'c' }),
  [`${name}-large`]: configMap(`${name}-large`, { a: 'a'.repeat(300_000) }),
  [`${name}-huge`]: configMap(`${name}-huge`, { a: 'a'.repeat(1_100_000) }),
  [`${name}-secret`]: object('v1', 'Secret', name, { stringData: { a: 'b' } }),
  [`${name}-scaler`]: object('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 3,
      maxReplicas: 2,
    },
  }),
});

const platform = platformWith({ ...bad('one'), ...bad('two') }, { ports });
const blueprint = platform.build();
const { options } = platform;
const tiers = renderEnvironments(blueprint);
const [world] = worldsOf({ blueprint, options, tiers }) as [World];

const messagesOf = (check: Check, one: World) =>
  [...check.find(one)].map(({ object: { where }, message }) => `${where} ${message}`);

/** What a check finds in worlds of one object each. */
const oneByOne = (check: Check) =>
  tiers.flatMap((tier) =>
    tier.objects.flatMap((only) =>
      messagesOf(
        check,
        new World(blueprint, options, world.environment, [{ ...tier, objects: [only] }]),
      ),
    ),
  );

describe.each(checks.filter(({ alone }) => alone === true))('$id', (check) => {
  test('finds the same in each object alone', () => {
    const found = messagesOf(check, world);
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(oneByOne(check).sort()).toEqual(found.sort());
  });
});
