import type {
  V1Container,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Volume,
  V1VolumeMount,
} from '@kubernetes/client-node';
import { omitEmpty, type Container, type DeepObject, type MapValue, type Values } from '../synth';
import { gpuPlacement } from './gpu-node-pool/placement';
import type { GpuRequestValues } from './gpu-node-pool/values';
import type { PodValues } from './pod-values';
import { containerSecurity, podSecurity } from './security';
import type { Item, Workload } from './workload';

export interface PodOptions {
  /** Number of the user and group that the image's processes run as. */
  readonly user: number;
  readonly values?: Values<PodValues> | undefined;
  /** GPUs of the pods, and the nodes that have them; needs values. */
  readonly gpu?: Values<GpuRequestValues>;
  /** Everything but what the workload and the defaults bring. */
  readonly container: Omit<Container, 'name' | 'env' | 'securityContext' | 'volumeMounts'>;
  /** Empty folders that live as long as the pod; /tmp is always there. */
  readonly scratch?: readonly string[];
  /** Containers beside that of the workload. */
  readonly sidecars?: readonly Item<V1Container>[];
  readonly volumes?: readonly Item<V1Volume>[];
  readonly volumeMounts?: readonly Item<V1VolumeMount>[];
  /** Whether a change of a configuration file replaces the pods. Default: true. */
  readonly rolls?: boolean;
  readonly annotations?: Texts;
  /** Fields of the pod beside those. */
  readonly spec?: Partial<DeepObject<V1PodSpec>>;
}

/** Pod template with the defaults that every workload gets. */
export function podTemplate(
  workload: Workload,
  options: PodOptions,
): DeepObject<V1PodTemplateSpec> {
  const { user, values, spec } = options;
  const { configs, secrets, selector } = workload;
  const checksums = Object.assign({}, ...configs.map((config) => config.checksums)) as Texts;
  const annotations = {
    ...options.annotations,
    ...(options.rolls !== false && checksums),
    ...entries(values?.podAnnotations),
  };
  return {
    metadata: {
      labels: { ...selector, ...entries(values?.podLabels) },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      serviceAccountName: workload.name,
      ...podSecurity(user),
      ...spec,
      containers: [container(workload, options), ...(options.sidecars ?? [])],
      volumes: [
        ...configs.map(({ volume }) => volume),
        ...secrets.map(({ volume }) => volume),
        ...scratchOf(options).map(({ name }) => ({ name, emptyDir: {} })),
        ...(options.volumes ?? []),
        ...(values?.extraVolumes ?? []),
      ],
      ...(values && {
        priorityClassName: omitEmpty(values.priorityClassName),
        nodeSelector: omitEmpty(values.nodeSelector),
        ...(options.gpu
          ? gpuPlacement(options.gpu, values)
          : {
              tolerations: omitEmpty(values.tolerations),
              affinity: omitEmpty(values.affinity),
            }),
      }),
      // Kubernetes' own variables, such as REDIS_PORT of a Service redis, would be mistaken for ours.
      enableServiceLinks: false,
    },
  };
}

function container(workload: Workload, options: PodOptions) {
  const { values } = options;
  const env = [...workload.environment, ...(values?.extraEnv ?? [])];
  return {
    name: workload.name,
    ...options.container,
    ...(env.length > 0 && { env }),
    ...containerSecurity,
    volumeMounts: [
      ...(options.volumeMounts ?? []),
      ...workload.configs.map(({ volumeMount }) => volumeMount),
      ...workload.secrets.map(({ volumeMount }) => volumeMount),
      ...scratchOf(options).map(({ name, mountPath }) => ({ name, mountPath })),
      ...(values?.extraVolumeMounts ?? []),
    ],
  };
}

/** The empty folders; that of /var/cache/nginx is the volume var-cache-nginx. */
const scratchOf = ({ scratch = [] }: PodOptions) =>
  ['/tmp', ...scratch].map((mountPath) => ({
    name: mountPath.slice(1).replaceAll('/', '-'),
    mountPath,
  }));

type Texts = Readonly<Record<string, string>>;
/** What a map value brings into an object literal; its keys are known to the twins only. */
const entries = (map: MapValue<Texts> | undefined) => ({ ...map }) as Texts;
