import { MODES, NodeAgent } from '../../constructs';
import { and, eq, when } from '../../synth';
import type { ClusterTierSelf } from '.';
import { CONFIG, MPS, pluginConfig } from './device-plugin-config';

const KUBELET = '/var/lib/kubelet/device-plugins';

/** Tells Kubernetes which GPUs a node has, and how they are shared. */
export function devicePlugin(tier: ClusterTierSelf): NodeAgent {
  const { devicePlugin: values, gpuAgents, gpuNodes } = tier.values;
  const [mig, mps] = [eq(values.sharing, 'mig'), eq(values.sharing, 'mps')];
  const plugin = new NodeAgent(tier, 'nvidia-device-plugin', {
    component: 'device-plugin',
    when: and(gpuAgents, values.enabled),
    values,
    gpuNodes,
    run: { user: 0, command: ['nvidia-device-plugin'] },
    needs: {
      root: 'The folder in which the kubelet looks for device plugins is that of root.',
      capabilities: {
        SYS_ADMIN: {
          when: mig,
          reason: 'NVIDIA’s runtime shows parts of GPUs to no other container.',
        },
      },
      hostPaths: [
        {
          name: 'kubelet',
          path: KUBELET,
          mountPath: KUBELET,
          writable: true,
          type: 'Directory',
          reason: 'It makes a socket there, which the kubelet asks.',
        },
        {
          name: 'mps',
          path: MPS,
          mountPath: '/mps',
          writable: true,
          type: 'DirectoryOrCreate',
          when: mps,
          reason: 'It asks the daemon of MPS there, and gives the folder to pods.',
        },
        {
          name: 'mps-shm',
          path: `${MPS}/shm`,
          mountPath: '/dev/shm',
          writable: true,
          when: mps,
          reason: 'The daemon of MPS answers through this memory.',
        },
      ],
    },
  });
  // Sharing is a value, so that all of them are there.
  const files = MODES.map((mode) => [`${mode}.yaml`, pluginConfig(mode, values.replicas)]);
  plugin.config('config', CONFIG, Object.fromEntries(files) as Record<string, string>);
  plugin.env({
    CONFIG_FILE: `${CONFIG}/${values.sharing}.yaml`,
    MPS_ROOT: MPS,
    NVIDIA_VISIBLE_DEVICES: 'all',
    NVIDIA_DRIVER_CAPABILITIES: 'compute,utility',
  });
  plugin.environment.push(when(mig, { name: 'NVIDIA_MIG_MONITOR_DEVICES', value: 'all' }));
  return plugin;
}
