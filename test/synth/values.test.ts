import { z } from 'zod';
import { chartFiles } from '../../synth/chart';
import { complaintsAboutValues } from '../../synth/check-values';
import { Problems } from '../../synth/problems';
import { checkOverlay, valuesOf } from '../../synth/scene';
import type { JsonMap } from '../../synth/merge';
import { helm3, helm4 } from '../../synth/proof/programs';
import { addTier, configMap, emptyPlatform, sample } from './fixture';
import { ChartFolder } from './helm';

/** A platform of two tiers: demo connects to other, and spreads a map value beside fixed keys. */
function blueprintOf(overlay: JsonMap = {}) {
  const platform = emptyPlatform({ dev: overlay });
  const other = addTier(platform, 'other', { name: sample.name });
  addTier(platform, 'demo', sample, (tier) => {
    tier.connectsTo(other.endpoint('api', () => ({ port: 80 })));
    configMap(tier, { fixed: tier.values.text, ...tier.values.extra });
  });
  return platform.build();
}

describe('an overlay of the chart', () => {
  const overlay = {
    demo: { text: 'a', count: 2, labels: { a: 'b' }, group: { port: 80 }, words: ['a'] },
    other: { enabled: true, name: 'a' },
    global: { domain: 'dev.example', namespaces: { demo: 'demo', other: 'apart' } },
  };
  const files = chartFiles(blueprintOf(overlay));

  test('holds only what differs from the defaults', () => {
    expect(files.get('values-dev.yaml')).toBe(`\
# dev: for tests.
# yaml-language-server: $schema=values.schema.json
global:
  domain: dev.example
  namespaces:
    other: apart
demo:
  count: 2
  labels:
    a: b
  words:
    - a
`);
  });

  test('of a tier holds what differs in the tier and in the global values that it reads', () => {
    expect(files.get('charts/demo/values-dev.yaml')).toBe(`\
# dev: for tests.
# yaml-language-server: $schema=values.schema.json
count: 2
words:
  - a
labels:
  a: b
global:
  namespaces:
    other: apart
`);
    expect(files.get('charts/other/values-dev.yaml')).toBe(`\
# dev: for tests.
# yaml-language-server: $schema=values.schema.json
{}
`);
  });

  test('that changes nothing is empty', () => {
    expect(chartFiles(blueprintOf()).get('values-dev.yaml')).toBe(`\
# dev: for tests.
# yaml-language-server: $schema=values.schema.json
{}
`);
  });
});

describe('the values file', () => {
  test('of a tier says of each value what it does, what it can be and what stays', () => {
    const platform = emptyPlatform();
    const labels = sample.labels.meta({ examples: [{ team: 'web' }] });
    const size = sample.name.meta({ immutable: 'a claim keeps its size.' });
    const rows = z.strictObject({ level: sample.level, size });
    addTier(platform, 'demo', { count: sample.count, labels, rows }, (tier) => {
      configMap(tier, { count: tier.values.count });
    });
    expect(chartFiles(platform.build()).get('charts/demo/values.yaml')).toBe(`\
# yaml-language-server: $schema=values.schema.json
# Values of the tier demo. Tier demo.

# Shared by all tiers; set once for the umbrella chart.
global:
  namespaces:
    # Namespace of demo.
    demo: demo
    # Namespace of other.
    other: other

# Count.
count: 1

# Labels.
labels: {}
# Example:
# labels:
#   team: web

rows:
  # Level. One of low, high.
  level: low
  # Name. Immutable: a claim keeps its size.
  size: a
`);
  });

  test('of a tier without values ends after the global ones', () => {
    const platform = emptyPlatform();
    addTier(platform, 'demo', {});
    expect(chartFiles(platform.build()).get('charts/demo/values.yaml')).toBe(`\
# yaml-language-server: $schema=values.schema.json
# Values of the tier demo. Tier demo.

global: {}
`);
  });
});

