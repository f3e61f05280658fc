import { NodeAgent } from '../../constructs';
import { ports } from '../../platform/ports';
import { and, sourceFile } from '../../synth';
import type { ClusterTierSelf } from '.';

const FOLDER = '/etc/twinchart';

/** Measures the GPUs, and says of which pod each one is. */
export function dcgmExporter(tier: ClusterTierSelf): NodeAgent {
  const { dcgmExporter: values, gpuAgents, gpuNodes } = tier.values;
  const agent = new NodeAgent(tier, 'dcgm-exporter', {
    component: 'exporter',
    when: and(gpuAgents, values.enabled),
    values,
    gpuNodes,
    run: { user: 0, args: ['-f', `${FOLDER}/counters.csv`], scratch: ['/run', '/var/log'] },
    // Its own manifests wait for 45 seconds.
    metrics: { port: ports.dcgmExporter, health: '/health', startSeconds: 120 },
    needs: {
      root: 'The kubelet tells root alone which pod has which GPU.',
      hostPaths: [
        {
          name: 'kubelet',
          path: '/var/lib/kubelet/pod-resources',
          mountPath: '/var/lib/kubelet/pod-resources',
          reason: 'The kubelet tells there which pod has which GPU.',
        },
      ],
    },
  });
  agent.config('config', FOLDER, { 'counters.csv': sourceFile(__dirname, 'counters.csv') });
  agent.env({
    DCGM_EXPORTER_LISTEN: `:${String(ports.dcgmExporter)}`,
    DCGM_EXPORTER_KUBERNETES: 'true',
    NVIDIA_VISIBLE_DEVICES: 'all',
    NVIDIA_DRIVER_CAPABILITIES: 'compute,utility',
  });
  const fieldPath = 'spec.nodeName';
  agent.environment.push({ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath } } });
  return agent;
}
