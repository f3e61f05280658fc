import type { Environment } from '../../synth';
import type { PlatformValues } from '../values';

export const dev: Environment<PlatformValues> = {
  name: 'dev',
  summary:
    'one small pod of everything but models and node agents, two backends, debug logging, no public route.',
  release: { name: 'platform', namespace: 'platform-dev-release' },
  values: {
    global: {
      domain: 'dev.platform.example',
      namespaces: {
        data: 'platform-dev-data',
        app: 'platform-dev-app',
        network: 'platform-dev-network',
        gpu: 'platform-dev-gpu',
        cluster: 'platform-dev-cluster',
      },
      secrets: { generate: true },
    },
    data: {
      mongodb: {
        storage: '1Gi',
        slowOpThresholdMs: 20,
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '768Mi' } },
      },
    },
    app: {
      nodeService: {
        replicas: 1,
        logLevel: 'debug',
        ai: { enabled: false },
        resources: { requests: { cpu: '50m' } },
      },
    },
    network: {
      gateway: {
        replicas: 1,
        workers: 1,
        logs: { level: 'info' },
        resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '96Mi' } },
      },
      backend: {
        workers: 1,
        logs: { level: 'info' },
        resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '96Mi' } },
      },
    },
    gpu: { enabled: false },
    // The node is a laptop: its agents would measure what else runs there, and open a port on it.
    cluster: { nodeExporter: { enabled: false }, cadvisor: { enabled: false } },
  },
};
