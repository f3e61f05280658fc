import type { Tier } from '../synth';

/** The recommended labels of a tier, as spreadable fragments. */
export interface Labels {
  /** For objects; holds what may change from release to release. */
  readonly common: Readonly<Record<string, never>>;
  /** For selectors and pods; never changes during the life of a release. */
  readonly selector: Readonly<Record<string, never>>;
}

export function labelsOf<V, G>(tier: Tier<V, G>): Labels {
  const selector = { 'app.kubernetes.io/instance': tier.release.name };
  return {
    selector: tier.define('selectorLabels', selector),
    common: tier.define('labels', {
      ...selector,
      'app.kubernetes.io/part-of': 'platform',
      'app.kubernetes.io/managed-by': tier.release.service,
      'helm.sh/chart': `${tier.chart.name}-${tier.chart.version}`,
    }),
  };
}
