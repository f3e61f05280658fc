import { describeValue, type Val } from '../../synth';
import { nginxConf, text, upstream, type Frame, type UpstreamAddress } from './conf';
import type { NginxRoute, RouteLimits } from './route';

export interface GatewaySetup extends Frame {
  readonly port: number;
  readonly upstreams: readonly UpstreamAddress[];
  readonly routes: readonly NginxRoute[];
  /** Path of an upstream that must answer for the gateway to be ready. @default none must */
  readonly ready?: { readonly upstream: string; readonly path: string };
}

/** A route with the name of the zone that its requests are counted in. */
interface Zoned extends NginxRoute {
  readonly zone: string;
}

/** The nginx.conf of a gateway. */
export function gatewayConf(setup: GatewaySetup): string {
  const { upstreams, values } = setup;
  const routes = setup.routes.map((route, at) => ({ ...route, zone: `route${String(at + 1)}` }));
  return nginxConf(setup, [
    GZIP,
    zones(routes),
    ...upstreams.map((one) => upstream(one, values)),
    probes(setup),
    ...byHost(routes).map((below) => server(setup.port, below)),
  ]);
}

const GZIP = `\
  gzip on;
  gzip_min_length 1024;
  gzip_proxied any;
  gzip_vary on;
  gzip_types text/css text/javascript text/plain application/javascript application/json
    application/xml image/svg+xml;
`;

/** Each route counts for itself; a client is an address. */
const zones = (routes: readonly Zoned[]) => `\
  limit_req_status 429;
  limit_conn_status 429;
  limit_conn_zone $binary_remote_addr zone=clients:10m;
${routes.map(({ zone, limits }) => (limits ? rate(zone, limits) : '')).join('')}\
  map $status $retry_after {
    429 1;
    default "";
  }
`;

const rate = (zone: string, { perSecond }: RouteLimits) =>
  `  limit_req_zone $binary_remote_addr zone=${zone}:10m rate=${text(perSecond)}r/s;\n`;

/** Probes come by address. A host that no route has is answered 404. */
const probes = ({ port, ready }: GatewaySetup) => `\
  server {
    listen ${String(port)} default_server;
    server_name _;
    location = /health {
      access_log off;
      return 200 "ok\\n";
    }
    location = /ready {
      access_log off;
      ${ready ? `proxy_pass http://${ready.upstream}${ready.path}` : 'return 200 "ok\\n"'};
    }
    location / {
      return 404;
    }
  }
`;

const server = (port: number, routes: readonly [Zoned, ...Zoned[]]) => `\
  server {
    listen ${String(port)};
    server_name ${text(routes[0].host)};
${routes.map(location).join('')}  }
`;

/** nginx takes headers of a block around only where the location has none, so each has all. */
function location({ path, zone, limits, upstream: to, headers: own }: Zoned): string {
  const headers = Object.entries({ ...own, 'X-Request-Id': '$request_id' });
  return `\
    location ${path} {
${limits ? limit(zone, limits) : ''}\
${headers.map(([name]) => `      proxy_hide_header ${name};\n`).join('')}\
${headers.map(([name, value]) => `      add_header ${name} "${value}" always;\n`).join('')}\
      add_header Retry-After $retry_after always;
      proxy_pass http://${to};
    }
`;
}

const limit = (zone: string, { bodyMB, burst, connections }: RouteLimits) => `\
      client_max_body_size ${text(bodyMB)}m;
      limit_req zone=${zone} burst=${text(burst)} nodelay;
      limit_conn clients ${text(connections)};
`;

/** The routes of each host, in the order of the first ones. */
function byHost<T extends { readonly host: Val<string> }>(routes: readonly T[]): [T, ...T[]][] {
  const hosts = new Map<string, [T, ...T[]]>();
  for (const route of routes) {
    const name = describeValue(route.host);
    const known = hosts.get(name);
    if (known === undefined) hosts.set(name, [route]);
    else known.push(route);
  }
  return [...hosts.values()];
}
