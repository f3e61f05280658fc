import type { NamedOverlay } from '../../synth';
import { pools } from '../gpu-pools';
import type { PlatformValues } from '../values';

/**
 * GKE takes its own controller by annotation, and no class. Its load balancers and their health
 * checks come from two well-known blocks.
 */
export const gke: NamedOverlay<PlatformValues> = {
  name: 'gke',
  summary: 'Google GKE: volumes on balanced persistent disks, public routes by its load balancer.',
  values: {
    global: {
      storageClass: 'standard-rwo',
      network: { ingressAddresses: ['130.211.0.0/22', '35.191.0.0/16'] },
    },
    app: {
      nodeService: {
        ingress: { annotations: { 'kubernetes.io/ingress.class': 'gce' } },
      },
    },
    network: {
      gateway: {
        ingress: { annotations: { 'kubernetes.io/ingress.class': 'gce' } },
      },
    },
    gpu: { pool: pools.gke.values, ollama: { gpu: pools.gke.gpus(1) } },
    cluster: pools.gke.agents,
  },
};
