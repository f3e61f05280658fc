import { KUBERNETES, type KubernetesVersion } from './programs';

/** That of the run, for what a test starts of its own; the newest for a cluster between the two. */
export function kubernetes(): KubernetesVersion {
  const version = process.env['TWINCHART_CLUSTER_VERSION'] ?? '';
  return KUBERNETES.find((one) => version.startsWith(`${one}.`)) ?? '1.37';
}
