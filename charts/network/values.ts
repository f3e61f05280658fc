import { z } from 'zod';
import { limitValues, nginxValues, routeSwitchValues } from '../../constructs';
import { optionalDnsName } from '../../synth';

// Dockerfile nginx/docker-nginx-unprivileged, stable/alpine-slim: 1.30.4, user 101, SIGQUIT. The
// tag as in deployments: Silence-Among-Crows/LazyLinear, FROM …:1.30.4-alpine@sha256:bc69cfff….
const image = {
  registry: 'docker.io',
  repository: 'nginxinc/nginx-unprivileged',
  tag: '1.30.4-alpine',
};
// nginx/nginx-prometheus-exporter, release 1.5.3.
const exporter = {
  registry: 'docker.io',
  repository: 'nginx/nginx-prometheus-exporter',
  tag: '1.5.3',
};
const resources = { cpu: '50m', memory: '64Mi', limit: '128Mi' };

const gateway = z
  .strictObject({
    ...nginxValues({ image, exporter, resources, read: 30 }),
    host: optionalDnsName()
      .default('')
      .describe('Public host; empty takes www below global.domain.'),
    limits: limitValues(),
    ingress: routeSwitchValues(),
  })
  .describe('Gateway: spreads requests over the backends.');

const backend = z
  .strictObject(nginxValues({ image, exporter, resources, read: 20 }))
  .describe('Backends of the gateway: files of the site, and the Node service below /api/.');

export const networkValues = z.strictObject({ gateway, backend });
