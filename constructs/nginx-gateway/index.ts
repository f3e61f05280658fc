import { describeValue, type Val, type Values } from '../../synth';
import type { ServiceEndpoint } from '../connection';
import type { PlatformTier } from '../globals';
import { PublicRoute, type RouteSwitchValues } from '../public-route';
import { complaintsAbout } from './complaints';
import { gatewayConf, type GatewaySetup } from './gateway-conf';
import type { NginxRoute } from './route';
import { fromOutside } from '../traffic';
import { NginxServer, type NginxPorts } from './server';
import type { NginxValues } from './values';

export interface NginxGatewayOptions {
  readonly values: Values<NginxValues> & { readonly ingress: Values<RouteSwitchValues> };
  readonly ports: NginxPorts;
  /** Who answers, by the name that routes have for it. */
  readonly upstreams: Readonly<Record<string, ServiceEndpoint>>;
  readonly routes: readonly NginxRoute[];
  readonly ready?: GatewaySetup['ready'];
}

/** nginx in front of others: spreads requests over the pods of upstreams, within limits. */
export class NginxGateway extends NginxServer {
  public constructor(
    tier: PlatformTier,
    id: string,
    public readonly options: NginxGatewayOptions,
  ) {
    const { values, ports, routes, ready } = options;
    super(tier, id, { values, ports, component: 'gateway', headless: false, lingerSeconds: 5 });
    const upstreams = Object.entries(options.upstreams).map(([name, endpoint]) =>
      this.upstream(name, endpoint, { optional: name !== ready?.upstream }),
    );
    const frame = { tier, values, status: ports.status, requestId: '$request_id' } as const;
    const setup = { ...frame, port: ports.http, upstreams, routes, ...(ready && { ready }) };
    this.config('config', `/etc/${id}`, { 'nginx.conf': gatewayConf(setup) });
    this.traffic.ingress.push(...fromOutside(tier, values.ingress.enabled, ports.http));
    const earlier = tier.node.root.node
      .findAll()
      .filter((one): one is NginxGateway => one instanceof NginxGateway && one !== this);
    this.node.addValidation({ validate: () => complaintsAbout(this, earlier) });
  }

  protected override manifests(): void {
    super.manifests();
    const { values, routes } = this.options;
    const hosts = new Map<string, Val<string>>();
    for (const route of routes) {
      if (route.public !== false) hosts.set(describeValue(route.host), route.host);
    }
    if (hosts.size === 0) return;
    new PublicRoute(this, 'route', { values: values.ingress, hosts: [...hosts.values()] });
  }
}
