import type { V1VolumeMount } from '@kubernetes/client-node';
import { image, sourceFile, times, when, whenItems, type Container } from '../../synth';
import { ConfigFiles } from '../config-files';
import { containerSecurity } from '../security';
import type { Item } from '../workload';
import type { NginxServer } from './server';

/** Folder of the access log, where it is kept in files. */
export const LOG_FOLDER = '/var/log/nginx';
const SCRIPT = { folder: '/opt/logs', file: 'rotate-logs.sh' };

/** What the pods have more where the access log is kept in files, too. */
export function logFiles(nginx: NginxServer) {
  const { enabled, maxMB } = nginx.server.values.logs.files;
  const script = new ConfigFiles(nginx, 'log-rotation', {
    mount: SCRIPT.folder,
    files: { [SCRIPT.file]: sourceFile(__dirname, SCRIPT.file) },
    when: enabled,
  });
  const logs = { name: 'logs', mountPath: LOG_FOLDER };
  const volume = { name: 'logs', emptyDir: { sizeLimit: `${times(maxMB, 5)}M` } };
  return {
    annotations: when(enabled, script.checksums),
    sidecars: whenItems(enabled, [rotator(nginx, [logs, script.volumeMount])]),
    volumes: whenItems(enabled, [volume, script.volume]),
    volumeMounts: whenItems(enabled, [logs]),
    // So that the sidecar, under the same user, can tell nginx to open a new file.
    spec: { shareProcessNamespace: when(enabled, true) },
  };
}

function rotator(
  { tier, server: { values } }: NginxServer,
  mounts: readonly Item<V1VolumeMount>[],
): Container {
  const { keep, maxMB, resources } = values.logs.files;
  return {
    name: 'rotate-logs',
    image: image(values.image, tier.global.imageRegistry),
    command: ['sh', `${SCRIPT.folder}/${SCRIPT.file}`],
    env: [
      { name: 'KEEP', value: `${keep}` },
      { name: 'MAX_MB', value: `${maxMB}` },
    ],
    resources,
    // No probes: nginx serves without it.
    ...containerSecurity,
    // In /tmp is the number of the process of nginx.
    volumeMounts: [...mounts, { name: 'tmp', mountPath: '/tmp', readOnly: true }],
  };
}
