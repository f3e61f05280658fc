import type { NamedOverlay } from '../../synth';
import { pools } from '../gpu-pools';
import type { PlatformValues } from '../values';

/** Needs the add-on application routing. */
export const aks: NamedOverlay<PlatformValues> = {
  name: 'aks',
  summary: 'Azure AKS: volumes on managed disks, public routes by application routing.',
  values: {
    global: {
      storageClass: 'managed-csi',
      ingressClass: 'webapprouting.kubernetes.azure.com',
      network: { ingressNamespace: 'app-routing-system' },
    },
    gpu: { pool: pools.aks.values, ollama: { gpu: pools.aks.gpus(1) } },
    cluster: pools.aks.agents,
  },
};
