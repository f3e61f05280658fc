import { Manifest, When, type Tier, type Value } from '../synth';

export interface TierNamespaceProps {
  readonly name: Value<string>;
  readonly create: Value<boolean>;
  readonly labels: Readonly<Record<string, never>>;
}

/** A tier's namespace under Pod Security "restricted". Uninstalling leaves it, and what is in it. */
export function tierNamespace<V, G>(tier: Tier<V, G>, props: TierNamespaceProps): void {
  const { name, create, labels } = props;
  new Manifest(new When(tier, 'namespace', create), 'namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...labels,
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
      annotations: { 'helm.sh/resource-policy': 'keep' },
    },
  });
}
