import type { Values } from '../../synth';
import type { ServiceEndpoint } from '../connection';
import type { PlatformTier } from '../globals';
import { backendConf } from './backend-conf';
import { NginxServer, type NginxPorts } from './server';
import type { NginxValues } from './values';

export interface NginxBackendOptions {
  readonly values: Values<NginxValues>;
  readonly ports: NginxPorts;
  /** Files by name; index.html must be one of them. */
  readonly files: Readonly<Record<string, string>>;
  /** Services by the prefix that they are behind, such as /api/. They see paths without it. */
  readonly services: Readonly<Record<string, ServiceEndpoint>>;
}

const FILES = '/srv/www';

/** nginx behind a gateway: serves files, and passes prefixes on to services. */
export class NginxBackend extends NginxServer {
  public constructor(tier: PlatformTier, id: string, options: NginxBackendOptions) {
    const { values, ports } = options;
    // Longer than DNS answers are kept: gateways still send requests until they ask again.
    super(tier, id, { values, ports, component: 'web', headless: true, lingerSeconds: 15 });
    const proxies = Object.entries(options.services).map(([path, endpoint]) => ({
      path,
      // Files are served without it.
      to: this.upstream(endpoint.name, endpoint, { optional: true }),
    }));
    const frame = { tier, values, status: ports.status, requestId: '$http_x_request_id' } as const;
    const conf = backendConf({ ...frame, port: ports.http, root: FILES, proxies });
    this.config('config', `/etc/${id}`, { 'nginx.conf': conf });
    this.config('files', FILES, options.files);
  }
}
