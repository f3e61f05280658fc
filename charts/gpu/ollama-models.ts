import { Job, revisionOf } from '../../constructs';
import { image, sourceFile, ternary } from '../../synth';
import { models, type Ollama } from './ollama';

const NODE_USER = 1000;
const HOME = '/var/lib/ollama';

/** Pulls the models to Ollama's volume: the one pod of the tier that reaches the outside. */
export function ollamaModels({ owner: tier, selector }: Ollama): Job {
  const { pull, moreModels } = tier.values.ollama;
  const { chat, embedding } = tier.global.models;
  const script = sourceFile(__dirname, 'pull-models.mjs');
  const list = {
    // Not read by the script: what stands here is part of the name of the Job.
    revision: revisionOf(tier, pull.image, script),
    scheme: `${ternary(pull.insecure, 'http', 'https')}`,
    registry: `${pull.registry}`,
    models: `${chat} ${embedding} ${moreModels}`,
    folder: models.folder,
  };
  const job = new Job(tier, 'ollama-models', {
    component: 'models',
    revision: 'models.json',
    run: {
      image: image(pull.image, tier.global.imageRegistry),
      user: NODE_USER,
      command: ['node', '/opt/pull/pull-models.mjs', '/etc/pull/models.json'],
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
      deadlineSeconds: 21_600,
      retries: 6,
      // No such model, and no space for it.
      hopeless: [3, 4],
    },
    volumes: [{ name: 'models', persistentVolumeClaim: { claimName: models.claim } }],
    volumeMounts: [{ name: 'models', mountPath: HOME }],
    placement: {
      // One node has the volume: that of Ollama, whatever taints it has.
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selector } },
          ],
        },
      },
      tolerations: [lost('not-ready'), lost('unreachable'), { operator: 'Exists' }],
    },
  });
  job.traffic.egress.push({ ports: [{ port: pull.port }] });
  return job
    .config('list', '/etc/pull', { 'models.json': `${JSON.stringify(list, null, 2)}\n` })
    .config('script', '/opt/pull', { 'pull-models.mjs': script });
}

/** Of a node that is gone, as pods bear it that say nothing: to bear it for ever is to stay there. */
const lost = (taint: 'not-ready' | 'unreachable') => ({
  key: `node.kubernetes.io/${taint}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
});
