import type { Construct } from 'constructs';
import { GpuQuota, TierNamespace, type ServiceEndpoint } from '../../constructs';
import { tier } from '../../platform/global';
import { pools } from '../../platform/gpu-pools';
import { Ollama } from './ollama';
import { ollamaModels } from './ollama-models';
import { smokeTest } from './smoke-test';
import { gpuTierValues } from './values';

const GpuTierBase = tier({
  name: 'gpu',
  description: 'Models, on GPUs where there are any.',
  values: gpuTierValues,
});

/** The tier that computes with GPUs; it needs none. */
export class GpuTier extends GpuTierBase {
  /** Chat and embeddings, for services that connect to it. */
  public readonly aiService: ServiceEndpoint;

  public constructor(scope: Construct) {
    super(scope);
    new TierNamespace(this);
    new GpuQuota(this, 'gpus', { values: this.values.pool, pools: Object.values(pools) });
    const ollama = new Ollama(this);
    ollamaModels(ollama);
    smokeTest('tests', ollama);
    this.aiService = ollama.endpoint;
  }
}

export type GpuTierSelf = InstanceType<typeof GpuTierBase>;
