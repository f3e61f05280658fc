import {
  Workload,
  clusterAccess,
  fromMonitoring,
  metricsProbes,
  podTemplate,
  probesOf,
  scrapeAnnotations,
  toApiServer,
} from '../../constructs';
import { ports } from '../../platform/ports';
import { Manifest, image, type Container } from '../../synth';
import type { ClusterTierSelf } from '.';
import { resourceArgs, rules } from './kube-state-resources';

/** User nobody, as in its own manifests. */
const NOBODY = 65534;

/** Measures what Kubernetes itself says of its objects, in all namespaces. */
export class KubeStateMetrics extends Workload {
  public constructor(private readonly owner: ClusterTierSelf) {
    const { enabled, serviceAccount } = owner.values.kubeStateMetrics;
    super(owner, 'kube-state-metrics', { component: 'exporter', when: enabled, serviceAccount });
    this.traffic.ingress.push(...fromMonitoring(owner, ports.kubeStateMetrics));
    this.traffic.egress.push(toApiServer(owner));
  }

  protected manifests(): void {
    clusterAccess(this, rules);
    new Manifest(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: this.metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: this.selector },
        template: podTemplate(this, {
          user: NOBODY,
          values: this.owner.values.kubeStateMetrics,
          apiAccess: { reason: 'Lists and watches objects through the API server.' },
          annotations: scrapeAnnotations(this.tier, ports.kubeStateMetrics),
          container: this.container(),
        }),
      },
    });
  }

  private container(): Omit<Container, 'name'> {
    const { global, values } = this.owner;
    const { kubeStateMetrics: metrics, kubeStateMetricsSelf: self } = ports;
    return {
      image: image(values.kubeStateMetrics.image, global.imageRegistry),
      args: [`--port=${String(metrics)}`, `--telemetry-port=${String(self)}`, ...resourceArgs],
      ports: [
        { name: 'metrics', containerPort: metrics },
        { name: 'telemetry', containerPort: self },
      ],
      resources: values.kubeStateMetrics.resources,
      ...probesOf({
        // Its /livez asks the API server, whose faults a restart would not mend.
        ...metricsProbes('/'),
        readiness: { httpGet: { path: '/readyz', port: 'telemetry' }, periodSeconds: 10 },
      }),
    };
  }
}
