import type { NamedOverlay } from '../../synth';
import { pools } from '../gpu-pools';
import type { PlatformValues } from '../values';

/** Needs ingress-nginx, as the marketplace installs it. */
export const doks: NamedOverlay<PlatformValues> = {
  name: 'doks',
  summary: 'DigitalOcean DOKS: volumes on its block storage, public routes by ingress-nginx.',
  values: {
    global: { storageClass: 'do-block-storage', ingressClass: 'nginx' },
    gpu: { pool: pools.doks.values, ollama: { gpu: pools.doks.gpus(1) } },
    cluster: pools.doks.agents,
  },
};
