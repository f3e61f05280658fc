import { ApiObject } from 'cdk8s';
import { When, describeValue, type Val } from '../synth';
import type { PlatformTier } from './globals';
import type { Workload } from './workload';

const made = new WeakMap<PlatformTier, Set<string>>();

export interface SecretSource {
  readonly name: Val<string>;
  readonly keys: readonly string[];
  /** What it is for, in a sentence. */
  readonly why: string;
}

/**
 * Says that a Secret is there before the workload starts, and lets the External Secrets Operator
 * fill it where global.secrets.external is on. Once for each Secret of a tier, with the first
 * workload that uses it. ExternalSecret is a foreign kind, so it is off by default, and the chart
 * ships no definition of it.
 */
export function secretSource(workload: Workload, id: string, source: SecretSource): void {
  const { tier } = workload;
  const { name, keys, why } = source;
  const names = made.get(tier) ?? new Set();
  made.set(tier, names);
  if (names.has(describeValue(name))) return;
  names.add(describeValue(name));
  tier.expectsSecret(name, keys, why);
  const { enabled, store, refreshInterval } = tier.global.secrets.external;
  new ApiObject(new When(workload, `${id}-external`, enabled), id, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { ...workload.metadata, name },
    spec: {
      refreshInterval,
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      target: { name },
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key: name, property: key } })),
    },
    // cdk8s knows no Values; they pass through it.
  } as never);
}
