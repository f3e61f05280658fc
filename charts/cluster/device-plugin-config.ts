import type { Mode } from '../../constructs';
import type { Value } from '../../synth';

/** Folder of the configurations in a container; that of a mode is <mode>.yaml. */
export const CONFIG = '/etc/nvidia-device-plugin';

/** Where the node keeps what plugin, daemon and pods need for MPS; as in NVIDIA's own chart. */
export const MPS = '/run/nvidia/mps';

/** What the device plugin is told where GPUs are shared in this way. */
export function pluginConfig(mode: Mode, replicas: Value<number>): string {
  switch (mode) {
    case 'whole':
      return flags('none');
    case 'time-slicing':
      return flags('none') + sharing('timeSlicing', replicas);
    case 'mps':
      return flags('none') + sharing('mps', replicas);
    case 'mig':
      // The parts of each profile have a name of their own, such as nvidia.com/mig-1g.10gb.
      return flags('mixed');
  }
}

const flags = (migStrategy: string) => `\
version: v1
flags:
  migStrategy: ${migStrategy}
`;

const sharing = (way: string, replicas: Value<number>) => `\
sharing:
  ${way}:
    # Two shares would be no more of a GPU than one.
    failRequestsGreaterThanOne: true
    resources:
      - name: nvidia.com/gpu
        replicas: ${replicas}
`;
