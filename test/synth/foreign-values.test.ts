import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { z } from 'zod';
import { Manifest } from '../../synth';
import { template } from '../../synth/chart/templates';
import { distRelease, renderTier, sceneOf, valuesOf } from '../../synth/scene';
import { addTier, emptyPlatform, environment, problemsOf, type DemoTier } from './fixture';
import { PrometheusRule } from './imported-crd';
import { yaml } from './print-fixture';

/* A Value in a construct that knows of none goes in as a text: `${value}`. */

const VALUES = {
  tag: z
    .string()
    .regex(/^[a-z0-9.]+$/)
    .default('1.2.3')
    .describe('Version.'),
  level: z.enum(['info', 'debug']).default('info').describe('Level.'),
  title: z.string().default('').describe('Text.'),
  replicas: z.int().min(0).max(9).default(2).describe('Pods.'),
};

test('a text with values in a construct of cdk8s-plus lands in both twins', () => {
  const { chart, objects } = twins(({ values, release }, tier) => {
    new kplus.Pod(tier, 'pod', {
      metadata: { name: `${release.name}-web`, labels: { level: `${values.level}` } },
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'web',
          image: `registry.example/web:${values.tag}`,
          envVariables: { TITLE: kplus.EnvValue.fromValue(`${values.title}`) },
          args: ['--title', `the "${values.title}"`],
        },
      ],
    });
  });
  expect(chart).toContain(yaml`
    metadata:
      name: {{ printf "%s-web" .Release.Name | quote }}
      namespace: {{ .Values.global.namespaces.demo | quote }}
      labels:
        cdk8s.io/metadata.addr: demo-pod-c8998e03
        level: {{ .Values.level | quote }}
    spec:
      automountServiceAccountToken: false
      containers:
        - args:
            - "--title"
            - {{ printf \`the "%s"\` .Values.title | quote }}
          env:
            - name: TITLE
              value: {{ .Values.title | quote }}
          image: "registry.example/web:{{ .Values.tag }}"
  `);
  expect(objects({ title: 'a "b"', level: 'debug' })).toMatchObject([
    {
      metadata: { name: 'main-web', namespace: 'demo', labels: { level: 'debug' } },
      spec: {
        containers: [
          {
            image: 'registry.example/web:1.2.3',
            args: ['--title', 'the "a "b""'],
            env: [{ name: 'TITLE', value: 'a "b"' }],
          },
        ],
      },
    },
  ]);
});

test('a text with values in an imported custom resource lands in both twins', () => {
  const { chart, objects } = twins(({ values }, tier) => {
    new PrometheusRule(tier, 'rules', {
      metadata: { name: 'rules' },
      spec: { groups: [{ name: 'web', rules: [{ expr: `up{level="${values.level}"} == 0` }] }] },
    });
  });
  expect(chart).toBe(yaml`
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata:
      name: rules
      namespace: {{ .Values.global.namespaces.demo | quote }}
    spec:
      groups:
        - name: web
          rules:
            - expr: "up{level=\"{{ .Values.level }}\"} == 0"
  `);
  const [rules] = objects({ level: 'debug' });
  expect(rules).toMatchObject({
    spec: { groups: [{ name: 'web', rules: [{ expr: 'up{level="debug"} == 0' }] }] },
  });
});

test('a plain ApiObject takes Values themselves', () => {
  const { chart, objects } = twins(({ values }, tier) => {
    const props = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } };
    new ApiObject(tier, 'widget', { ...props, spec: { size: values.replicas } });
  });
  expect(chart).toContain('spec:\n  size: {{ .Values.replicas }}\n');
  expect(objects({ replicas: 0 })).toMatchObject([{ spec: { size: 0 } }]);
});

const deployment = ({ values }: Demo, tier: Demo) =>
  new Manifest(tier, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', annotations: { drop: 'me', title: values.title } },
    spec: {
      replicas: values.replicas,
      selector: {},
      template: { spec: { containers: [{ name: 'web', image: `web:${values.tag}` }] } },
    },
  });

test('a JSON patch changes the constant parts of a manifest; its Values stay', () => {
  const { chart, objects } = twins((self, tier) => {
    deployment(self, tier).addJsonPatch(
      JsonPatch.add('/spec/template/spec/containers/0/env', [{ name: 'A', value: 'a' }]),
      JsonPatch.add('/spec/template/spec/containers/-', { name: 'side', image: 'side:1' }),
      JsonPatch.replace('/metadata/name', 'patched'),
      JsonPatch.remove('/metadata/annotations/drop'),
      JsonPatch.add('/spec/paused', true),
      JsonPatch.add('/metadata/annotations/level', `${self.values.level}`),
      JsonPatch.move('/spec/replicas', '/spec/progressDeadlineSeconds'),
    );
  });
  expect(chart).toBe(yaml`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: patched
      namespace: {{ .Values.global.namespaces.demo | quote }}
      annotations:
        title: {{ .Values.title | quote }}
        level: {{ .Values.level | quote }}
    spec:
      selector: {}
      template:
        spec:
          containers:
            - name: web
              image: "web:{{ .Values.tag }}"
              env:
                - name: A
                  value: a
            - name: side
              image: side:1
      paused: true
      progressDeadlineSeconds: {{ .Values.replicas }}
  `);
  expect(objects({ replicas: 7 })).toMatchObject([
    { metadata: { name: 'patched' }, spec: { progressDeadlineSeconds: 7, paused: true } },
  ]);
});

test('a Value in a JSON patch is refused, as patches are copied by way of text', () => {
  const problems = problemsOf(() =>
    twins((self, tier) => {
      deployment(self, tier).addJsonPatch(JsonPatch.add('/spec/x', self.values.replicas));
    }),
  );
  expect(problems).toEqual([
    expect.stringMatching(
      /^\[demo\/deployment, .*\] The value demo\.replicas was given to JSON\.stringify, but it is known only when a twin is made; build the text with a template literal\.$/,
    ),
  ]);
});

type Demo = DemoTier<typeof VALUES>;

/** The templates of a tier, and its objects for given values. */
function twins(fill: (self: Demo, tier: Demo) => void) {
  const platform = emptyPlatform({ dev: {} });
  addTier(platform, 'demo', VALUES, (tier) => {
    fill(tier, tier);
  });
  const blueprint = platform.build();
  const [plan] = blueprint.tiers;
  if (plan === undefined) throw new Error('The tier is gone.');
  const release = distRelease(
    blueprint,
    environment({ release: { name: 'main', namespace: 'x' } }),
  );
  return {
    chart: plan.resources.map(template).join('---\n'),
    objects: (demo: Record<string, string | number>) =>
      renderTier(plan, sceneOf(blueprint, plan, valuesOf(blueprint, plan, { demo }), release)).map(
        ({ json }) => json,
      ),
  };
}
