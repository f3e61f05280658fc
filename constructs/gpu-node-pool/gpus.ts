/** What a GPU is called, and how it can be cut. */
interface GpuFacts {
  /** Value of the label cloud.google.com/gke-accelerator. */
  readonly gke: string;
  /** Value of the label karpenter.k8s.aws/instance-gpu-name. */
  readonly karpenter: string;
  /** How many parts of a MIG profile one GPU gives; none where it cannot be cut. */
  readonly mig?: Readonly<Record<string, number>>;
}

const eighty = {
  '1g.10gb': 7,
  '1g.20gb': 4,
  '2g.20gb': 3,
  '3g.40gb': 2,
  '4g.40gb': 1,
  '7g.80gb': 1,
};

/** Parts by profile as NVIDIA's own tool makes them; see MIG_SOURCE. */
const table = {
  'nvidia-t4': { gke: 'nvidia-tesla-t4', karpenter: 't4' },
  'nvidia-l4': { gke: 'nvidia-l4', karpenter: 'l4' },
  'nvidia-a100-40gb': {
    gke: 'nvidia-tesla-a100',
    karpenter: 'a100',
    mig: { '1g.5gb': 7, '1g.10gb': 4, '2g.10gb': 3, '3g.20gb': 2, '4g.20gb': 1, '7g.40gb': 1 },
  },
  'nvidia-a100-80gb': { gke: 'nvidia-a100-80gb', karpenter: 'a100', mig: eighty },
  'nvidia-h100-80gb': { gke: 'nvidia-h100-80gb', karpenter: 'h100', mig: eighty },
} as const satisfies Record<string, GpuFacts>;

export type Gpu = keyof typeof table;

export const gpus: Readonly<Record<Gpu, GpuFacts>> = table;

export const MIG_SOURCE =
  'https://github.com/NVIDIA/mig-parted/blob/main/deployments/systemd/config-default.yaml';
