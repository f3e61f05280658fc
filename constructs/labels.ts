import { App } from 'cdk8s';
import { Platform } from '../synth';
import type { PlatformTier } from './globals';

/** The recommended labels of a tier, as spreadable fragments. */
export interface Labels {
  /** For objects; holds what may change from release to release. */
  readonly common: Readonly<Record<string, never>>;
  /** For selectors and pods; never changes during the life of a release. */
  readonly selector: Readonly<Record<string, never>>;
}

/** Annotation of what stays when a release is uninstalled: namespaces, and claims with data. */
export const keptByHelm = { 'helm.sh/resource-policy': 'keep' } as const;

const made = new WeakMap<PlatformTier, Labels>();

/** The labels of a tier; its chart has them as two helpers. */
export function labelsOf(tier: PlatformTier): Labels {
  const labels = made.get(tier) ?? makeLabels(tier);
  made.set(tier, labels);
  return labels;
}

/** What all objects are part of. */
export function platformName(tier: PlatformTier): string {
  const app = App.of(tier);
  return app instanceof Platform ? app.options.chart.name : tier.options.name;
}

function makeLabels(tier: PlatformTier): Labels {
  const selector = { 'app.kubernetes.io/instance': tier.release.name };
  return {
    selector: tier.define('selectorLabels', selector),
    common: tier.define('labels', {
      ...selector,
      'app.kubernetes.io/part-of': platformName(tier),
      'app.kubernetes.io/managed-by': tier.release.service,
      'helm.sh/chart': `${tier.chart.name}-${tier.chart.version}`,
    }),
  };
}
