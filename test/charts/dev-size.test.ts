import { compose } from '../../main';
import { at, listAt, mapAt, textAt } from '../../synth/checks/json';
import { renderEnvironments } from '../../synth/dist';
import { isMap, type JsonMap } from '../../synth/merge';
import { asText, type Json } from '../../synth/node';
import { show } from '../../synth/problems';

/* The environment dev fits on a laptop, whatever runs at once. */

const tiers = renderEnvironments(compose().build()).filter(
  ({ environment }) => environment === 'dev',
);
/** The pods of `helm test` run beside the others. */
const objects = tiers.flatMap((tier) =>
  [...tier.objects, ...tier.chartOnly].map(({ json }) => json),
);
const Gi = 2 ** 30;

test('all pods at once ask for less than 2 CPU and 4 GiB of memory', () => {
  expect(total('cpu')).toBeGreaterThan(0);
  expect(total('cpu')).toBeLessThan(2);
  expect(total('memory')).toBeGreaterThan(0);
  expect(total('memory')).toBeLessThan(4 * Gi);
});

test('no container takes memory without end', () => {
  for (const { spec } of pods()) expect(ofPod(spec, 'limits', 'memory')).toBeGreaterThan(0);
});

test('nothing asks for a GPU', () => {
  const resources = pods().flatMap(({ spec }) => containersOf(spec).map((one) => one['resources']));
  expect(JSON.stringify(resources)).not.toMatch(/gpu/);
});

test('nothing is reachable from outside', () => {
  const kinds = new Set(objects.map(({ kind }) => asText(kind)));
  expect([...kinds].filter((kind) => /Ingress|Route|Gateway/.test(kind))).toEqual([]);
  const services = objects.filter(({ kind }) => kind === 'Service');
  expect(services.length).toBeGreaterThan(0);
  for (const service of services) {
    expect(at(service, 'spec', 'type') ?? 'ClusterIP').toBe('ClusterIP');
    expect(mapAt(service, 'spec')).not.toHaveProperty('externalIPs');
  }
  expect(JSON.stringify(objects)).not.toMatch(/"hostPort"|"hostNetwork":true/);
});

test.each([
  ['1', 1],
  ['100m', 0.1],
  ['1.5', 1.5],
  ['2k', 2000],
  ['64Mi', 64 * 2 ** 20],
  ['1Gi', Gi],
  ['0.5Gi', Gi / 2],
  ['1G', 1e9],
])('a quantity of %s is %d', (text, expected) => {
  expect(quantity(text)).toBe(expected);
});

test.each(['', '1 Gi', '1gb', 'Gi', undefined])('a quantity of %p is none', (text) => {
  expect(() => quantity(text)).toThrow(`${show(text)} is no quantity.`);
});

test('a pod asks for all its containers, or for the largest of those that run before them', () => {
  const container = (memory: string) => ({ resources: { requests: { memory } } });
  const init = [container('3Gi'), container('1Gi')];
  const spec = { containers: [container('1Gi'), container('1Gi')] };
  expect(ofPod(spec, 'requests', 'memory')).toBe(2 * Gi);
  expect(ofPod({ ...spec, initContainers: init }, 'requests', 'memory')).toBe(3 * Gi);
  const sidecar = { ...container('2Gi'), restartPolicy: 'Always' };
  expect(ofPod({ ...spec, initContainers: [sidecar] }, 'requests', 'memory')).toBe(4 * Gi);
});

interface Pods {
  readonly spec: JsonMap;
  readonly count: number;
}

/** All pods that can be there at the same time; a kind that is not known here is an error. */
function pods(): Pods[] {
  return objects.flatMap((json): Pods[] => {
    const spec = mapAt(json, 'spec');
    switch (json['kind']) {
      case 'Pod':
        return [{ spec, count: 1 }];
      case 'Deployment':
      case 'StatefulSet':
        return [{ spec: mapAt(spec, 'template', 'spec'), count: Number(spec['replicas'] ?? 1) }];
      case 'Job':
        return [{ spec: mapAt(spec, 'template', 'spec'), count: Number(spec['parallelism'] ?? 1) }];
      case 'CronJob':
        expect(spec['concurrencyPolicy']).toBe('Forbid');
        return [{ spec: mapAt(spec, 'jobTemplate', 'spec', 'template', 'spec'), count: 1 }];
      default:
        if (/"containers":/.test(JSON.stringify(spec))) {
          throw new Error(`How many pods does ${textAt(json, 'kind')} make?`);
        }
        return [];
    }
  });
}

type Amount = 'requests' | 'limits';

const total = (resource: string) =>
  sum(pods().map(({ spec, count }) => count * ofPod(spec, 'requests', resource)));

/** What the scheduler sets aside for a pod: init containers that end run one after the other. */
function ofPod(spec: JsonMap, amount: Amount, resource: string): number {
  const of = (one: Json) => quantity(at(one, 'resources', amount, resource));
  const isSidecar = (one: Json) => at(one, 'restartPolicy') === 'Always';
  const init = listAt(spec, 'initContainers');
  const together = [...listAt(spec, 'containers'), ...init.filter(isSidecar)];
  return Math.max(sum(together.map(of)), ...init.filter((one) => !isSidecar(one)).map(of));
}

const containersOf = (spec: JsonMap): JsonMap[] =>
  [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')].filter(isMap);

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** As a number; one that is missing is an error: without it there is no bound. */
function quantity(json: Json | undefined): number {
  const units: Record<string, number> = {
    ...{ '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12 },
    ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 },
  };
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(asText(json)) ?? [];
  const factor = number === '' ? undefined : units[unit];
  if (factor === undefined) throw new Error(`${show(json)} is no quantity.`);
  return Number(number) * factor;
}
