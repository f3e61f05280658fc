import { Construct } from 'constructs';
import {
  Manifest,
  When,
  notEmpty,
  podSecurityException,
  when,
  whenItems,
  type Value,
} from '../synth';
import type { PlatformTier } from './globals';
import { keptByHelm, labelsOf } from './labels';

/** That pods of a namespace need more than Pod Security "restricted". */
export interface Privileges {
  /** Why, in one line. */
  readonly reason: string;
  /** Whether there are such pods; where it does not hold, the namespace is restricted. */
  readonly when: Value<boolean>;
}

/**
 * A tier's namespace under Pod Security "restricted", where nothing is allowed but DNS until a
 * connection says so. Uninstalling leaves the namespace, and what is in it.
 */
export class TierNamespace extends Construct {
  public constructor(tier: PlatformTier, id = 'namespace', privileges?: Privileges) {
    super(tier, id);
    const { name } = tier.options;
    const labels = labelsOf(tier);
    const why: Readonly<Record<string, string>> = privileges
      ? { ...when(privileges.when, reasonOf(privileges)) }
      : {};
    new Manifest(new When(this, 'made', tier.global.namespaces.create), 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: tier.ownNamespace,
        labels: {
          ...labels.common,
          ...(privileges
            ? { ...when(privileges.when, level('privileged'), level('restricted')) }
            : level('restricted')),
        },
        annotations: { ...keptByHelm, ...why },
      },
    });
    new Manifest(this, 'default-deny', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      // Tiers can share a namespace.
      metadata: { name: `${name}-default-deny`, labels: labels.common },
      spec: {
        podSelector: { matchLabels: { ...labels.selector } },
        policyTypes: ['Ingress', 'Egress'],
        egress: [dns(tier)],
      },
    });
  }
}

const reasonOf = ({ reason }: Privileges) => podSecurityException('enforce', 'privileged', reason);

const level = (standard: 'privileged' | 'restricted') => ({
  'pod-security.kubernetes.io/enforce': standard,
  'pod-security.kubernetes.io/warn': standard,
});

function dns({ global: { network } }: PlatformTier) {
  return {
    to: [
      {
        namespaceSelector: {
          matchLabels: { 'kubernetes.io/metadata.name': network.dnsNamespace },
        },
      },
      ...whenItems(notEmpty(network.nodeLocalDns), [{ ipBlock: { cidr: network.nodeLocalDns } }]),
    ],
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };
}
