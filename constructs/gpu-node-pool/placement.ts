import type { V1PodSpec, V1Toleration } from '@kubernetes/client-node';
import {
  and,
  notEmpty,
  omitEmpty,
  when,
  whenItems,
  type DeepObject,
  type Each,
  type Value,
  type Values,
} from '../../synth';
import type { PodValues } from '../pod-values';
import type { GpuNodeValues, GpuRequestValues } from './values';

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
  ...affinity(and(gpu.enabled, notEmpty(gpu.nodes)), gpu, values),
});

/** Where pods go that shall run on each node with GPUs, and use none of them up. */
export const gpuNodePlacement = (
  nodes: Values<GpuNodeValues>,
  values: Values<PodValues>,
): Partial<DeepObject<V1PodSpec>> => ({
  runtimeClassName: omitEmpty(nodes.runtimeClassName),
  tolerations: [...nodes.tolerations, ...values.tolerations],
  ...affinity(notEmpty(nodes.nodes), nodes, values),
});

const affinity = (
  bound: Value<boolean>,
  { nodes }: Values<Pick<GpuNodeValues, 'nodes'>>,
  values: Values<PodValues>,
) =>
  when(
    bound,
    {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: nodes }],
          },
        },
      },
    },
    { affinity: omitEmpty(values.affinity) },
  );
