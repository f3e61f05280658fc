import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Manifest, When, notEmpty, ternary, type Val, type Values } from '../../synth';
import type { PlatformTier } from '../globals';
import { labelsOf } from '../labels';
import type { GpuNodePool } from '.';
import type { GpuPoolValues } from './values';

export interface GpuQuotaOptions {
  readonly values: Values<GpuPoolValues>;
  /** All pools that environments of the platform take their values from. */
  readonly pools: readonly GpuNodePool[];
}

/** What a tier may have of the GPUs of its pool, and, by value, Karpenter's nodes for them. */
export class GpuQuota extends Construct {
  public constructor(tier: PlatformTier, id: string, { values, pools }: GpuQuotaOptions) {
    super(tier, id);
    this.node.addValidation({ validate: () => pools.flatMap(({ complaints }) => complaints) });
    const labels = { ...labelsOf(tier).common };
    const name = `${tier.options.name}-gpus`;
    new Manifest(new When(this, 'limited', notEmpty(values.quota)), 'quota', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name, labels },
      spec: { hard: values.quota },
    });
    new ApiObject(
      new When(this, 'karpenter', values.karpenter.enabled),
      'node-pool',
      karpenterPool({ name: `${tier.ownNamespace}-gpus`, labels }, values) as never,
    );
  }
}

/**
 * A foreign kind: off by default, and no definition of it is shipped. It has no namespace, so its name
 * carries one: several installations can be in one cluster.
 */
function karpenterPool(
  metadata: { readonly name: Val<string>; readonly labels: object },
  { karpenter }: Values<GpuPoolValues>,
) {
  const one = (key: string, values: readonly unknown[]) => ({ key, operator: 'In', values });
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata,
    spec: {
      template: {
        spec: {
          nodeClassRef: {
            group: 'karpenter.k8s.aws',
            kind: 'EC2NodeClass',
            name: karpenter.nodeClass,
          },
          taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
          requirements: [
            one('karpenter.k8s.aws/instance-gpu-name', [karpenter.gpu]),
            one('karpenter.sh/capacity-type', [ternary(karpenter.spot, 'spot', 'on-demand')]),
          ],
        },
      },
      limits: { 'nvidia.com/gpu': karpenter.maxGpus },
      disruption: {
        consolidationPolicy: 'WhenEmpty',
        consolidateAfter: karpenter.consolidateAfter,
      },
    },
  };
}
