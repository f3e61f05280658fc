import { Construct } from 'constructs';
import { Manifest, When, notEmpty, whenItems } from '../synth';
import type { PlatformTier } from './globals';
import { labelsOf } from './labels';

/**
 * A tier's namespace under Pod Security "restricted", where nothing is allowed but DNS until a
 * connection says so. Uninstalling leaves the namespace, and what is in it.
 */
export class TierNamespace extends Construct {
  public constructor(tier: PlatformTier, id = 'namespace') {
    super(tier, id);
    const { name } = tier.options;
    const labels = labelsOf(tier);
    new Manifest(new When(this, 'made', tier.global.namespaces.create), 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: tier.ownNamespace,
        labels: {
          ...labels.common,
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
        annotations: { 'helm.sh/resource-policy': 'keep' },
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
