import { image, when, type Container, type ManifestLiteral, type Value } from '../../synth';
import { podTemplate } from '../pod';
import { probesOf } from '../probes';
import { scrapeAnnotations } from '../scrape';
import { topologySpread } from '../topology-spread';
import type { WebService } from '.';

export function deployment(service: WebService, replicated: Value<boolean>): ManifestLiteral {
  const { values, run, ports } = service.options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: service.metadata,
    spec: {
      // The autoscaler owns the number; a number here would undo its work at every apply.
      ...when(values.autoscaling.enabled, {}, { replicas: values.replicas }),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: service.selector },
      template: podTemplate(service, {
        user: run.user,
        values,
        container: container(service),
        ...(run.scratch && { scratch: run.scratch }),
        ...(ports.metrics !== undefined && {
          annotations: scrapeAnnotations(service.tier, ports.metrics),
        }),
        spec: {
          terminationGracePeriodSeconds: (run.gracePeriodSeconds ?? 30) + PRE_STOP_SECONDS,
          topologySpreadConstraints: topologySpread(replicated, service.selector),
        },
      }),
    },
  };
}

/** Endpoints learn of the stop later than the pod: it serves until they have. */
const PRE_STOP_SECONDS = 5;

function container({ tier, options }: WebService): Omit<Container, 'name'> {
  const { values, run, ports, probes } = options;
  const { requests, limits } = values.resources;
  return {
    image: image(values.image, tier.global.imageRegistry),
    ...(run.command && { command: run.command }),
    ...(run.args && { args: run.args }),
    ports: [
      { name: 'http', containerPort: ports.http },
      ...(ports.metrics === undefined ? [] : [{ name: 'metrics', containerPort: ports.metrics }]),
    ],
    resources: {
      requests: { cpu: requests.cpu, memory: requests.memory },
      limits: {
        memory: limits.memory,
        ...(run.gpu && { 'nvidia.com/gpu': when(run.gpu.enabled, run.gpu.count) }),
      },
    },
    ...probesOf(probes),
    lifecycle: { preStop: { exec: { command: ['sleep', String(PRE_STOP_SECONDS)] } } },
  };
}
