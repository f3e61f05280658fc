import { gpus, type Gpu } from './gpus';
import type { Mode, Provider, Sharing } from './options';

/** A taint that pods bear, as JSON. */
export interface Toleration {
  readonly key: string;
  readonly operator: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect: 'NoSchedule';
}

/** A label of nodes, with what it must be. */
export type NodeLabel = readonly [key: string, value: string];

interface SharingFacts {
  readonly sources: readonly string[];
  /** Beside those of the provider. */
  readonly labels?: (sharing: Sharing) => readonly NodeLabel[];
  /** Whether the parts of MIG keep the name of whole GPUs. */
  readonly plainName?: true;
}

/** What is known of a provider's GPU nodes, each with where it is written. */
export interface ProviderFacts {
  readonly title: string;
  readonly labels: (gpu: Gpu) => readonly NodeLabel[];
  /** Taint of the nodes, as key, value and effect. */
  readonly taint: string;
  readonly toleration: Toleration;
  readonly spot?: {
    readonly labels: readonly NodeLabel[];
    readonly tolerations: readonly Toleration[];
  };
  readonly runtimeClass?: string;
  /** Whether it brings the device plugin, and its configuration with it. */
  readonly bringsPlugin: boolean;
  readonly sources: readonly string[];
  /** A mode that is missing is not supported. */
  readonly modes: Partial<Record<Mode, SharingFacts>>;
}

const NVIDIA = 'https://github.com/NVIDIA/k8s-device-plugin/blob/main/README.md';
const AKS = 'https://learn.microsoft.com/en-us/azure/aks';
const GKE = 'https://cloud.google.com/kubernetes-engine/docs';
const DOKS = 'https://docs.digitalocean.com/products/kubernetes/details/managed/';

const exists: Toleration = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' };
const sharedBy = (strategy: string) => (sharing: Sharing) => [
  ['cloud.google.com/gke-gpu-sharing-strategy', strategy] as const,
  ...('replicas' in sharing
    ? [['cloud.google.com/gke-max-shared-clients-per-gpu', String(sharing.replicas)] as const]
    : []),
];

/** Where NVIDIA's device plugin is ours to configure, all of its modes can be had. */
const ofPlugin = {
  whole: { sources: [NVIDIA] },
  'time-slicing': { sources: [`${NVIDIA}#with-cuda-time-slicing`] },
  mps: { sources: [`${NVIDIA}#with-cuda-mps`] },
  mig: { sources: [`${NVIDIA}#configuration-option-details`] },
} as const;

const eks: ProviderFacts = {
  title: 'Amazon EKS',
  labels: (gpu) => [['karpenter.k8s.aws/instance-gpu-name', gpus[gpu].karpenter]],
  taint: 'nvidia.com/gpu:NoSchedule',
  toleration: exists,
  spot: { labels: [['karpenter.sh/capacity-type', 'spot']], tolerations: [] },
  bringsPlugin: false,
  sources: [
    'https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/ml-workload-placement.html',
    'https://karpenter.sh/v1.0/concepts/scheduling/',
  ],
  modes: {
    ...ofPlugin,
    'time-slicing': {
      sources: [
        'https://aws.amazon.com/blogs/containers/gpu-sharing-on-amazon-eks-with-nvidia-time-slicing-and-accelerated-ec2-instances/',
      ],
    },
  },
};

const gke: ProviderFacts = {
  title: 'Google GKE',
  labels: (gpu) => [['cloud.google.com/gke-accelerator', gpus[gpu].gke]],
  taint: 'nvidia.com/gpu=present:NoSchedule',
  toleration: exists,
  spot: {
    labels: [['cloud.google.com/gke-spot', 'true']],
    // Google's guide lets people set this taint.
    tolerations: [
      { key: 'cloud.google.com/gke-spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' },
    ],
  },
  bringsPlugin: true,
  sources: [`${GKE}/how-to/gpus`, `${GKE}/how-to/spot-vms`],
  modes: {
    whole: { sources: [`${GKE}/how-to/gpus`] },
    'time-slicing': {
      labels: sharedBy('time-sharing'),
      sources: [`${GKE}/concepts/timesharing-gpus`],
    },
    mps: { labels: sharedBy('mps'), sources: [`${GKE}/how-to/nvidia-mps-gpus`] },
    mig: {
      labels: (sharing) =>
        'profile' in sharing ? [['cloud.google.com/gke-gpu-partition-size', sharing.profile]] : [],
      plainName: true,
      sources: [`${GKE}/how-to/gpus-multi`],
    },
  },
};

const SPOT = 'kubernetes.azure.com/scalesetpriority';
const aks: ProviderFacts = {
  title: 'Azure AKS',
  labels: () => [['kubernetes.azure.com/accelerator', 'nvidia']],
  // Azure sets none: it is that of its guide, given to the node pool when that is made.
  taint: 'sku=gpu:NoSchedule',
  toleration: { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
  spot: {
    labels: [[SPOT, 'spot']],
    tolerations: [{ key: SPOT, operator: 'Equal', value: 'spot', effect: 'NoSchedule' }],
  },
  bringsPlugin: false,
  sources: [`${AKS}/use-nvidia-gpu`, `${AKS}/use-labels`, `${AKS}/spot-node-pool`],
  modes: {
    whole: { sources: [`${AKS}/use-nvidia-gpu`] },
    'time-slicing': { sources: [`${AKS}/concepts-gpu-partitioning`] },
    mps: { sources: [`${AKS}/concepts-gpu-partitioning`] },
    mig: { sources: [`${AKS}/gpu-multi-instance`] },
  },
};

const doks: ProviderFacts = {
  title: 'DigitalOcean DOKS',
  labels: () => [['doks.digitalocean.com/gpu-brand', 'nvidia']],
  taint: 'nvidia.com/gpu:NoSchedule',
  toleration: exists,
  bringsPlugin: true,
  sources: [
    DOKS,
    // The plugin is on or off there; nothing of its configuration can be said.
    'https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/docs/resources/kubernetes_cluster.md',
  ],
  modes: { whole: { sources: [DOKS] } },
};

const own: ProviderFacts = {
  title: 'own nodes',
  labels: () => [['nvidia.com/gpu.present', 'true']],
  // Given to the nodes by whoever runs them; the plugin's own manifests bear it.
  taint: 'nvidia.com/gpu:NoSchedule',
  toleration: exists,
  runtimeClass: 'nvidia',
  bringsPlugin: false,
  sources: [
    NVIDIA,
    'https://github.com/NVIDIA/k8s-device-plugin/blob/main/deployments/helm/nvidia-device-plugin/values.yaml',
  ],
  modes: ofPlugin,
};

export const providers: Readonly<Record<Provider, ProviderFacts>> = { eks, gke, aks, doks, own };
