import { ServiceEndpoint, Workload, keptByHelm } from '../../constructs';
import { ports } from '../../platform/ports';
import { Manifest, not, omitEmpty, sourceFile, whenItems } from '../../synth';
import type { GpuTierSelf } from '.';
import { deployment } from './ollama-deployment';

const HOME = '/var/lib/ollama';

/** The image runs as root; any other user works where its home can be written. */
export const OLLAMA_USER = 1000;

/** The models, on a volume; everything but them can be made again. */
export const models = { folder: `${HOME}/models`, claim: 'ollama-models' };

/** Ollama without a way to the outside: what it serves, a Job has pulled. */
export class Ollama extends Workload {
  /** Chat and embeddings over HTTP. */
  public readonly endpoint: ServiceEndpoint;

  public constructor(public readonly owner: GpuTierSelf) {
    const [{ ollama }, { models: pulled }] = [owner.values, owner.global];
    super(owner, 'ollama', { component: 'ai', serviceAccount: ollama.serviceAccount });
    this.endpoint = new ServiceEndpoint(this, 'ai', ports.ollama);
    this.config('scripts', '/opt/ollama', { 'ready.sh': sourceFile(__dirname, 'ready.sh') });
    this.env({
      HOME,
      OLLAMA_MODELS: models.folder,
      OLLAMA_HOST: `0.0.0.0:${String(ports.ollama)}`,
      OLLAMA_NO_CLOUD: '1',
      // It would remove what is being pulled when it starts.
      OLLAMA_NOPRUNE: '1',
      OLLAMA_NUM_PARALLEL: `${ollama.parallel}`,
      OLLAMA_MAX_QUEUE: `${ollama.queue}`,
      OLLAMA_MAX_LOADED_MODELS: `${ollama.loadedModels}`,
      OLLAMA_CONTEXT_LENGTH: `${ollama.contextLength}`,
      OLLAMA_KEEP_ALIVE: ollama.keepAlive,
      MODELS: `${pulled.chat} ${pulled.embedding} ${ollama.moreModels}`,
    });
    // The image asks for all GPUs of a node, also for those that the pod did not get.
    const none = { name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' };
    this.environment.push(...whenItems(not(ollama.gpu.enabled), [none]));
  }

  protected manifests(): void {
    const { storage } = this.owner.values.ollama;
    new Manifest(this, 'claim', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...this.metadata, name: models.claim, annotations: keptByHelm },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: omitEmpty(this.tier.global.storageClass),
        resources: { requests: { storage } },
      },
    });
    new Manifest(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: this.metadata,
      spec: {
        selector: this.selector,
        ports: [{ name: 'http', port: ports.ollama, targetPort: 'http' }],
      },
    });
    new Manifest(this, 'deployment', deployment(this, HOME));
  }
}
