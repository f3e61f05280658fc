import { isMap } from '../../merge';
import { asText } from '../../node';
import { at, listAt, textAt } from '../json';
import { annotationsPath, type Pod } from '../pod';
import {
  contextsOf,
  control,
  isWindows,
  never,
  oneOf,
  optional,
  perContainer,
  required,
  type Control,
  type Part,
} from './control';

/*
 * The controls of the Pod Security standard "restricted", which has those of "baseline" in it. Where
 * versions of Kubernetes differ, the strictest of 1.28 to 1.37 holds, so that all of them let a pod in.
 */

const seLinux = (field: string, ...allowed: readonly string[]) =>
  optional(
    `seLinuxOptions.${field}`,
    allowed.length === 0
      ? `SELinux gives the ${field}`
      : `the SELinux type is one of ${allowed.join(', ')}`,
    ['seLinuxOptions', field],
    oneOf('', ...allowed),
  );

const table = [
  never('hostNetwork', 'a pod has a network of its own'),
  never('hostPID', 'a pod sees no processes but its own'),
  never('hostIPC', 'a pod shares no memory with its node'),
  control({
    id: 'hostPorts',
    rule: 'a container takes no port of its node',
    *find(pod) {
      const isOfNode = pod.spec['hostNetwork'] === true;
      for (const { path, json } of pod.containers) {
        for (const [index, port] of listAt(json, 'ports').entries()) {
          // In the network of the node every port is one of the node; Kubernetes fills it in.
          const field =
            isOfNode && at(port, 'hostPort') === undefined ? 'containerPort' : 'hostPort';
          const value = at(port, field);
          if (value === undefined || value === 0) continue;
          yield { path: `${path}/ports/${String(index)}/${field}`, value };
        }
      }
    },
  }),
  control({
    id: 'hostPath',
    rule: 'a pod has no folder or file of its node',
    *find(pod) {
      for (const { path, json } of volumesOf(pod)) {
        if (!('hostPath' in json)) continue;
        yield { path: `${path}/hostPath/path`, value: textAt(json, 'hostPath', 'path') };
      }
    },
  }),
  control({
    id: 'volumeTypes',
    rule: 'volumes are what Kubernetes itself makes, claims and CSI volumes',
    *find(pod) {
      for (const { path, json } of volumesOf(pod)) {
        const type = Object.keys(json).find((key) => key !== 'name' && !VOLUMES.includes(key));
        if (type !== undefined) yield { path: `${path}/${type}`, value: type };
      }
    },
  }),
  optional('privileged', 'a container is not privileged', ['privileged'], oneOf(false)),
  perContainer(
    'allowPrivilegeEscalation',
    'a container gains no rights beyond those that it starts with',
    function* ({ path, json }) {
      const field = ['securityContext', 'allowPrivilegeEscalation'];
      const value = at(json, ...field);
      if (value !== false) yield { path: [path, ...field].join('/'), value };
    },
  ),
  perContainer(
    'capabilities.drop',
    'a container drops ALL capabilities',
    function* ({ path, json }) {
      const field = ['securityContext', 'capabilities', 'drop'];
      if (listAt(json, ...field).includes('ALL')) return;
      yield { path: [path, ...field].join('/'), value: at(json, ...field) };
    },
  ),
  perContainer(
    'capabilities.add',
    'a container adds no capability but NET_BIND_SERVICE',
    function* ({ path, json }) {
      const field = ['securityContext', 'capabilities', 'add'];
      for (const [index, value] of listAt(json, ...field).entries()) {
        if (value === 'NET_BIND_SERVICE') continue;
        yield { path: [path, ...field, index].join('/'), value };
      }
    },
  ),
  required('runAsNonRoot', 'no container runs as root', ['runAsNonRoot'], oneOf(true)),
  control({
    id: 'runAsUser',
    rule: 'no container runs as user 0',
    *find(pod) {
      for (const { path, json } of contextsOf(pod)) {
        if (json['runAsUser'] === 0) yield { path: `${path}/runAsUser`, value: 0 };
      }
    },
  }),
  required(
    'seccompProfile',
    'system calls are filtered by the profile RuntimeDefault or Localhost',
    ['seccompProfile', 'type'],
    oneOf('RuntimeDefault', 'Localhost'),
    isWindows,
  ),
  optional(
    'appArmorProfile',
    'the AppArmor profile is RuntimeDefault or Localhost',
    ['appArmorProfile', 'type'],
    oneOf('RuntimeDefault', 'Localhost'),
  ),
  control({
    id: 'appArmorAnnotation',
    rule: 'the AppArmor profile is runtime/default or localhost/…',
    *find(pod) {
      for (const [key, value] of Object.entries(pod.annotations)) {
        if (!key.startsWith('container.apparmor.security.beta.kubernetes.io/')) continue;
        if (/^($|runtime\/default$|localhost\/)/.test(asText(value))) continue;
        yield { path: `${annotationsPath(pod)}/${key}`, value };
      }
    },
  }),
  seLinux('type', 'container_t', 'container_init_t', 'container_kvm_t'),
  seLinux('user'),
  seLinux('role'),
  optional('procMount', '/proc is masked as usual', ['procMount'], oneOf('Default')),
  control({
    id: 'sysctls',
    rule: 'kernel parameters are those that only the pod itself feels',
    *find({ path, spec }) {
      for (const [index, one] of listAt(spec, 'securityContext', 'sysctls').entries()) {
        const name = textAt(one, 'name');
        if (SYSCTLS.includes(name)) continue;
        yield { path: `${path}/securityContext/sysctls/${String(index)}/name`, value: name };
      }
    },
  }),
  optional(
    'hostProcess',
    'a container of Windows is no process of its node',
    ['windowsOptions', 'hostProcess'],
    oneOf(false),
  ),
  control({
    id: 'probeHost',
    rule: 'probes and hooks ask the pod itself',
    *find(pod) {
      for (const { path, json } of pod.containers) {
        for (const field of HANDLERS) {
          const handler = at(json, ...field);
          if (handler === undefined) continue;
          for (const way of ['httpGet', 'tcpSocket']) {
            const value = at(handler, way, 'host');
            if (value === undefined || value === '') continue;
            yield { path: [path, ...field, way, 'host'].join('/'), value };
          }
        }
      }
    },
  }),
] as const;

/** What exceptions name. */
export type ControlId = (typeof table)[number]['id'];

export const controls: readonly Control<ControlId>[] = table;

const VOLUMES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  // Told by a control of its own.
  'hostPath',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Those of Kubernetes 1.28; later versions let more pass. */
const SYSCTLS: readonly string[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_syncookies',
];

const HANDLERS: readonly (readonly string[])[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

const volumesOf = ({ path, spec }: Pod): Part[] =>
  listAt(spec, 'volumes').flatMap((json, index) =>
    isMap(json) ? [{ path: `${path}/volumes/${String(index)}`, json }] : [],
  );
