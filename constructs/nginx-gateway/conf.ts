import { orElse, ternary, type Val, type Values } from '../../synth';
import type { PlatformTier } from '../globals';
import { LOG_FOLDER } from './log-files';
import type { NginxValues } from './values';

/* What the configurations of gateway and backend have in common. */

/** Address that status pages listen on: only containers of the same pod reach it. */
export const LOOPBACK = '127.0.0.1';

/** Private addresses: network policies let nobody in from there but proxies of the cluster. */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'];

export interface Frame {
  readonly tier: PlatformTier;
  readonly values: Values<NginxValues>;
  /** Port of the status page. */
  readonly status: number;
  /** Variable with the id of a request: the one that comes with it, or at the edge an own one. */
  readonly requestId: '$request_id' | '$http_x_request_id';
}

/** A whole nginx.conf around what the http block shall have in it. */
export const nginxConf = (frame: Frame, http: readonly string[]): string => `\
worker_processes ${frame.values.workers};
pid /tmp/nginx.pid;
error_log stderr ${frame.values.logs.level};
worker_shutdown_timeout ${frame.values.timeouts.drain}s;

events {
  worker_connections ${frame.values.connections};
}

http {
${[paths, logs(frame), client(frame), proxy(frame), status(frame), ...http].join('\n')}}
`;

/** The root file system is read-only. */
const paths = `\
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
`;

/**
 * The same names as in the logs of the services, so that one query finds both. Some lines at once
 * cost less; of 4 KiB or fewer, those of two workers do not get into each other in a pipe.
 */
const logs = ({ values, requestId }: Frame) => `\
  map $http_traceparent $trace_id {
    default "";
    "~^[0-9a-f]{2}-(?<id>[0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$" $id;
  }
  log_format json escape=json
    '{"time":"$time_iso8601","level":"info","message":"request","traceId":"$trace_id",'
    '"requestId":"${requestId}","client":"$remote_addr","host":"$host","method":"$request_method",'
    '"path":"$uri","status":$status,"bytes":$bytes_sent,"seconds":$request_time,'
    '"upstream":"$upstream_addr","upstreamStatus":"$upstream_status",'
    '"upstreamSeconds":"$upstream_response_time","agent":"$http_user_agent"}';
  access_log ${ternary(values.logs.access, `/dev/stdout ${FORMAT}`, 'off')};
${ternary(values.logs.files.enabled, `  access_log ${LOG_FOLDER}/access.log ${FORMAT};\n`, '')}`;
const FORMAT = 'json buffer=4k flush=1s';

/**
 * Redirects stay relative: nginx knows neither the port nor the scheme that clients came by.
 * Workers that end keep connections for a while (1.27.4), as clients may just send on them.
 */
const client = ({ values: { timeouts, trustedProxy } }: Frame) => `\
  server_tokens off;
  absolute_redirect off;
  sendfile on;
  tcp_nopush on;
  reset_timedout_connection on;
  client_header_timeout ${timeouts.header}s;
  client_body_timeout ${timeouts.body}s;
  send_timeout ${timeouts.send}s;
  keepalive_timeout ${timeouts.idle}s;
  keepalive_min_timeout 5s;
  client_header_buffer_size 1k;
  large_client_header_buffers 4 8k;

${[...PRIVATE, `${trustedProxy}`].map((block) => `  set_real_ip_from ${block};\n`).join('')}\
  real_ip_header X-Forwarded-For;
  real_ip_recursive on;
`;

/** Only errors of the connection are tried elsewhere: what an upstream answers is its answer. */
const proxy = ({ tier, requestId, values: { timeouts, upstreams, resolver } }: Frame) => `\
  resolver ${dnsOf(tier, resolver.host)} valid=${resolver.seconds}s;
  resolver_timeout 5s;
  map $http_x_forwarded_proto $forwarded_proto {
    default $scheme;
    https https;
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $host;
  proxy_set_header X-Request-Id ${requestId};
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Host $host;
  proxy_set_header X-Forwarded-Proto $forwarded_proto;
  proxy_connect_timeout ${timeouts.connect}s;
  proxy_send_timeout ${timeouts.read}s;
  proxy_read_timeout ${timeouts.read}s;
  proxy_next_upstream error timeout;
  proxy_next_upstream_tries ${upstreams.tries};
  proxy_next_upstream_timeout ${upstreams.trySeconds}s;
  proxy_max_temp_file_size 0;
`;

const dnsOf = ({ global }: PlatformTier, host: Val<string>) =>
  `${orElse(host, `kube-dns.${global.network.dnsNamespace}.svc.${global.clusterDomain}`)}`;

/** For the exporter beside nginx. */
const status = ({ status: port }: Frame) => `\
  server {
    listen ${LOOPBACK}:${String(port)};
    access_log off;
    location = /stub_status {
      stub_status;
    }
    location / {
      return 404;
    }
  }
`;

/** Where requests are passed to. */
export interface UpstreamAddress {
  readonly name: string;
  readonly host: Val<string>;
  readonly port: Val<number>;
}

/**
 * The addresses behind a DNS name, looked up again and again: `resolve` needs nginx 1.27.3 and a
 * zone. The zone also lets all workers count turns and failures together.
 */
export const upstream = (
  { name, host, port }: UpstreamAddress,
  { upstreams: { keepalive, maxFails, failSeconds } }: Values<NginxValues>,
): string => `\
  upstream ${name} {
    zone ${name} 256k;
    server ${text(host)}:${text(port)} resolve max_fails=${maxFails} fail_timeout=${failSeconds}s;
    keepalive ${keepalive};
    keepalive_timeout 30s;
  }
`;

/** A constant or a value as part of a text. */
export const text = (part: Val<string | number>): string =>
  typeof part === 'number' ? String(part) : `${part}`;
