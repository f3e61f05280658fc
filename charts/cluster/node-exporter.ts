import { NodeAgent } from '../../constructs';
import { ports } from '../../platform/ports';
import type { ClusterTierSelf } from '.';

/** User nobody, as in the image. */
const NOBODY = 65534;
const NODE = '/host';

/** Mounts of single pods, and what is no file system, are measured by others or not at all. */
const UNMEASURED = '^/(dev|proc|sys|run/.+|var/lib/(containerd|containers|docker|kubelet)/.+)($|/)';

/** Measures the nodes. It sees processes through /proc of the node, so it needs not hostPID. */
export function nodeExporter(tier: ClusterTierSelf): NodeAgent {
  const agent = new NodeAgent(tier, 'node-exporter', {
    component: 'exporter',
    values: tier.values.nodeExporter,
    run: {
      user: NOBODY,
      args: [
        `--path.procfs=${NODE}/proc`,
        `--path.sysfs=${NODE}/sys`,
        `--path.rootfs=${NODE}`,
        `--path.udev.data=${NODE}/run/udev/data`,
        `--collector.filesystem.mount-points-exclude=${UNMEASURED}`,
        // The address that Prometheus asks; not those that the node has towards the outside.
        `--web.listen-address=[$(NODE_IP)]:${String(ports.nodeExporter)}`,
      ],
    },
    metrics: { port: ports.nodeExporter, health: '/' },
    needs: {
      hostNetwork: {
        reason: 'The network interfaces that it counts are those of its own network.',
        ports: [ports.nodeExporter],
      },
      hostPaths: [
        {
          name: 'node',
          path: '/',
          mountPath: NODE,
          propagation: 'HostToContainer',
          reason: 'Processors, memory, disks and file systems are in /proc, /sys and mounts there.',
        },
      ],
    },
  });
  const fieldPath = 'status.hostIP';
  agent.environment.push({ name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath } } });
  return agent;
}
