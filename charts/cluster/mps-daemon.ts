import { NodeAgent } from '../../constructs';
import { and, eq } from '../../synth';
import type { ClusterTierSelf } from '.';
import { CONFIG, MPS, pluginConfig } from './device-plugin-config';

/** Lets several pods compute on a GPU at the same time; only where GPUs are shared so. */
export function mpsDaemon(tier: ClusterTierSelf): NodeAgent {
  const { devicePlugin: plugin, gpuAgents, gpuNodes } = tier.values;
  const daemon = new NodeAgent(tier, 'nvidia-mps-daemon', {
    component: 'device-plugin',
    when: and(gpuAgents, plugin.enabled, eq(plugin.sharing, 'mps')),
    values: plugin,
    resources: plugin.mps.resources,
    gpuNodes,
    run: { user: 0, command: ['mps-control-daemon'] },
    // A mount of its own, which the node and the other pods see.
    before: {
      command: ['mps-control-daemon', 'mount-shm'],
      volumeMounts: [{ name: 'mps', mountPath: '/mps', mountPropagation: 'Bidirectional' }],
    },
    needs: {
      hostPID: 'MPS knows the processes that compute by their numbers on the node.',
      root: 'It sets how the GPUs compute, which is for root.',
      privileged: 'It mounts memory that other pods of the node share with it.',
      hostPaths: [
        {
          name: 'mps',
          path: MPS,
          mountPath: '/mps',
          writable: true,
          type: 'DirectoryOrCreate',
          reason: 'Pods find the daemon there.',
        },
        {
          name: 'mps-shm',
          path: `${MPS}/shm`,
          mountPath: '/dev/shm',
          writable: true,
          reason: 'Pods exchange what they compute through this memory.',
        },
      ],
    },
  });
  daemon.config('config', CONFIG, { 'mps.yaml': pluginConfig('mps', plugin.replicas) });
  daemon.env({
    CONFIG_FILE: `${CONFIG}/mps.yaml`,
    NVIDIA_VISIBLE_DEVICES: 'all',
    NVIDIA_DRIVER_CAPABILITIES: 'compute,utility',
  });
  return daemon;
}
