import { NodeAgent } from '../../constructs';
import { ports } from '../../platform/ports';
import type { ClusterTierSelf } from '.';

/** Labels that the kubelet gives to containers; all others would make series without end. */
const LABELS = ['container.name', 'pod.name', 'pod.namespace'].map((one) => `io.kubernetes.${one}`);

/** Measures the containers of each node, as often and as much as the kubelet's own cAdvisor. */
export function cadvisor(tier: ClusterTierSelf): NodeAgent {
  const values = tier.values.cadvisor;
  return new NodeAgent(tier, 'cadvisor', {
    component: 'exporter',
    values,
    run: {
      user: 0,
      args: [
        `--port=${String(ports.cadvisor)}`,
        '--housekeeping_interval=10s',
        '--max_housekeeping_interval=15s',
        '--event_storage_event_limit=default=0',
        '--event_storage_age_limit=default=0',
        '--enable_metrics=cpu,diskIO,memory,network',
        // Containers of any runtime, in spite of the name; no control groups beside them.
        '--docker_only',
        '--store_container_labels=false',
        `--whitelisted_container_labels=${LABELS.join(',')}`,
      ],
    },
    metrics: { port: ports.cadvisor, health: '/healthz' },
    needs: {
      root: 'containerd answers root alone.',
      hostPaths: [
        {
          name: 'sys',
          path: '/sys',
          mountPath: '/sys',
          reason: 'Processor and memory of a container are in the control groups of its node.',
        },
        {
          name: 'proc',
          path: '/proc',
          mountPath: '/rootfs/proc',
          reason: 'The traffic of a pod is in /proc of one of its processes.',
        },
        {
          name: 'socket',
          path: values.containerd,
          mountPath: '/run/containerd',
          reason: 'It knows the pods; who can ask it rules the node.',
        },
      ],
    },
  });
}
