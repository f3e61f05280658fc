import { nginxConf, upstream, type Frame, type UpstreamAddress } from './conf';

/** Requests that a backend passes on, its prefix taken off their paths. */
export interface BackendProxy {
  /** Prefix, with a slash at both ends. */
  readonly path: string;
  readonly to: UpstreamAddress;
}

export interface BackendSetup extends Frame {
  readonly port: number;
  /** Folder of the files. */
  readonly root: string;
  readonly proxies: readonly BackendProxy[];
}

/** The nginx.conf of a backend: files, and services behind prefixes. */
export const backendConf = (setup: BackendSetup): string =>
  nginxConf(setup, [
    TYPES,
    ...setup.proxies.map(({ to }) => upstream(to, setup.values)),
    server(setup),
  ]);

/** Those of files that a ConfigMap can hold. */
const TYPES = `\
  types {
    text/html html;
    text/css css;
    text/javascript js mjs;
    text/plain txt;
    application/json json;
    application/xml xml;
    image/svg+xml svg;
  }
  charset utf-8;
`;

/** The gateway limits bodies; a second limit here would only be in its way. */
const server = ({ port, root, proxies }: BackendSetup) => `\
  server {
    listen ${String(port)} default_server;
    server_name _;
    root ${root};
    client_max_body_size 0;
    location = /health {
      access_log off;
      return 200 "ok\\n";
    }
    location = /ready {
      access_log off;
      try_files /index.html =503;
    }
    location / {
      add_header Cache-Control no-cache;
      try_files $uri $uri/index.html =404;
    }
${proxies.map(location).join('')}  }
`;

const location = ({ path, to }: BackendProxy) => `\
    location ${path} {
      proxy_pass http://${to.name}/;
      proxy_redirect / ${path};
    }
`;
