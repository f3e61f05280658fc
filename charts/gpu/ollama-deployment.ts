import { podTemplate, type Probes } from '../../constructs';
import { ports } from '../../platform/ports';
import { image, when, type ManifestLiteral } from '../../synth';
import { models, OLLAMA_USER, type Ollama } from './ollama';

const probes: Probes = {
  startup: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5, failureThreshold: 24 },
  liveness: { httpGet: { path: '/', port: 'http' }, periodSeconds: 20, failureThreshold: 6 },
  // The server answers before it has a model to answer with.
  readiness: {
    exec: { command: ['sh', '/opt/ollama/ready.sh'] },
    periodSeconds: 10,
    timeoutSeconds: 5,
  },
};

/** One pod: two could hold neither the only GPU nor the volume. */
export function deployment(ollama: Ollama, home: string): ManifestLiteral {
  const values = ollama.owner.values.ollama;
  const { requests, limits } = values.resources;
  const container = {
    image: image(values.image, ollama.tier.global.imageRegistry),
    ports: [{ name: 'http', containerPort: ports.ollama }],
    resources: {
      requests,
      limits: {
        cpu: limits.cpu,
        memory: limits.memory,
        ...when(values.gpu.enabled, { ...values.gpu.limits }),
      },
    },
    startupProbe: probes.startup,
    livenessProbe: probes.liveness,
    readinessProbe: probes.readiness,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: ollama.metadata,
    spec: {
      replicas: values.replicas,
      strategy: { type: 'Recreate' },
      // The first start waits for the models.
      progressDeadlineSeconds: 3600,
      selector: { matchLabels: ollama.selector },
      template: podTemplate(ollama, {
        user: OLLAMA_USER,
        values,
        gpu: values.gpu,
        container,
        annotations: {
          'cluster-autoscaler.kubernetes.io/safe-to-evict': `${values.safeToEvict}`,
        },
        volumes: [{ name: 'models', persistentVolumeClaim: { claimName: models.claim } }],
        volumeMounts: [{ name: 'models', mountPath: home }],
        spec: { terminationGracePeriodSeconds: 60 },
      }),
    },
  };
}
