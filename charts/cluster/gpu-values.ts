import { z } from 'zod';
import { nodeAgentValues, resourcesSchema } from '../../constructs';

/* Where the provider of the nodes brings none of its own; `pool.agents` knows. */

export const dcgmExporter = z
  .strictObject(
    nodeAgentValues({
      enabled: 'Whether GPUs are measured, where gpuAgents is on.',
      // NVIDIA/dcgm-exporter, deployment/values.yaml of 2026-05-12.
      image: {
        registry: 'nvcr.io',
        repository: 'nvidia/k8s/dcgm-exporter',
        tag: '4.5.3-4.8.2-distroless',
      },
      resources: { cpu: '100m', memory: '128Mi', limit: '512Mi' },
      tolerations: [],
    }),
  )
  .describe('DCGM exporter: load, memory, temperature and faults of each GPU.');

export const devicePlugin = z
  .strictObject({
    ...nodeAgentValues({
      enabled: 'Whether it is installed, where gpuAgents is on.',
      // NVIDIA/k8s-device-plugin, deployments/static/nvidia-device-plugin.yml of v0.20.0.
      image: { registry: 'nvcr.io', repository: 'nvidia/k8s-device-plugin', tag: 'v0.20.0' },
      resources: { cpu: '20m', memory: '64Mi', limit: '256Mi' },
      tolerations: [],
      priorityClassName: 'system-node-critical',
    }),
    sharing: z
      .enum(['whole', 'time-slicing', 'mps', 'mig'])
      .default('whole')
      .describe('How pods share a GPU; the parts of mig are cut before, by who runs the nodes.'),
    replicas: z
      .int()
      .min(2)
      .max(99)
      .default(2)
      .describe('Pods that share each GPU by time-slicing or mps.'),
    mps: z
      .strictObject({
        // What pods compute runs in them; their memory is in the pod of the daemon.
        resources: resourcesSchema({ cpu: '100m', memory: '256Mi', limit: '2Gi' }),
      })
      .describe('Daemon through which pods compute at the same time, where sharing is mps.'),
  })
  .describe('NVIDIA’s device plugin: tells Kubernetes which GPUs a node has.');
