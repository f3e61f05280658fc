import { Manifest, gt, or, type Values } from '../../synth';
import { Autoscaler } from '../autoscaler';
import { ServiceEndpoint } from '../connection';
import { DisruptionBudget } from '../disruption-budget';
import type { PlatformTier } from '../globals';
import type { Probes } from '../probes';
import { PublicRoute } from '../public-route';
import { fromMonitoring, fromOutside } from '../traffic';
import { Workload } from '../workload';
import { deployment } from './deployment';
import type { GpuValues, WebServiceValues } from './values';

export interface WebServiceOptions {
  readonly values: Values<WebServiceValues>;
  /** Role in its system; default: api. */
  readonly component?: string;
  readonly run: {
    /** Number of the user and group that the image's processes run as. */
    readonly user: number;
    /** Instead of the image's entry point. */
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    /** Further folders that it writes to, beside /tmp. */
    readonly scratch?: readonly string[];
    /** Seconds to finish requests in after the stop signal; default: 30. */
    readonly gracePeriodSeconds?: number;
    readonly gpu?: Values<GpuValues>;
  };
  readonly ports: {
    /** Port of the service itself, named http. */
    readonly http: number;
    /** Port of GET /metrics, for Prometheus. */
    readonly metrics?: number;
  };
  readonly probes: Probes;
  /** Label below global.domain that is the public host where none is named; default: the id. */
  readonly subdomain?: string;
}

/** A service over HTTP: any number of equal pods behind a Service. */
export class WebService extends Workload {
  public readonly endpoint: ServiceEndpoint;

  public constructor(
    tier: PlatformTier,
    id: string,
    public readonly options: WebServiceOptions,
  ) {
    super(tier, id, {
      component: options.component ?? 'api',
      serviceAccount: options.values.serviceAccount,
    });
    this.endpoint = new ServiceEndpoint(this, id, options.ports.http);
    const { ports, values } = options;
    this.traffic.ingress.push(...fromOutside(tier, values.ingress.enabled, ports.http));
    if (ports.metrics === undefined) return;
    this.traffic.ingress.push(...fromMonitoring(tier, ports.metrics));
  }

  protected manifests(): void {
    const { values, ports, subdomain = this.name } = this.options;
    const replicated = or(values.autoscaling.enabled, gt(values.replicas, 1));
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: this.metadata,
      spec: {
        selector: this.selector,
        ports: [
          { name: 'http', port: ports.http, targetPort: 'http' },
          ...(ports.metrics === undefined
            ? []
            : [{ name: 'metrics', port: ports.metrics, targetPort: 'metrics' }]),
        ],
      },
    });
    new Manifest(this, 'deployment', deployment(this, replicated));
    new PublicRoute(this, 'route', { values: values.ingress, subdomain });
    new Autoscaler(this, 'autoscaler', values.autoscaling);
    new DisruptionBudget(this, 'disruption-budget', replicated);
  }
}
