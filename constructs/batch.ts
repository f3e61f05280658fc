import type { V1JobSpec, V1PodSpec, V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import type { Container, DeepObject, Value, Values } from '../synth';
import { podTemplate, type ApiAccess } from './pod';
import type { PodValues } from './pod-values';
import type { Item, Workload, WorkloadOptions } from './workload';

/** What a Job and the Jobs of a CronJob have in common. */
export interface BatchOptions extends WorkloadOptions {
  readonly values?: Values<PodValues>;
  readonly run: {
    readonly image: Value<string>;
    /** Number of the user and group that the image's processes run as. */
    readonly user: number;
    readonly command: readonly string[];
    readonly resources: NonNullable<Container['resources']>;
    /** Seconds after which it has failed. */
    readonly deadlineSeconds: number;
    /** How often a failed pod is followed by another; default: 2. */
    readonly retries?: number;
    /** Exit codes after which no other pod would fare better. */
    readonly hopeless?: readonly number[];
    /** Talks to the API server. The reason stands beside it in the pod. */
    readonly apiAccess?: ApiAccess;
  };
  readonly volumes?: readonly Item<V1Volume>[];
  readonly volumeMounts?: readonly Item<V1VolumeMount>[];
  /** Where the pods go. */
  readonly placement?: Pick<DeepObject<V1PodSpec>, 'affinity' | 'tolerations'>;
}

/** The options with the annotations of the ServiceAccount that the values have. */
export const workloadOf = (options: BatchOptions): WorkloadOptions => ({
  ...(options.values && { serviceAccount: options.values.serviceAccount }),
  ...options,
});

export function jobSpec(workload: Workload, options: BatchOptions): DeepObject<V1JobSpec> {
  const { values, run, volumes = [], volumeMounts = [] } = options;
  return {
    backoffLimit: run.retries ?? 2,
    activeDeadlineSeconds: run.deadlineSeconds,
    ...(run.hopeless && { podFailurePolicy: { rules: [failAt(run.hopeless), evicted] } }),
    template: podTemplate(workload, {
      user: run.user,
      values,
      container: { image: run.image, command: run.command, resources: run.resources },
      // The next run reads the files anew; the spec of a Job could not even change.
      rolls: false,
      volumes,
      volumeMounts,
      ...(run.apiAccess && { apiAccess: run.apiAccess }),
      spec: {
        restartPolicy: 'Never',
        ...options.placement,
      },
    }),
  };
}

const failAt = (values: readonly number[]) => ({
  action: 'FailJob',
  onExitCodes: { operator: 'In', values },
});

/** A drain, say, is no failure of the pod, and takes none of its retries. */
const evicted = {
  action: 'Ignore',
  onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
};