/** Documents of the umbrella, and whether they can be installed. */
const documents: readonly (readonly [rule: string, accepted: boolean, overlay: JsonMap])[] = [
  ['nothing', true, {}],
  [
    'every value',
    true,
    {
      demo: {
        text: 'ü',
        name: 'b',
        count: 2,
        ratio: 0.25,
        level: 'high',
        active: true,
        words: ['a'],
        hosts: [{ host: 'a', port: 1 }],
        labels: { 'a/b': 'c' },
        group: { port: 1 },
      },
    },
  ],
  [
    'any JSON in a structural value',
    true,
    {
      demo: {
        extra: { free: { a: [1, 0.5, -1, { b: [] }] } },
        extraList: ['a', 1e15, { c: true }],
      },
    },
  ],
  [
    'a number at the end of its range',
    true,
    { demo: { count: 100, ratio: 1, large: 9007199254740991 } },
  ],
  ['a global key of other charts', true, { global: { theirs: { a: 1 } } }],
  [
    'a tier that is off and not needed',
    true,
    { demo: { enabled: false }, other: { enabled: false } },
  ],
  ['a tier that is off and needed', false, { other: { enabled: false } }],
  ['a key of no tier', false, { dmeo: {} }],
  ['an unknown key of a tier', false, { demo: { prot: 1 } }],
  ['an unknown key of a group', false, { demo: { group: { prot: 1 } } }],
  ['an unknown key of a global group', false, { global: { namespaces: { third: 'a' } } }],
  ['a global value of another type', false, { global: { namespaces: { demo: 1 } } }],
  ['text for a number', false, { demo: { count: '1' } }],
  ['a fraction for an integer', false, { demo: { count: 1.5 } }],
  ['a number beyond its range', false, { demo: { count: 101 } }],
  ['a number beyond all exact ones', false, { demo: { extra: { a: 2 ** 60 } } }],
  ['text against its pattern', false, { demo: { name: 'A' } }],
  ['another word', false, { demo: { level: 'medium' } }],
  ['text that Helm does not carry', false, { demo: { text: 'a\u0007' } }],
  ['text in any JSON that Helm does not carry', false, { demo: { extra: { a: ['\u2028'] } } }],
  ['an item without a key', false, { demo: { hosts: [{ host: 'a' }] } }],
  ['an item with an unknown key', false, { demo: { hosts: [{ host: 'a', port: 1, path: '/' }] } }],
  ['a key that YAML reads as a boolean', false, { demo: { labels: { on: 'a' } } }],
  ['a key that stands fixed beside the map', false, { demo: { extra: { fixed: 'a' } } }],
];

/** Of these, which are tried with the chart of a tier as well. */
const ALONE = [
  'every value',
  'any JSON in a structural value',
  'an unknown key of a tier',
  'a number beyond its range',
  'text that Helm does not carry',
  'a key that stands fixed beside the map',
];

describe('what the synth refuses Helm refuses, and nothing else:', () => {
  const blueprint = blueprintOf();
  const chart = new ChartFolder(chartFiles(blueprint));
  afterAll(() => {
    chart.remove();
  });

  const isRefused = (overlay: JsonMap) => {
    const problems = new Problems();
    checkOverlay(blueprint, 'sample', overlay, problems);
    return problems.count > 0;
  };

  test.each(documents)('%s', (rule, accepted, overlay) => {
    // Helm has to let foreign global keys pass; in an environment of ours they are a mistake.
    if (rule !== 'a global key of other charts') expect(isRefused(overlay)).toBe(!accepted);
    for (const helm of [helm3(), helm4()]) {
      const ran = chart.template(helm, overlay);
      expect({ helm: helm.name, ...ran }).toMatchObject({ helm: helm.name, accepted });
    }
  });

  test('but U+0085, which Helm 3 turns into a space before it checks', () => {
    const overlay = { demo: { extra: { a: '\u0085' } } };
    expect(isRefused(overlay)).toBe(true);
    expect(chart.template(helm4(), overlay).accepted).toBe(false);
    expect(chart.template(helm3(), overlay).stdout).toContain("  a: ' '\n");
  });

  test('a tier without values of its own or shared ones installs alone', () => {
    for (const helm of [helm3(), helm4()]) {
      expect(chart.template(helm, {}, 'charts/other')).toMatchObject({ accepted: true });
    }
  });

  test('also where a tier is installed alone', () => {
    const tier = blueprint.tiers.find(({ name }) => name === 'demo');
    if (tier === undefined) throw new Error('Tier demo is gone.');
    for (const [rule, , overlay] of documents.filter(([name]) => ALONE.includes(name))) {
      const values = { ...(overlay['demo'] as JsonMap), global: overlay['global'] ?? {} };
      const complete = valuesOf(blueprint, tier, overlay);
      const accepted = complaintsAboutValues(complete, tier.chartSchema, 'demo').length === 0;
      for (const helm of [helm3(), helm4()]) {
        const ran = chart.template(helm, values, 'charts/demo');
        expect({ rule, helm: helm.name, ...ran }).toMatchObject({
          rule,
          helm: helm.name,
          accepted,
        });
      }
    }
  });
});
