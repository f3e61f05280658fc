import type {
  V1Container,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Volume,
  V1VolumeMount,
} from '@kubernetes/client-node';
import { omitEmpty, type Container, type DeepObject, type MapValue, type Values } from '../synth';
import { gpuNodePlacement, gpuPlacement } from './gpu-node-pool/placement';
import type { GpuNodeValues, GpuRequestValues } from './gpu-node-pool/values';
import { exceptionsFor, hostVolumeMounts, hostVolumes, type PodNeeds } from './pod-needs';
import type { PodValues } from './pod-values';
import { containerSecurityFor, podSecurity } from './security';
import type { Item, Workload } from './workload';

export interface PodOptions {
  /** Number of the user and group that the image's processes run as. */
  readonly user: number;
  readonly values?: Values<PodValues> | undefined;
  /** GPUs of the pods, and the nodes that have them; needs values. */
  readonly gpu?: Values<GpuRequestValues>;
  /** The nodes with GPUs, for pods that ask for none of them; needs values. */
  readonly gpuNodes?: Values<GpuNodeValues>;
  /** What it needs beyond Pod Security "restricted". Default: nothing. */
  readonly needs?: PodNeeds;
  /** Talks to the API server. The reason stands beside it in the pod. */
  readonly apiAccess?: ApiAccess;
  /** Everything but what the workload and the defaults bring. */
  readonly container: Omit<Container, 'name' | 'env' | 'securityContext' | 'volumeMounts'>;
  /** Empty folders of 1 GiB at most that live as long as the pod; /tmp is always there. */
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

export interface ApiAccess {
  readonly reason: string;
}

/** Pod template with the defaults that every workload gets. */
export function podTemplate(
  workload: Workload,
  options: PodOptions,
): DeepObject<V1PodTemplateSpec> {
  const { user, values, spec, apiAccess, needs = {} } = options;
  const { configs, secrets, selector } = workload;
  const checksums = Object.assign({}, ...configs.map((config) => config.checksums)) as Texts;
  const annotations = {
    ...options.annotations,
    ...(apiAccess && { 'twinchart.dev/service-account-token': apiAccess.reason }),
    ...exceptionsFor(needs),
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
      ...podSecurity(user, needs),
      ...(apiAccess && { automountServiceAccountToken: true }),
      ...spec,
      containers: [container(workload, options), ...(options.sidecars ?? [])],
      volumes: [
        ...configs.map(({ volume }) => volume),
        ...secrets.map(({ volume }) => volume),
        ...scratchOf(options).map(({ name }) => ({ name, emptyDir })),
        ...hostVolumes(needs),
        ...(options.volumes ?? []),
        ...(values?.extraVolumes ?? []),
      ],
      ...(values && {
        priorityClassName: omitEmpty(values.priorityClassName),
        nodeSelector: omitEmpty(values.nodeSelector),
        ...placement(options, values),
      }),
      // Kubernetes' own variables, such as REDIS_PORT of a Service redis, would be mistaken for ours.
      enableServiceLinks: false,
    },
  };
}

function placement({ gpu, gpuNodes }: PodOptions, values: Values<PodValues>) {
  if (gpu) return gpuPlacement(gpu, values);
  if (gpuNodes) return gpuNodePlacement(gpuNodes, values);
  return { tolerations: omitEmpty(values.tolerations), affinity: omitEmpty(values.affinity) };
}

function container(workload: Workload, options: PodOptions) {
  const { values, needs = {} } = options;
  const env = [...workload.environment, ...(values?.extraEnv ?? [])];
  return {
    name: workload.name,
    ...options.container,
    ...(env.length > 0 && { env }),
    ...containerSecurityFor(needs),
    volumeMounts: [
      ...(options.volumeMounts ?? []),
      ...workload.configs.map(({ volumeMount }) => volumeMount),
      ...workload.secrets.map(({ volumeMount }) => volumeMount),
      ...scratchOf(options).map(({ name, mountPath }) => ({ name, mountPath })),
      ...hostVolumeMounts(needs),
      ...(values?.extraVolumeMounts ?? []),
    ],
  };
}

/** Enough for what is written between two requests; a loop that writes ends its pod, not its node. */
const emptyDir = { sizeLimit: '1Gi' };

/** The empty folders; that of /var/cache/nginx is the volume var-cache-nginx. */
const scratchOf = ({ scratch = [] }: PodOptions) =>
  ['/tmp', ...scratch].map((mountPath) => ({
    name: mountPath.slice(1).replaceAll('/', '-'),
    mountPath,
  }));

type Texts = Readonly<Record<string, string>>;
/** What a map value brings into an object literal; its keys are known to the twins only. */
const entries = (map: MapValue<Texts> | undefined) => ({ ...map }) as Texts;
