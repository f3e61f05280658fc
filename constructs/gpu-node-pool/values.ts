import type { V1NodeSelectorRequirement, V1Toleration } from '@kubernetes/client-node';
import { z } from 'zod';
import { dnsName, optionalDnsName, structuralList } from '../../synth';

/** Values of the nodes with GPUs; `pool.nodes` gives them. */
const nodeValues = () => ({
  nodes: structuralList<V1NodeSelectorRequirement>()
    .describe('What the labels of the nodes must be.')
    .meta({
      examples: [[{ key: 'nvidia.com/gpu.present', operator: 'In', values: ['true'] }]],
    }),
  tolerations: structuralList<V1Toleration>()
    .describe('Taints of the nodes, which the pods bear.')
    .meta({
      examples: [[{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]],
    }),
  runtimeClassName: optionalDnsName()
    .default('')
    .describe('RuntimeClass, where NVIDIA’s runtime is not the default of the nodes.'),
});
export const gpuNodeValues = () =>
  z.strictObject(nodeValues()).describe('Nodes with GPUs, for what runs on each of them.');
export type GpuNodeValues = z.output<ReturnType<typeof gpuNodeValues>>;

/** Values of a workload's GPUs; `pool.gpus(n)` gives all but the switch. */
export const gpuRequestValues = () =>
  z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Whether each pod gets GPUs; without, it computes on CPUs, on any node.'),
      limits: z
        .record(z.string().regex(/^nvidia\.com\/[a-z0-9.-]+$/), z.int().min(1).max(64))
        .default({})
        .describe('GPUs of each pod, by the name that the device plugin gives them.')
        .meta({ examples: [{ 'nvidia.com/gpu': 1 }] }),
      ...nodeValues(),
    })
    .describe('NVIDIA GPUs of each pod, and the nodes that have them.');
export type GpuRequestValues = z.output<ReturnType<typeof gpuRequestValues>>;

const karpenter = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Whether Karpenter adds nodes for the pods; it must be installed.'),
    nodeClass: dnsName()
      .default('default')
      .describe('EC2NodeClass with image, role and subnets of the nodes.'),
    gpu: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .default('l4')
      .describe('Name that Karpenter has for the GPU of an instance type.'),
    maxGpus: z.int().min(1).max(999).default(1).describe('GPUs of all its nodes at most.'),
    spot: z
      .boolean()
      .default(false)
      .describe('Whether nodes are spot instances, which cost less and can be taken back.'),
    consolidateAfter: z
      .string()
      .regex(/^[0-9]+[smh]$/)
      .default('10m')
      .describe('How long a node is empty before it goes.'),
  })
  .describe('NodePool of Karpenter, on Amazon EKS.');

/** Values of a pool, for the tier that it is for; `pool.values` gives the quota. */
export const gpuPoolValues = () =>
  z
    .strictObject({
      quota: z
        .record(z.string().regex(/^requests\.nvidia\.com\/[a-z0-9.-]+$/), z.int().min(0).max(9999))
        .default({})
        .describe('How many GPUs all pods of the namespace may ask for together; empty: no quota.')
        .meta({ examples: [{ 'requests.nvidia.com/gpu': 2 }] }),
      karpenter,
    })
    .describe('Nodes with GPUs.');
export type GpuPoolValues = z.output<ReturnType<typeof gpuPoolValues>>;
