import { gpus } from './gpus';
import type { GpuPoolOptions } from './options';
import { providers, type NodeLabel, type Toleration } from './providers';
import { MIG_PROFILE, complaintsAboutPool, resourceOf } from './rules';

export type { Gpu } from './gpus';
export type { GpuPoolOptions, Mode, Provider, Sharing } from './options';

interface NodeRequirement {
  readonly key: string;
  readonly operator: 'In';
  readonly values: readonly string[];
}

/** Where the nodes of a pool are; as data, to stand among the values of an environment. */
export interface GpuNodes {
  readonly nodes: readonly NodeRequirement[];
  readonly tolerations: readonly Toleration[];
  readonly runtimeClassName: string;
}

/** What a pod needs to run on a pool. */
export interface GpuRequest extends GpuNodes {
  readonly limits: Readonly<Record<string, number>>;
}

/** Nodes with GPUs: where they are, which GPUs, and how pods share them. */
export class GpuNodePool {
  /** Name that the device plugin gives to what is handed out. */
  public readonly resource: string;
  /** How many of that there are. */
  public readonly size: number;
  /** Labels that the nodes have. */
  public readonly labels: readonly NodeLabel[];
  public readonly tolerations: readonly Toleration[];
  private readonly found: string[];

  public constructor(public readonly options: GpuPoolOptions) {
    const { provider, gpu, sharing, spot = false } = options;
    const facts = providers[provider];
    const priced = spot ? facts.spot : undefined;
    this.found = complaintsAboutPool(options);
    this.resource = resourceOf(options);
    this.size = options.gpus * this.partsOfEach();
    this.labels = [
      ...facts.labels(gpu),
      ...(facts.modes[sharing.mode]?.labels?.(sharing) ?? []),
      ...(priced?.labels ?? []),
    ];
    this.tolerations = [facts.toleration, ...(priced?.tolerations ?? [])];
  }

  /** What is wrong with the pool, and with what was asked of it; a tier tells it at synth. */
  public get complaints(): readonly string[] {
    return this.found;
  }

  /** Values of the tier that the pool is for. */
  public get values() {
    const { provider, gpu, gpus: maxGpus, spot = false } = this.options;
    return {
      quota: { [`requests.${this.resource}`]: this.size },
      ...(provider === 'eks' && { karpenter: { gpu: gpus[gpu].karpenter, maxGpus, spot } }),
    };
  }

  /**
   * Values of the tier with the agents of the nodes. Where the provider brings the device plugin, ours
   * would fight with it, and nodes do not show GPUs to containers in the way that ours expect.
   */
  public get agents() {
    const { provider, sharing } = this.options;
    const replicas = 'replicas' in sharing ? { replicas: sharing.replicas } : {};
    return {
      ...(providers[provider].bringsPlugin && { gpuAgents: false }),
      gpuNodes: this.nodes,
      devicePlugin: { sharing: sharing.mode, ...replicas },
    };
  }

  /** So many GPUs, or parts of them, for each pod. */
  public gpus(count: number): GpuRequest {
    this.found.push(...this.complaintsAboutCount(count));
    return { limits: { [this.resource]: count }, ...this.nodes };
  }

  private get nodes(): GpuNodes {
    return {
      nodes: this.labels.map(([key, value]) => ({ key, operator: 'In', values: [value] })),
      tolerations: this.tolerations,
      runtimeClassName: providers[this.options.provider].runtimeClass ?? '',
    };
  }

  private complaintsAboutCount(count: number): string[] {
    const { mode } = this.options.sharing;
    const shared = mode === 'time-slicing' || mode === 'mps';
    if (!Number.isInteger(count) || count < 1) {
      return [`A pod asks for ${String(count)} of ${this.resource}; ask for 1 or more.`];
    }
    if (shared && count > 1) {
      return [
        `A pod asks for ${String(count)} of ${this.resource}, which pods share by ${mode}: more than 1 gives it no more of a GPU, and the device plugin refuses it; ask for 1.`,
      ];
    }
    if (count <= this.size) return [];
    return [
      `A pod asks for ${String(count)} of ${this.resource}, but the pool has ${String(this.size)}, so it would wait for ever; ask for fewer, or give the pool more GPUs.`,
    ];
  }

  private partsOfEach(): number {
    const { gpu, sharing } = this.options;
    if (sharing.mode === 'whole') return 1;
    if (sharing.mode !== 'mig') return sharing.replicas;
    return MIG_PROFILE.test(sharing.profile) ? (gpus[gpu].mig?.[sharing.profile] ?? 0) : 0;
  }
}

export const gpuNodePool = (options: GpuPoolOptions): GpuNodePool => new GpuNodePool(options);
