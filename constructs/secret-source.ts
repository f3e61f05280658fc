import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { When, describeValue, type Val } from '../synth';
import type { PlatformTier } from './globals';
import { labelsOf } from './labels';
import type { Workload } from './workload';

/** Secrets of a tier that were told of, and where their ExternalSecrets are. */
const made = new WeakMap<PlatformTier, { names: Set<string>; place: Construct }>();

export interface SecretSource {
  readonly name: Val<string>;
  readonly keys: readonly string[];
  /** What it is for, in a sentence. */
  readonly why: string;
}

/**
 * Says that a Secret is there before the workload starts, and lets the External Secrets Operator
 * fill it where global.secrets.external is on. Once for each Secret of a tier. ExternalSecret is a foreign kind, so it is off by default, and the chart
 * ships no definition of it.
 */
export function secretSource(workload: Workload, id: string, source: SecretSource): void {
  const { tier } = workload;
  const { name, keys, why } = source;
  const { names, place } = made.get(tier) ?? { names: new Set(), place: placeIn(tier) };
  made.set(tier, { names, place });
  if (names.has(describeValue(name))) return;
  names.add(describeValue(name));
  tier.expectsSecret(name, keys, why);
  const { store, refreshInterval } = tier.global.secrets.external;
  new ApiObject(place, `${workload.name}-${id}`, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, labels: labelsOf(tier).common },
    spec: {
      refreshInterval,
      secretStoreRef: { kind: 'ClusterSecretStore', name: store },
      target: { name },
      data: keys.map((key) => ({ secretKey: key, remoteRef: { key: name, property: key } })),
    },
    // cdk8s knows no Values; they pass through it.
  } as never);
}

/** Not with a workload: another may read the same Secret where that one is switched off. */
const placeIn = (tier: PlatformTier) =>
  new Construct(
    new When(tier, 'external-secrets-switch', tier.global.secrets.external.enabled),
    'external-secrets',
  );
