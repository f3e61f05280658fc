import type { Environment } from '../../synth';
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
  },
};
