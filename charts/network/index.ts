import type { Construct } from 'constructs';
import { NginxBackend, NginxGateway, TierNamespace, securityHeaders } from '../../constructs';
import { tier } from '../../platform/global';
import { ports } from '../../platform/ports';
import { orElse, sourceFile } from '../../synth';
import type { AppTier } from '../app';
import { routeTest } from './route-test';
import { networkValues } from './values';

const NetworkTierBase = tier({
  name: 'network',
  description: 'Gateway, and the backends that it spreads requests over.',
  values: networkValues,
});

/** The tier that users reach first. */
export class NetworkTier extends NetworkTierBase {
  public constructor(scope: Construct, { nodeService }: Pick<AppTier, 'nodeService'>) {
    super(scope);
    new TierNamespace(this);
    const { gateway, backend } = this.values;
    const metrics = ports.nginxMetrics;
    const { endpoint } = new NginxBackend(this, 'nginx-backend', {
      values: backend,
      ports: { http: ports.nginxBackend, status: ports.nginxBackendStatus, metrics },
      files: { 'index.html': sourceFile(__dirname, 'index.html') },
      services: { '/api/': nodeService },
    });
    const site = {
      host: orElse(gateway.host, `www.${this.global.domain}`),
      path: '/',
      upstream: 'web',
      limits: gateway.limits,
      headers: securityHeaders("default-src 'self'; frame-ancestors 'none'"),
    };
    const front = new NginxGateway(this, 'gateway', {
      values: gateway,
      ports: { http: ports.gateway, status: ports.gatewayStatus, metrics },
      upstreams: { web: endpoint },
      ready: { upstream: 'web', path: '/ready' },
      routes: [site],
    });
    routeTest(this, front, site);
  }
}

export type NetworkTierSelf = InstanceType<typeof NetworkTierBase>;
