import { z } from 'zod';
import { Platform, withOverlay, type NamedOverlay } from '../../synth';
import { chartFiles } from '../../synth/chart';
import { addTier, configMap, environment, problemsOf } from './fixture';

/* Overlays that are no environment: values to put over those of one. */

const values = { size: z.int().min(1).max(9).default(1).describe('Size.') };

function compose(overlays: readonly NamedOverlay[]): Platform {
  const platform = new Platform({
    chart: {
      name: 'demo',
      description: 'A demo.',
      version: '1.0.0',
      appVersion: '1.0.0',
      kubeVersion: '>=1.28.0-0',
    },
    environments: [environment({ values: { demo: { size: 2 } } })],
    overlays,
  });
  addTier(platform, 'demo', values, (tier) => configMap(tier, { size: `${tier.values.size}` }));
  return platform;
}

const cloud = (changes: Partial<NamedOverlay> = {}): NamedOverlay => ({
  name: 'cloud',
  summary: 'a cloud.',
  values: { demo: { size: 3 } },
  ...changes,
});
const problems = (...overlays: NamedOverlay[]) => problemsOf(() => compose(overlays).build());

test('an overlay is a values file of the umbrella and of each tier, without a folder of dist', () => {
  const files = chartFiles(compose([cloud()]).build());
  expect(files.get('values-cloud.yaml')).toContain('# cloud: a cloud.\n');
  expect(files.get('values-cloud.yaml')).toContain('\ndemo:\n  size: 3\n');
  expect(files.get('charts/demo/values-cloud.yaml')).toContain('\nsize: 3\n');
});

test('it keeps what the defaults say too, since the environment below may say something else', () => {
  const files = chartFiles(compose([cloud({ values: { demo: { size: 1 } } })]).build());
  expect(files.get('values-cloud.yaml')).toContain('\ndemo:\n  size: 1\n');
  expect(files.get('charts/demo/values-cloud.yaml')).toContain('\nsize: 1\n');
  expect(files.get('values-dev.yaml')).toContain('\ndemo:\n  size: 2\n');
});

test('of global, the chart of a tier gets what it reads', () => {
  const values = { global: { namespaces: { demo: 'demo' } } };
  const files = chartFiles(compose([cloud({ values })]).build());
  expect(files.get('values-cloud.yaml')).toContain('\nglobal:\n  namespaces:\n    demo: demo\n');
  expect(files.get('charts/demo/values-cloud.yaml')).toContain('\n  namespaces:\n    demo: demo\n');
});

test('withOverlay joins values as Helm joins two files', () => {
  const over = cloud({ values: { demo: { size: 3 }, global: { domain: 'cloud.example' } } });
  expect(withOverlay(environment({ values: { demo: { size: 2 } } }), over)).toEqual(
    environment({ values: { demo: { size: 3 }, global: { domain: 'cloud.example' } } }),
  );
});

test('an overlay has a name of its own', () => {
  expect(problems(cloud({ name: 'dev' }), cloud(), cloud())).toEqual([
    '[overlays] Overlay "dev" has the name of an environment or of another overlay; give it one of its own.',
    '[overlays] Overlay "cloud" has the name of an environment or of another overlay; give it one of its own.',
  ]);
});

test('what the schema refuses is told with the environment that the overlay lies over', () => {
  expect(problems(cloud({ values: { demo: { size: 10 } } }))).toEqual([
    '[environment dev with overlay cloud] Value demo.size is 10; it must be <= 9.',
  ]);
});

test('summary and values obey the rules of environments', () => {
  expect(problems(cloud({ name: 'A', summary: 'two\nlines' }))).toEqual([
    '[overlays] Overlay name "A" cannot be part of a file name; use up to 63 lower-case letters, digits and "-".',
    '[overlay A] The summary is "two\\nlines"; it must be one line of text.',
  ]);
});
