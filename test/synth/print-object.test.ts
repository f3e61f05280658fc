import { Construct } from 'constructs';
import { z } from 'zod';
import { ChartOnly, Manifest, not, When } from '../../synth';
import { template } from '../../synth/chart/templates';
import { distFiles, renderEnvironments } from '../../synth/dist';
import { configMap, demo, type DemoTier } from './fixture';
import { yaml } from './print-fixture';

/* Whole objects: which are there, in which file of the chart, in what order in dist/. */

const VALUES = {
  web: z.boolean().default(true).describe('Whether web is there.'),
  cache: z.boolean().default(false).describe('Whether the cache is there.'),
};
type Demo = DemoTier<typeof VALUES>;

test('an object below When() stands whole under its condition, below several under all', () => {
  const { chart, dist } = twins((tier) => {
    const web = new When(tier, 'web', tier.values.web);
    configMap(web, { a: 'b' });
    configMap(new When(web, 'cached', not(tier.values.cache)), { c: 'd' }, 'uncached');
  });
  expect(chart['configmap.yaml']).toBe(yaml`
    {{- if .Values.web }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: config
      namespace: {{ .Values.global.namespaces.demo | quote }}
    data:
      a: b
    {{- end }}
  `);
  expect(chart['configmap-uncached.yaml']).toBe(yaml`
    {{- if and .Values.web (not .Values.cache) }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: uncached
      namespace: {{ .Values.global.namespaces.demo | quote }}
    data:
      c: d
    {{- end }}
  `);
  expect(dist({})).toBe(yaml`
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: config
      namespace: demo
    data:
      a: b
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: uncached
      namespace: demo
    data:
      c: d
  `);
  expect(dist({ cache: true })).not.toContain('uncached');
  expect(dist({ web: false })).toBe('');
});

test('an object below ChartOnly() is in the chart and not in dist', () => {
  const { chart, dist } = twins((tier) => {
    configMap(new ChartOnly(tier, 'tests'), { a: 'b' });
  });
  expect(Object.keys(chart)).toEqual(['tests/configmap.yaml']);
  expect(dist({})).toBe('');
});

test('a template lies in the folder of its construct and is named after its kind', () => {
  const { chart } = twins((tier) => {
    const system = new Construct(tier, 'web');
    configMap(system, {}, 'first');
    configMap(system, {}, 'second');
    configMap(new Construct(system, 'sidecar'), {});
    const metadata = { name: 'web' };
    new Manifest(new When(system, 'budgeted', tier.values.web), 'budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1 },
    });
    new Manifest(tier, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata });
  });
  expect(Object.keys(chart)).toEqual([
    'web/configmap.yaml',
    'web/configmap-second.yaml',
    'web/sidecar/configmap.yaml',
    'web/pdb.yaml',
    'namespace.yaml',
  ]);
});

test('metadata begins with name and namespace; kinds without a namespace get none', () => {
  const { chart } = twins((tier) => {
    new Manifest(tier, 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { annotations: { a: 'b' }, labels: { c: 'd' }, name: 'x' },
    });
    new Manifest(tier, 'account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { annotations: { a: 'b' }, labels: {}, namespace: 'elsewhere', name: 'x' },
    });
  });
  expect(chart['namespace.yaml']).toBe(yaml`
    apiVersion: v1
    kind: Namespace
    metadata:
      name: x
      labels:
        c: d
      annotations:
        a: b
  `);
  expect(chart['serviceaccount.yaml']).toBe(yaml`
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: x
      namespace: elsewhere
      annotations:
        a: b
  `);
});

/** Templates by path, and the file of dist/ under given values of the tier. */
function twins(fill: (tier: Demo) => void) {
  const [plan] = demo(VALUES, fill).build().tiers;
  const templates = plan?.resources.map((resource) => [resource.path, template(resource)] as const);
  return {
    chart: Object.fromEntries(templates ?? []),
    dist: (values: Record<string, boolean>) => {
      const blueprint = demo(VALUES, fill, { demo: values }).build();
      return distFiles(renderEnvironments(blueprint)).get('dev/01-demo.k8s.yaml');
    },
  };
}
