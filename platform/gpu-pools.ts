import { gpuNodePool } from '../constructs';

/** The nodes with GPUs, wherever the platform runs: one GPU, for Ollama alone. */
export const pools = {
  own: gpuNodePool({ provider: 'own', gpu: 'nvidia-l4', sharing: { mode: 'whole' }, gpus: 1 }),
  eks: gpuNodePool({ provider: 'eks', gpu: 'nvidia-l4', sharing: { mode: 'whole' }, gpus: 1 }),
  gke: gpuNodePool({ provider: 'gke', gpu: 'nvidia-l4', sharing: { mode: 'whole' }, gpus: 1 }),
  aks: gpuNodePool({ provider: 'aks', gpu: 'nvidia-t4', sharing: { mode: 'whole' }, gpus: 1 }),
  doks: gpuNodePool({
    provider: 'doks',
    gpu: 'nvidia-h100-80gb',
    sharing: { mode: 'whole' },
    gpus: 1,
  }),
};
