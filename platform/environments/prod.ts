import type { Environment } from '../../synth';
import { pools } from '../gpu-pools';
import type { PlatformValues } from '../values';

export const prod: Environment<PlatformValues> = {
  name: 'prod',
  summary: 'autoscaled, public over TLS, larger stores, daily dumps.',
  release: { name: 'platform', namespace: 'platform-release' },
  values: {
    data: {
      mongodb: {
        cacheSizeGB: 1.75,
        storage: '100Gi',
        resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { memory: '4Gi' } },
        terminationGracePeriodSeconds: 120,
        backup: { enabled: true, keep: 14, storage: '200Gi' },
      },
    },
    app: {
      nodeService: {
        logLevel: 'warn',
        maxHeapMB: 384,
        resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
        autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 12 },
        ingress: {
          enabled: true,
          hosts: [{ name: 'api.platform.example', path: '/' }],
          tlsSecret: 'api-tls',
        },
      },
    },
    network: {
      gateway: {
        replicas: 3,
        limits: { perSecond: 50, burst: 100 },
        ingress: { enabled: true, tlsSecret: 'www-tls' },
      },
      backend: { replicas: 3 },
    },
    gpu: {
      pool: pools.own.values,
      ollama: {
        storage: '100Gi',
        gpu: { enabled: true, ...pools.own.gpus(1) },
        resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '4', memory: '16Gi' } },
        parallel: 4,
        safeToEvict: false,
      },
    },
    cluster: { gpuAgents: true, ...pools.own.agents },
  },
};
