import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';
import { distFiles, renderEnvironments } from '../../synth/dist';
import type { JsonMap } from '../../synth/merge';
import type { Platform } from '../../synth';
import { addTier, emptyPlatform } from './fixture';
import { ordered, others, workloads, type Sample } from './foreign-samples';

/* The same constructs in a chart of stock cdk8s and in a tier. */

/** Kinds of the samples that have no namespace: cdk8s gives them the chart's, a tier does not. */
const CLUSTER_SCOPED = [
  'ClusterRole',
  'ClusterRoleBinding',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
];

describe.each([
  ['workloads', workloads],
  ['other constructs', others],
  ['the order by dependencies', ordered],
])('a tier writes what cdk8s writes: %s', (_, samples) => {
  test.each(Object.entries(samples))('%s', (_name, sample) => {
    expect(ofTier(sample)).toStrictEqual(ofStock(sample).map(withoutNamespace));
  });
});

test('cdk8s gives a namespace to every kind that has none, so leaving it out is a difference', () => {
  const stock = Object.values({ ...workloads, ...others }).flatMap(ofStock);
  const cluster = stock.filter(isClusterScoped);
  expect([...new Set(cluster.map(({ kind }) => kind))].sort()).toEqual(CLUSTER_SCOPED);
  for (const { metadata } of cluster) expect(metadata).toMatchObject({ namespace: 'demo' });
});

test('the order by dependencies is another than that of the code', () => {
  const names = (sample: Sample | undefined) =>
    ofTier(sample ?? fail).map(({ metadata }) => (metadata as JsonMap)['name']);
  expect(names(ordered['between objects'])).toEqual(['demo-c', 'demo-b', 'demo-a']);
  expect(names(ordered['between constructs'])).toEqual([
    'demo-back-one',
    'demo-back-inner-two',
    'demo-front-one',
    'demo-front-inner-two',
  ]);
  expect(names(ordered['of an object on a construct'])).toEqual(['demo-later-one', 'demo-first']);
});

test('a tier whose contents depend on those of another comes after it', () => {
  const platform = emptyPlatform();
  const demo = addTier(platform, 'demo', {}, config);
  const other = addTier(platform, 'other', {}, config);
  demo.node.findChild('config').node.addDependency(other.node.findChild('config'));
  expect(platform.build().tiers.map(({ name }) => name)).toEqual(['other', 'demo']);
});

test('a cycle of dependencies is a problem of the tier', () => {
  const platform = emptyPlatform();
  const tier = addTier(platform, 'demo', {}, (chart) => {
    new kplus.ConfigMap(chart, 'a').node.addDependency(new kplus.ConfigMap(chart, 'b'));
  });
  tier.node.findChild('b').node.addDependency(tier.node.findChild('a'));
  expect(() => platform.build()).toThrow(
    '1 problem:\n  [demo] Dependency cycle detected: demo/a => demo/b => demo/a',
  );
});

function config(chart: Chart): void {
  new kplus.ConfigMap(chart, 'config');
}

function fail(): never {
  throw new Error('There is no such sample.');
}

/** What stock cdk8s writes. */
function ofStock(sample: Sample): JsonMap[] {
  const app = new App();
  sample(new Chart(app, 'demo', { namespace: 'demo' }));
  return documents(app.synthYaml());
}

/** What dist/ holds. */
function ofTier(sample: Sample): JsonMap[] {
  const platform = emptyPlatform();
  addTier(platform, 'demo', {}, sample);
  return documents(dist(platform));
}

function dist(platform: Platform): string {
  return distFiles(renderEnvironments(platform.build())).get('dev/01-demo.k8s.yaml') ?? '';
}

/** Integers as bigint, so that 1 is not 1.0. */
function documents(yaml: string): JsonMap[] {
  const parsed = parseAllDocuments(yaml, { intAsBigInt: true });
  return parsed.map((document) => document.toJS() as JsonMap);
}

const isClusterScoped = ({ kind }: JsonMap) =>
  typeof kind === 'string' && CLUSTER_SCOPED.includes(kind);

function withoutNamespace(object: JsonMap): JsonMap {
  if (!isClusterScoped(object)) return object;
  const { namespace: _, ...metadata } = object['metadata'] as JsonMap;
  return { ...object, metadata };
}
