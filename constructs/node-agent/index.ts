import type { V1Container } from '@kubernetes/client-node';
import { Manifest, image, type Container, type Val, type Values } from '../../synth';
import type { GpuNodeValues } from '../gpu-node-pool/values';
import { podTemplate } from '../pod';
import type { PodNeeds } from '../pod-needs';
import { metricsProbes, probesOf } from '../probes';
import { scrapeAnnotations } from '../scrape';
import { containerSecurityFor } from '../security';
import { fromMonitoring } from '../traffic';
import { Workload, type Item, type WorkloadOptions } from '../workload';
import type { NodeAgentValues } from './values';

export interface NodeAgentOptions extends Omit<WorkloadOptions, 'hostNetwork' | 'serviceAccount'> {
  readonly values: Values<NodeAgentValues>;
  /** Default: those of the values. */
  readonly resources?: Values<NodeAgentValues['resources']>;
  readonly run: {
    /** Number of the user and group that the processes run as; 0 needs `needs.root`. */
    readonly user: number;
    /** Instead of the image's entry point. */
    readonly command?: readonly string[];
    readonly args?: readonly Val<string>[];
    /** Further folders that it writes to, beside /tmp. */
    readonly scratch?: readonly string[];
  };
  /** Metrics at /metrics. Default: it has none, and opens no port. */
  readonly metrics?: {
    readonly port: number;
    /** Path that answers once it works. */
    readonly health: string;
    /** Seconds that it may take to start; default: 60. */
    readonly startSeconds?: number;
  };
  /** What it needs beyond Pod Security "restricted", each with its reason; nothing else is loosened. */
  readonly needs: PodNeeds;
  /** Only nodes with GPUs. Default: all nodes whose taints the values bear. */
  readonly gpuNodes?: Values<GpuNodeValues>;
  /** Runs the same image once before, with the same rights. */
  readonly before?: Required<Pick<Container, 'command' | 'volumeMounts'>>;
}

/** A pod on each node, which measures or serves the node itself. */
export class NodeAgent extends Workload {
  public constructor(
    tier: Workload['tier'],
    id: string,
    private readonly options: NodeAgentOptions,
  ) {
    const { values, needs, metrics } = options;
    super(tier, id, {
      when: values.enabled,
      ...options,
      hostNetwork: needs.hostNetwork !== undefined,
      serviceAccount: values.serviceAccount,
    });
    if (metrics) this.traffic.ingress.push(...fromMonitoring(tier, metrics.port));
  }

  protected manifests(): void {
    const { values, run, needs, metrics, gpuNodes, before } = this.options;
    const { resources = values.resources } = this.options;
    const from = image(values.image, this.tier.global.imageRegistry);
    const { command, args, scratch } = run;
    new Manifest(this, 'daemon-set', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: this.metadata,
      spec: {
        selector: { matchLabels: this.selector },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
        template: podTemplate(this, {
          user: run.user,
          values,
          needs,
          ...(gpuNodes && { gpuNodes }),
          ...(scratch && { scratch }),
          ...(metrics && { annotations: scrapeAnnotations(this.tier, metrics.port) }),
          container: {
            image: from,
            ...(command && { command }),
            ...(args && { args }),
            ...(metrics && { ports: [{ name: 'metrics', containerPort: metrics.port }] }),
            resources,
            ...(metrics && probesOf(metricsProbes(metrics.health, metrics.startSeconds))),
          },
          ...(before && { spec: { initContainers: [this.first(before, from)] } }),
        }),
      },
    });
  }

  private first(
    before: NonNullable<NodeAgentOptions['before']>,
    from: Val<string>,
  ): Item<V1Container> {
    const { needs, resources = this.options.values.resources } = this.options;
    const name = `${this.name}-first`;
    const security = containerSecurityFor(needs);
    const { command, volumeMounts } = before;
    return { name, image: from, command, resources, volumeMounts, ...security };
  }
}
