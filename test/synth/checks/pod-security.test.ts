import { controls } from '../../../synth/checks/pod-security/controls';
import { deployment, findings } from './fixture';

/* Expected values come from https://kubernetes.io/docs/concepts/security/pod-security-standards/. */

const SPEC = '/spec/template/spec';
const CONTAINER = `${SPEC}/containers/0`;

const podContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const context = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const container = { name: 'web', image: 'docker.io/library/node:24.1.0', securityContext: context };
const sound = { securityContext: podContext, containers: [container] };

type Fields = Readonly<Record<string, unknown>>;
const withContainer = (fields: Fields) => ({ ...sound, containers: [{ ...container, ...fields }] });
const withContext = (fields: Fields) =>
  withContainer({ securityContext: { ...context, ...fields } });
const withPodContext = (fields: Fields) => ({
  ...sound,
  securityContext: { ...podContext, ...fields },
});

function podsOf(pod: object, annotations: Readonly<Record<string, string>> = {}) {
  const labels = { app: 'web' };
  const template = { metadata: { labels, annotations }, spec: pod };
  return { web: deployment({}, { template }) };
}

const told = (message: string) => `[demo/web in dev] Deployment/web: ${message} (pod-security).`;
const broken = (path: string, value: string, rule: string, id: string, written: string) =>
  told(
    `${path} is ${value}, but under Pod Security "restricted" ${rule}; mend it, or declare the exception in the annotation twinchart.dev/pod-security.${id}: "${written}: <reason>"`,
  );

interface Case {
  readonly id: string;
  readonly pod: object;
  readonly path: string;
  /** As the finding shows it, and as an exception writes it. */
  readonly value: readonly [shown: string, written: string];
  readonly rule: string;
}

const volumes = (volume: object) => ({ ...sound, volumes: [{ name: 'data', ...volume }] });
const same = (text: string) => [text, text] as const;
const quoted = (text: string) => [JSON.stringify(text), text] as const;

