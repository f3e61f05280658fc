import type { PlatformTier } from './globals';

/** Annotations by which Prometheus finds the pods, and knows their tier. */
export const scrapeAnnotations = (tier: PlatformTier, port: number) => ({
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': String(port),
  'prometheus.io/path': '/metrics',
  'twinchart.dev/tier': tier.options.name,
});
