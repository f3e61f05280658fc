import type { Environment } from '../../synth';
import { pools } from '../gpu-pools';
import type { PlatformValues } from '../values';

export const staging: Environment<PlatformValues> = {
  name: 'staging',
  summary: 'shaped like prod, smaller, with test data and its own domain and namespaces.',
  release: { name: 'platform', namespace: 'platform-staging-release' },
  values: {
    global: {
      domain: 'staging.platform.example',
      namespaces: {
        data: 'platform-staging-data',
        app: 'platform-staging-app',
        network: 'platform-staging-network',
        gpu: 'platform-staging-gpu',
        cluster: 'platform-staging-cluster',
      },
    },
    data: {
      mongodb: { cacheSizeGB: 0.5, storage: '10Gi', backup: { enabled: true, keep: 3 } },
    },
    app: {
      nodeService: {
        autoscaling: { enabled: true, maxReplicas: 4 },
        ingress: { enabled: true, tlsSecret: 'api-tls' },
        testData: { enabled: true },
      },
    },
    network: {
      gateway: { ingress: { enabled: true, tlsSecret: 'www-tls' } },
    },
    gpu: {
      pool: pools.own.values,
      ollama: {
        gpu: { enabled: true, ...pools.own.gpus(1) },
        resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '4', memory: '8Gi' } },
      },
    },
    // It is in the cluster of prod, whose agents see its nodes and objects, too. In a cluster of its own
    // it has them as prod does.
    cluster: { enabled: false },
  },
};
