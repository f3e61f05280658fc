import {
  image,
  plus,
  when,
  whenItems,
  type Container,
  type ManifestLiteral,
  type Value,
} from '../../synth';
import { podTemplate } from '../pod';
import { httpProbes, probesOf } from '../probes';
import { scrapeAnnotations } from '../scrape';
import { containerSecurity } from '../security';
import { topologySpread } from '../topology-spread';
import { LOOPBACK } from './conf';
import { logFiles } from './log-files';
import type { NginxServer } from './server';

/** User nginx of the image nginxinc/nginx-unprivileged. */
export const NGINX_USER = 101;

export function deployment(nginx: NginxServer, replicated: Value<boolean>): ManifestLiteral {
  const { values, lingerSeconds } = nginx.server;
  const files = logFiles(nginx);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: nginx.metadata,
    spec: {
      replicas: values.replicas,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: nginx.selector },
      template: podTemplate(nginx, {
        user: NGINX_USER,
        values,
        annotations: {
          ...when(
            values.metrics.enabled,
            scrapeAnnotations(nginx.tier, nginx.server.ports.metrics),
          ),
          ...files.annotations,
        },
        container: container(nginx),
        sidecars: [...whenItems(values.metrics.enabled, [exporter(nginx)]), ...files.sidecars],
        volumes: files.volumes,
        volumeMounts: files.volumeMounts,
        spec: {
          ...files.spec,
          // Longer than nginx itself waits, so that it is nginx who ends what is left.
          terminationGracePeriodSeconds: plus(values.timeouts.drain, lingerSeconds + 5),
          topologySpreadConstraints: topologySpread(replicated, nginx.selector),
        },
      }),
    },
  };
}

function container({ tier, name, server }: NginxServer): Omit<Container, 'name'> {
  const { values, ports, lingerSeconds } = server;
  return {
    image: image(values.image, tier.global.imageRegistry),
    // Not the image's entry point: it writes into /etc/nginx, which is read-only.
    command: ['nginx', '-c', `/etc/${name}/nginx.conf`, '-g', 'daemon off;'],
    ports: [{ name: 'http', containerPort: ports.http }],
    resources: values.resources,
    ...probesOf(httpProbes({ liveness: '/health', readiness: '/ready' })),
    // The image's stop signal is SIGQUIT, on which nginx ends what it has begun.
    lifecycle: { preStop: { exec: { command: ['sleep', String(lingerSeconds)] } } },
  };
}

function exporter({ tier, server: { values, ports } }: NginxServer): Container {
  const page = `http://${LOOPBACK}:${String(ports.status)}/stub_status`;
  return {
    name: 'exporter',
    image: image(values.metrics.image, tier.global.imageRegistry),
    args: [`--nginx.scrape-uri=${page}`, `--web.listen-address=:${String(ports.metrics)}`],
    ports: [{ name: 'metrics', containerPort: ports.metrics }],
    resources: values.metrics.resources,
    // No readiness: nginx serves without it.
    livenessProbe: { httpGet: { path: '/', port: 'metrics' }, periodSeconds: 30 },
    ...containerSecurity,
  };
}
