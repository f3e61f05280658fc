import { clusterAccess, fromMonitoring, metricsProbes, podTemplate } from '../../constructs';
import { Workload, probesOf, scrapeAnnotations, toApiServer } from '../../constructs';
import { ports } from '../../platform/ports';
import { Manifest, image, type Container } from '../../synth';
import type { ClusterTierSelf } from '.';

/** User nobody, as in its own manifests. */
const NOBODY = 65534;

/** What is measured, by API group: the kinds of the platform, nodes and volumes. No Secrets. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'resourcequotas',
  ],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'networking.k8s.io': ['ingresses'],
  policy: ['poddisruptionbudgets'],
};

/** Measures what Kubernetes itself says of its objects, in all namespaces. */
export class KubeStateMetrics extends Workload {
  public constructor(private readonly owner: ClusterTierSelf) {
    const { enabled, serviceAccount } = owner.values.kubeStateMetrics;
    super(owner, 'kube-state-metrics', { component: 'exporter', when: enabled, serviceAccount });
    this.traffic.ingress.push(...fromMonitoring(owner, ports.kubeStateMetrics));
    this.traffic.egress.push(toApiServer(owner));
  }

  protected manifests(): void {
    clusterAccess(
      this,
      Object.entries(RESOURCES).map(([group, resources]) => ({
        apiGroups: [group],
        resources: [...resources],
        verbs: ['list', 'watch'],
      })),
    );
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
      args: [
        `--port=${String(metrics)}`,
        `--telemetry-port=${String(self)}`,
        ...Object.values(RESOURCES).map((resources) => `--resources=${resources.join(',')}`),
      ],
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
