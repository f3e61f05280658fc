import { image, omitEmpty, sha256, when, whenItems, type ManifestLiteral } from '../../synth';
import { containerSecurity, podSecurity } from '../security';
import type { AppTierSelf } from '.';
import { NODE_SERVICE_PORT, type Parts } from './node-service';

/** User node of the official image. */
export const NODE_USER = 1000;

export function deployment(tier: AppTierSelf, parts: Parts): ManifestLiteral {
  const { nodeService } = tier.values;
  const { metadata, selector, config } = parts;
  const checksums = Object.fromEntries(
    Object.entries(config).map(([name, text]) => [`checksum/${name}`, sha256(text)]),
  );
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      // The autoscaler owns the number; a number here would undo its work at every apply.
      ...when(nodeService.autoscaling.enabled, {}, { replicas: nodeService.replicas }),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: selector,
          annotations: { ...checksums, ...nodeService.podAnnotations },
        },
        spec: {
          serviceAccountName: 'node-service',
          ...podSecurity(NODE_USER),
          terminationGracePeriodSeconds: 45,
          imagePullSecrets: [...tier.global.imagePullSecrets],
          containers: [container(tier)],
          volumes: [
            { name: 'config', configMap: { name: 'node-service' } },
            {
              name: 'mongodb',
              secret: { secretName: nodeService.mongodbSecret, defaultMode: 0o440 },
            },
            { name: 'tmp', emptyDir: {} },
          ],
          topologySpreadConstraints: [
            ...whenItems(parts.replicated, [
              {
                topologyKey: 'kubernetes.io/hostname',
                maxSkew: 1,
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: selector },
              },
              {
                topologyKey: 'topology.kubernetes.io/zone',
                maxSkew: 1,
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: selector },
              },
            ]),
          ],
          nodeSelector: omitEmpty(nodeService.nodeSelector),
          tolerations: omitEmpty(nodeService.tolerations),
          affinity: omitEmpty(nodeService.affinity),
        },
      },
    },
  };
}

function container({ values: { nodeService }, global }: AppTierSelf) {
  const { requests, limits } = nodeService.resources;
  return {
    name: 'node-service',
    image: image(nodeService.image, global.imageRegistry),
    command: ['node', '/etc/node-service/server.mjs'],
    env: [{ name: 'NODE_ENV', value: 'production' }],
    ports: [{ name: 'http', containerPort: NODE_SERVICE_PORT }],
    resources: {
      requests: { cpu: requests.cpu, memory: requests.memory },
      limits: {
        memory: limits.memory,
        'nvidia.com/gpu': when(nodeService.gpu.enabled, nodeService.gpu.count),
      },
    },
    startupProbe: {
      httpGet: { path: '/health', port: 'http' },
      periodSeconds: 2,
      failureThreshold: 30,
    },
    livenessProbe: { httpGet: { path: '/health', port: 'http' }, periodSeconds: 10 },
    readinessProbe: {
      httpGet: { path: '/ready', port: 'http' },
      periodSeconds: 5,
      timeoutSeconds: 2,
    },
    // Endpoints learn of the stop later than the pod: serve until they have.
    lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
    ...containerSecurity,
    volumeMounts: [
      { name: 'config', mountPath: '/etc/node-service', readOnly: true },
      { name: 'mongodb', mountPath: '/run/secrets/mongodb', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
