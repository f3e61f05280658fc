import type { V1PodSpec, V1Toleration } from '@kubernetes/client-node';
import {
  and,
  notEmpty,
  omitEmpty,
  when,
  whenItems,
  type DeepObject,
  type Each,
  type Values,
} from '../../synth';
import type { PodValues } from '../pod-values';
import type { GpuRequestValues } from './values';

/** Where pods with GPUs go, beside what their values say; without GPUs, what their values say. */
export const gpuPlacement = (
  gpu: Values<GpuRequestValues>,
  values: Values<PodValues>,
): Partial<DeepObject<V1PodSpec>> => ({
  runtimeClassName: when(and(gpu.enabled, notEmpty(gpu.runtimeClassName)), gpu.runtimeClassName),
  tolerations: [
    // The items of the list are spread, so that the type of one is the type of the other.
    ...(whenItems(gpu.enabled, [...gpu.tolerations]) as readonly object[] as Each<V1Toleration>[]),
    ...values.tolerations,
  ],
  ...when(
    and(gpu.enabled, notEmpty(gpu.nodes)),
    {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: gpu.nodes }],
          },
        },
      },
    },
    { affinity: omitEmpty(values.affinity) },
  ),
});
