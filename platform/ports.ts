import { portRegistry } from '../synth';

/** Every port of the platform: whom it belongs to, and where its number comes from. */
export const registry = portRegistry({
  ranges: {
    development: { from: 3000, to: 3099, purpose: 'Tools for development.' },
    api: { from: 3100, to: 3199, purpose: 'HTTP APIs of our services.', tiers: ['app'] },
    mcp: { from: 7000, to: 7099, purpose: 'MCP servers.' },
    network: {
      from: 8000,
      to: 8099,
      purpose: 'Gateways and proxies; cAdvisor.',
      tiers: ['network', 'cluster'],
    },
    monitoring: {
      from: 9000,
      to: 9199,
      purpose: 'Metrics, logs, traces and alerts.',
      tiers: ['monitoring', 'cluster'],
    },
    gpu: { from: 9400, to: 9499, purpose: 'GPU and AI workloads.' },
  },
  ports: {
    nodeService: {
      port: 3100,
      range: 'api',
      tier: 'app',
      owner: 'node-service',
      purpose: 'HTTP API of the Node service.',
    },
    nodeMetrics: {
      port: 9464,
      wellKnown:
        'https://github.com/open-telemetry/opentelemetry-specification/blob/main/specification/configuration/sdk-environment-variables.md',
      tier: 'app',
      owner: 'node-service',
      purpose: 'Metrics of the Node service.',
    },
    gateway: {
      port: 8080,
      range: 'network',
      tier: 'network',
      owner: 'gateway',
      purpose: 'HTTP of the gateway.',
    },
    nginxBackend: {
      port: 8082,
      range: 'network',
      tier: 'network',
      owner: 'nginx-backend',
      purpose: 'HTTP of the backends of the gateway.',
    },
    gatewayStatus: {
      port: 8090,
      range: 'network',
      tier: 'network',
      owner: 'gateway',
      purpose: 'Status of the gateway, on loopback only.',
    },
    nginxBackendStatus: {
      port: 8091,
      range: 'network',
      tier: 'network',
      owner: 'nginx-backend',
      purpose: 'Status of the backends, on loopback only.',
    },
    nginxMetrics: {
      port: 9113,
      wellKnown: 'https://github.com/nginx/nginx-prometheus-exporter/blob/main/README.md',
      tier: 'network',
      owner: 'gateway',
      purpose: 'Metrics of nginx.',
      sharedBy: {
        owners: [{ tier: 'network', owner: 'nginx-backend' }],
        reason: 'Each nginx has the same exporter beside it.',
      },
    },
    mongodb: {
      port: 27017,
      wellKnown: 'https://github.com/docker-library/mongo/blob/master/8.0/Dockerfile',
      tier: 'data',
      owner: 'mongodb',
      purpose: 'MongoDB.',
    },
    redis: {
      port: 6379,
      wellKnown: 'https://github.com/redis/docker-library-redis/blob/release/8.0/debian/Dockerfile',
      tier: 'data',
      owner: 'redis',
      purpose: 'Redis.',
    },
    mongodbExporter: {
      port: 9216,
      wellKnown: 'https://github.com/percona/mongodb_exporter',
      tier: 'data',
      owner: 'mongodb-exporter',
      purpose: 'Metrics of MongoDB.',
    },
    redisExporter: {
      port: 9121,
      wellKnown: 'https://github.com/oliver006/redis_exporter',
      tier: 'data',
      owner: 'redis-exporter',
      purpose: 'Metrics of Redis.',
    },
    ollama: {
      port: 11434,
      wellKnown: 'https://github.com/ollama/ollama/blob/main/docs/api.md',
      tier: 'gpu',
      owner: 'ollama',
      purpose: 'Ollama.',
    },
    nodeExporter: {
      port: 9100,
      wellKnown: 'https://github.com/prometheus/node_exporter',
      tier: 'cluster',
      owner: 'node-exporter',
      purpose: 'Metrics of the nodes, in their network.',
    },
    cadvisor: {
      port: 8081,
      range: 'network',
      tier: 'cluster',
      owner: 'cadvisor',
      purpose: 'Metrics of containers.',
    },
    kubeStateMetrics: {
      port: 9160,
      range: 'monitoring',
      tier: 'cluster',
      owner: 'kube-state-metrics',
      purpose: 'Metrics of the objects of Kubernetes.',
    },
    kubeStateMetricsSelf: {
      port: 9161,
      range: 'monitoring',
      tier: 'cluster',
      owner: 'kube-state-metrics',
      purpose: 'Readiness and metrics of kube-state-metrics itself.',
    },
    dcgmExporter: {
      port: 9400,
      wellKnown: 'https://github.com/NVIDIA/dcgm-exporter',
      tier: 'cluster',
      owner: 'dcgm-exporter',
      purpose: 'Metrics of GPUs.',
    },
  },
});

/** The numbers, by name. */
export const { ports } = registry;
