import { z } from 'zod';
import { gpuNodeValues, nodeAgentValues, podValues, resourcesSchema } from '../../constructs';
import { imageSchema } from '../../synth';
import { devicePlugin, dcgmExporter } from './gpu-values';

const nodeExporter = z
  .strictObject(
    nodeAgentValues({
      enabled: 'Whether nodes are measured.',
      // prometheus/node_exporter, release 1.12.1; the port is in its README.
      image: { registry: 'quay.io', repository: 'prometheus/node-exporter', tag: 'v1.12.1' },
      resources: { cpu: '20m', memory: '32Mi', limit: '128Mi' },
    }),
  )
  .describe('node-exporter: processors, memory, disks and network of each node.');

const cadvisor = z
  .strictObject({
    ...nodeAgentValues({
      enabled: 'Whether containers are measured.',
      // google/cadvisor, tag v0.60.5 and .github/workflows/publish-container.yml.
      image: { registry: 'ghcr.io', repository: 'google/cadvisor', tag: 'v0.60.5' },
      // Its own manifest has 400m and 400Mi; that one looks at everything, each second.
      resources: { cpu: '100m', memory: '200Mi', limit: '1Gi' },
    }),
    containerd: z
      .string()
      .regex(/^\/[a-z0-9/._-]+$/)
      .default('/run/containerd')
      .describe('Folder of the node with containerd.sock; k3s has /run/k3s/containerd.'),
  })
  .describe('cAdvisor: processor, memory, disk and network of each container.');

const kubeStateMetrics = z
  .strictObject({
    enabled: z.boolean().default(true).describe('Whether the objects of the cluster are measured.'),
    // kubernetes/kube-state-metrics v2.20.0, examples/standard/deployment.yaml.
    image: imageSchema({
      registry: 'registry.k8s.io',
      repository: 'kube-state-metrics/kube-state-metrics',
      tag: 'v2.20.0',
    }),
    // Its README gives 250 MiB and 0.1 cores as a general rule; most of that is for bursts.
    resources: resourcesSchema({ cpu: '10m', memory: '64Mi', limit: '256Mi' }),
    ...podValues(),
  })
  .describe('kube-state-metrics: what Kubernetes itself says of its objects.');

const admissionPolicies = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Whether the API server holds them; needs Kubernetes 1.30.'),
    action: z
      .enum(['Deny', 'Warn', 'Audit'])
      .default('Deny')
      .describe('What becomes of objects that break one; try "Warn" first where others write.'),
  })
  .describe(
    'Pinned images, service accounts of their own and labels, in all namespaces of the platform.',
  );

export const clusterValues = z.strictObject({
  nodeExporter,
  cadvisor,
  kubeStateMetrics,
  gpuAgents: z
    .boolean()
    .default(false)
    .describe('Whether agents of ours run on nodes with GPUs; not where the provider brings them.'),
  gpuNodes: gpuNodeValues(),
  dcgmExporter,
  devicePlugin,
  admissionPolicies,
});
