import { Manifest, gt, whenItems, type Values } from '../../synth';
import { ServiceEndpoint, type ConnectionOptions } from '../connection';
import { DisruptionBudget } from '../disruption-budget';
import type { PlatformTier } from '../globals';
import { fromMonitoring } from '../traffic';
import { Workload } from '../workload';
import type { UpstreamAddress } from './conf';
import { deployment } from './deployment';
import type { NginxValues } from './values';

export interface NginxPorts {
  readonly http: number;
  /** Of the status page, on loopback. */
  readonly status: number;
  /** Of the exporter. */
  readonly metrics: number;
}

export interface NginxServerOptions {
  readonly values: Values<NginxValues>;
  readonly component: string;
  readonly ports: NginxPorts;
  /** Whether DNS has the address of each pod instead of one for all. */
  readonly headless: boolean;
  /** Seconds for which a pod that stops still takes requests, until nobody sends any. */
  readonly lingerSeconds: number;
}

/** Equal pods of nginx under user 101, each with an exporter beside it. */
export abstract class NginxServer extends Workload {
  public readonly endpoint: ServiceEndpoint;

  public constructor(
    tier: PlatformTier,
    id: string,
    public readonly server: NginxServerOptions,
  ) {
    const { values, component, ports } = server;
    super(tier, id, { component, serviceAccount: values.serviceAccount });
    this.endpoint = new ServiceEndpoint(this, id, ports.http);
    this.traffic.ingress.push(...fromMonitoring(tier, ports.metrics));
  }

  /** Connects, and gives the address as nginx wants it: its resolver knows no search domains. */
  protected upstream(
    name: string,
    endpoint: ServiceEndpoint,
    options?: ConnectionOptions,
  ): UpstreamAddress {
    const address = this.connectsTo(endpoint, { ...options, variables: false });
    const inside = endpoint.workload.tier === this.tier;
    return { name, ...(inside ? endpoint.build() : address) };
  }

  protected manifests(): void {
    const { ports, values, headless } = this.server;
    const replicated = gt(values.replicas, 1);
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: this.metadata,
      spec: {
        ...(headless && { clusterIP: 'None' }),
        selector: this.selector,
        ports: [
          { name: 'http', port: ports.http, targetPort: 'http' },
          ...whenItems(values.metrics.enabled, [
            { name: 'metrics', port: ports.metrics, targetPort: 'metrics' },
          ]),
        ],
      },
    });
    new Manifest(this, 'deployment', deployment(this, replicated));
    new DisruptionBudget(this, 'disruption-budget', replicated);
  }
}