const CASES: readonly Case[] = [
  {
    id: 'hostNetwork',
    pod: { ...sound, hostNetwork: true },
    path: `${SPEC}/hostNetwork`,
    value: same('true'),
    rule: 'a pod has a network of its own',
  },
  {
    id: 'hostPID',
    pod: { ...sound, hostPID: true },
    path: `${SPEC}/hostPID`,
    value: same('true'),
    rule: 'a pod sees no processes but its own',
  },
  {
    id: 'hostIPC',
    pod: { ...sound, hostIPC: true },
    path: `${SPEC}/hostIPC`,
    value: same('true'),
    rule: 'a pod shares no memory with its node',
  },
  {
    id: 'hostPorts',
    pod: withContainer({ ports: [{ containerPort: 80, hostPort: 8080 }] }),
    path: `${CONTAINER}/ports/0/hostPort`,
    value: same('8080'),
    rule: 'a container takes no port of its node',
  },
  {
    id: 'hostPath',
    pod: volumes({ hostPath: { path: '/var/run' } }),
    path: `${SPEC}/volumes/0/hostPath/path`,
    value: quoted('/var/run'),
    rule: 'a pod has no folder or file of its node',
  },
  {
    id: 'volumeTypes',
    pod: volumes({ nfs: { server: 'nfs.example', path: '/' } }),
    path: `${SPEC}/volumes/0/nfs`,
    value: quoted('nfs'),
    rule: 'volumes are what Kubernetes itself makes, claims and CSI volumes',
  },
  {
    id: 'privileged',
    pod: withContext({ privileged: true }),
    path: `${CONTAINER}/securityContext/privileged`,
    value: same('true'),
    rule: 'a container is not privileged',
  },
  {
    id: 'allowPrivilegeEscalation',
    pod: withContext({ allowPrivilegeEscalation: undefined }),
    path: `${CONTAINER}/securityContext/allowPrivilegeEscalation`,
    value: same('missing'),
    rule: 'a container gains no rights beyond those that it starts with',
  },
  {
    id: 'capabilities.drop',
    pod: withContext({ capabilities: { drop: ['NET_RAW'] } }),
    path: `${CONTAINER}/securityContext/capabilities/drop`,
    value: same('["NET_RAW"]'),
    rule: 'a container drops ALL capabilities',
  },
  {
    id: 'capabilities.add',
    pod: withContext({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE', 'SYS_TIME'] } }),
    path: `${CONTAINER}/securityContext/capabilities/add/1`,
    value: quoted('SYS_TIME'),
    rule: 'a container adds no capability but NET_BIND_SERVICE',
  },
  {
    id: 'runAsNonRoot',
    pod: withPodContext({ runAsNonRoot: false }),
    path: `${SPEC}/securityContext/runAsNonRoot`,
    value: same('false'),
    rule: 'no container runs as root',
  },
  {
    id: 'runAsUser',
    pod: withContext({ runAsUser: 0 }),
    path: `${CONTAINER}/securityContext/runAsUser`,
    value: same('0'),
    rule: 'no container runs as user 0',
  },
  {
    id: 'seccompProfile',
    pod: withPodContext({ seccompProfile: { type: 'Unconfined' } }),
    path: `${SPEC}/securityContext/seccompProfile/type`,
    value: quoted('Unconfined'),
    rule: 'system calls are filtered by the profile RuntimeDefault or Localhost',
  },
  {
    id: 'appArmorProfile',
    pod: withContext({ appArmorProfile: { type: 'Unconfined' } }),
    path: `${CONTAINER}/securityContext/appArmorProfile/type`,
    value: quoted('Unconfined'),
    rule: 'the AppArmor profile is RuntimeDefault or Localhost',
  },
  {
    id: 'seLinuxOptions.type',
    pod: withPodContext({ seLinuxOptions: { type: 'spc_t' } }),
    path: `${SPEC}/securityContext/seLinuxOptions/type`,
    value: quoted('spc_t'),
    rule: 'the SELinux type is one of container_t, container_init_t, container_kvm_t',
  },
  {
    id: 'seLinuxOptions.user',
    pod: withContext({ seLinuxOptions: { user: 'system_u' } }),
    path: `${CONTAINER}/securityContext/seLinuxOptions/user`,
    value: quoted('system_u'),
    rule: 'SELinux gives the user',
  },
  {
    id: 'seLinuxOptions.role',
    pod: withContext({ seLinuxOptions: { role: 'system_r' } }),
    path: `${CONTAINER}/securityContext/seLinuxOptions/role`,
    value: quoted('system_r'),
    rule: 'SELinux gives the role',
  },
  {
    id: 'procMount',
    pod: withContext({ procMount: 'Unmasked' }),
    path: `${CONTAINER}/securityContext/procMount`,
    value: quoted('Unmasked'),
    rule: '/proc is masked as usual',
  },
  {
    id: 'sysctls',
    pod: withPodContext({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
    path: `${SPEC}/securityContext/sysctls/0/name`,
    value: quoted('kernel.msgmax'),
    rule: 'kernel parameters are those that only the pod itself feels',
  },
  {
    id: 'hostProcess',
    pod: withPodContext({ windowsOptions: { hostProcess: true } }),
    path: `${SPEC}/securityContext/windowsOptions/hostProcess`,
    value: same('true'),
    rule: 'a container of Windows is no process of its node',
  },
  {
    id: 'probeHost',
    pod: withContainer({ livenessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } }),
    path: `${CONTAINER}/livenessProbe/httpGet/host`,
    value: quoted('169.254.169.254'),
    rule: 'probes and hooks ask the pod itself',
  },
];

test.each(CASES)('pod-security: $id is found, and passes with its exception', (one) => {
  const { id, pod, path, value, rule } = one;
  const [shown, written] = value;
  expect(findings('pod-security', podsOf(pod))).toEqual([broken(path, shown, rule, id, written)]);
  const key = `twinchart.dev/pod-security.${id}`;
  expect(findings('pod-security', podsOf(pod, { [key]: `${written}: It must.` }))).toEqual([]);
  const named = { [`${key}.name`]: `${written}: It must.` };
  expect(findings('pod-security', podsOf(pod, named))).toEqual([]);
});

const annotation = 'container.apparmor.security.beta.kubernetes.io/web';

test('pod-security: AppArmor in an annotation', () => {
  const rule = 'the AppArmor profile is runtime/default or localhost/…';
  const of = (profile: string) =>
    findings('pod-security', podsOf(sound, { [annotation]: profile }));
  const path = `/spec/template/metadata/annotations/${annotation}`;
  expect(of('unconfined')).toEqual([
    broken(path, '"unconfined"', rule, 'appArmorAnnotation', 'unconfined'),
  ]);
  expect([...of('runtime/default'), ...of('localhost/own')]).toEqual([]);
});

test('every control is tripped above', () => {
  const tripped = [...CASES.map(({ id }) => id), 'appArmorAnnotation'];
  expect(tripped.sort()).toEqual(controls.map(({ id }) => id).sort());
});

test.each<[string, object]>([
  ['as little as possible', sound],
  ['no host namespaces', { ...sound, hostNetwork: false, hostPID: false, hostIPC: false }],
  ['ports of its own', withContainer({ ports: [{ containerPort: 80, hostPort: 0 }] })],
  ['a volume without a kind, which is an empty folder', volumes({})],
  ['volumes that anyone may have', volumes({ emptyDir: {} })],
  ['no privileges', withContext({ privileged: false })],
  [
    'the capability of low ports',
    withContext({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
  ],
  [
    'contexts of containers instead of that of the pod',
    { containers: withContext({ ...podContext, runAsUser: 1 }).containers },
  ],
  ['a seccomp profile of its own', withContext({ seccompProfile: { type: 'Localhost' } })],
  ['the usual AppArmor profile', withContext({ appArmorProfile: { type: 'RuntimeDefault' } })],
  ['a usual SELinux type', withContext({ seLinuxOptions: { type: 'container_t', user: '' } })],
  ['/proc as usual', withContext({ procMount: 'Default' })],
  ['a safe kernel parameter', withPodContext({ sysctls: [{ name: 'net.ipv4.tcp_syncookies' }] })],
  ['probes of itself', withContainer({ livenessProbe: { httpGet: { host: '', port: 80 } } })],
  ['Windows, which knows some of it not', windows()],
])('pod-security: %s is sound', (_, pod) => {
  expect(findings('pod-security', podsOf(pod))).toEqual([]);
});

function windows() {
  const securityContext = { runAsNonRoot: true };
  const bare = { name: 'web', image: container.image };
  return { os: { name: 'windows' }, securityContext, containers: [bare] };
}
