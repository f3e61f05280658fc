import type { Gpu } from './gpus';

/** Where the nodes are: Amazon, Google, Azure, DigitalOcean, or machines of one's own. */
export type Provider = 'eks' | 'gke' | 'aks' | 'doks' | 'own';
export const PROVIDERS: readonly Provider[] = ['eks', 'gke', 'aks', 'doks', 'own'];

/** How pods share a GPU. One of these, since the ways exclude each other on a node. */
export type Sharing =
  /** Each pod has whole GPUs to itself. */
  | { readonly mode: 'whole' }
  /** Pods take turns; nothing keeps them from each other's memory. */
  | { readonly mode: 'time-slicing'; readonly replicas: number }
  /** Pods compute at the same time, each with an equal part of the memory. */
  | { readonly mode: 'mps'; readonly replicas: number }
  /** The GPU is cut into parts, which the hardware keeps apart, such as 1g.10gb. */
  | { readonly mode: 'mig'; readonly profile: string };

export type Mode = Sharing['mode'];
export const MODES: readonly Mode[] = ['whole', 'time-slicing', 'mps', 'mig'];

interface Pool {
  readonly gpu: Gpu;
  readonly sharing: Sharing;
  /** GPUs of all nodes together. */
  readonly gpus: number;
}

/** Nodes that the provider may take back at any time cost less; not all providers have them. */
export type GpuPoolOptions = Pool &
  (
    | { readonly provider: 'eks' | 'gke' | 'aks'; readonly spot?: boolean }
    | { readonly provider: 'doks' | 'own'; readonly spot?: never }
  );
