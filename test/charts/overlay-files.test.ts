import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { compose } from '../../main';
import { withOverlay } from '../../synth';
import { merge, type JsonMap } from '../../synth/merge';

/* What Helm makes of the values files of an environment and of a cloud, one over the other. */

const { environments, overlays, tiers, globalDefaults } = compose().build();
const defaults: JsonMap = {
  global: globalDefaults,
  ...Object.fromEntries(tiers.map((tier) => [tier.name, tier.defaults])),
};
const fileOf = (name: string) =>
  parse(
    readFileSync(resolve(__dirname, `../../helm/platform/values-${name}.yaml`), 'utf8'),
  ) as JsonMap;

test.each(
  environments.flatMap((environment) =>
    overlays.map((overlay) => [environment.name, overlay.name, environment, overlay] as const),
  ),
)('over %s, the file of %s gives what withOverlay() gives', (_, __, environment, overlay) => {
  const files = merge(merge(defaults, fileOf(environment.name)), fileOf(overlay.name));
  const { values } = withOverlay(environment, overlay);
  expect(files).toEqual(merge(defaults, values as JsonMap));
});
