import type { Construct } from 'constructs';
import { TierNamespace } from '../../constructs';
import { tier } from '../../platform/global';
import { or } from '../../synth';
import { admissionPolicies } from './admission-policies';
import { cadvisor } from './cadvisor';
import { dcgmExporter } from './dcgm-exporter';
import { devicePlugin } from './device-plugin';
import { KubeStateMetrics } from './kube-state-metrics';
import { mpsDaemon } from './mps-daemon';
import { nodeExporter } from './node-exporter';
import { clusterValues } from './values';

const ClusterTierBase = tier({
  name: 'cluster',
  description: 'Agents of the nodes, once in a cluster: off in all but one of its environments.',
  values: clusterValues,
});

/** What exists once in a cluster, however many environments it has. */
export class ClusterTier extends ClusterTierBase {
  public constructor(scope: Construct) {
    super(scope);
    const { values } = this;
    new TierNamespace(this, 'namespace', {
      when: or(values.nodeExporter.enabled, values.cadvisor.enabled, values.gpuAgents),
      reason: 'Agents of the nodes have folders of their node, which "baseline" forbids as well.',
    });
    nodeExporter(this);
    cadvisor(this);
    new KubeStateMetrics(this);
    dcgmExporter(this);
    devicePlugin(this);
    mpsDaemon(this);
    admissionPolicies(this);
  }
}

export type ClusterTierSelf = InstanceType<typeof ClusterTierBase>;
