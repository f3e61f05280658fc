import type {
  V1Affinity,
  V1EnvVar,
  V1Toleration,
  V1Volume,
  V1VolumeMount,
} from '@kubernetes/client-node';
import { z } from 'zod';
import { optionalDnsName, structuralList, structuralMap } from '../synth';

const texts = (what: string, example: Record<string, string>) =>
  z
    .record(z.string(), z.string())
    .default({})
    .describe(what)
    .meta({ examples: [example] });

export interface PodDefaults {
  /** PriorityClass of the pods. Default: that of the cluster. */
  readonly priorityClassName?: string;
  /** Taints that the pods bear. Default: none. */
  readonly tolerations?: readonly object[];
}

/** Values that every pod passes on, by the names that Helm users know. */
export const podValues = ({ priorityClassName = '', tolerations }: PodDefaults = {}) => ({
  podAnnotations: texts('Further annotations of the pods.', { 'example.org/team': 'core' }),
  podLabels: texts('Further labels of the pods.', { 'example.org/team': 'core' }),
  priorityClassName: optionalDnsName()
    .default(priorityClassName)
    .describe('PriorityClass of the pods; empty takes the default of the cluster.'),
  nodeSelector: texts('Labels that a node must have.', { 'kubernetes.io/arch': 'amd64' }),
  tolerations: structuralList<V1Toleration>(tolerations)
    .describe('Taints that the pods bear.')
    .meta({ examples: [[{ key: 'dedicated', operator: 'Equal', value: 'apps' }]] }),
  affinity: structuralMap<V1Affinity>().describe('Affinity of the pods, as Kubernetes has it.'),
  extraEnv: structuralList<V1EnvVar>()
    .describe('Further environment variables.')
    .meta({ examples: [[{ name: 'TZ', value: 'Etc/UTC' }]] }),
  extraVolumes: structuralList<V1Volume>().describe('Further volumes of the pods.'),
  extraVolumeMounts: structuralList<V1VolumeMount>().describe(
    'Where the further volumes are mounted.',
  ),
  serviceAccount: z
    .strictObject({
      annotations: texts('Annotations, such as a role of the cloud provider.', {
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/example',
      }),
    })
    .describe('ServiceAccount of the pods.'),
});
export type PodValues = z.output<z.ZodObject<ReturnType<typeof podValues>>>;
