import { NodeAgent, type NodeAgentOptions } from '../../constructs';
import { listAt, mapAt } from '../../synth/checks/json';
import { podOf } from '../../synth/checks/pod';
import { isRestricted, podSecurity } from '../../synth/checks/pod-security';
import type { Item, World } from '../../synth/checks/world';
import type { JsonMap } from '../../synth/merge';
import { Shop, type DataTier } from './fixture';

type Options = Partial<NodeAgentOptions>;

const made = (options: (tier: DataTier) => Options = () => ({})) =>
  new Shop(({ data }) => {
    new NodeAgent(data, 'agent', {
      component: 'agent',
      values: data.values.agent,
      run: { user: 1000 },
      needs: {},
      ...options(data),
    });
  });

/** What the check says of the agent, as the platform would hear it. */
function findingsOf(shop: Shop, overlay: JsonMap = {}): string[] {
  const pod = podOf({ json: shop.get('DaemonSet', 'agent', overlay) } as Item);
  const world = { pods: [pod] } as unknown as World;
  return [...podSecurity.find(world)].map(({ message }) => message);
}

const pod = (shop: Shop, overlay: JsonMap = {}) => shop.pod('DaemonSet', 'agent', overlay);
const exceptions = (shop: Shop, overlay: JsonMap = {}) =>
  Object.fromEntries(
    Object.entries(mapAt(pod(shop, overlay), 'metadata', 'annotations'))
      .filter(([key]) => key.startsWith('twinchart.dev/pod-security.'))
      .map(([key, text]) => [key.slice('twinchart.dev/pod-security.'.length), text]),
  );

const metrics = { port: 9100, health: '/health' };

test('the defaults of an agent with metrics', () => {
  expect(made(() => ({ metrics })).yaml('agent-switch/agent/')).toMatchSnapshot();
});

test('what needs nothing is as restricted as every pod', () => {
  const json = made().get('DaemonSet', 'agent');
  const of = podOf({ json } as Item);
  expect(of && isRestricted(of)).toBe(true);
  expect(exceptions(made())).toEqual({});
});

test('without metrics it opens no port, and is asked nothing', () => {
  const container = made().container('DaemonSet', 'agent');
  expect(Object.keys(container).filter((key) => /ports|Probe/.test(key))).toEqual([]);
  expect(JSON.stringify(pod(made()))).not.toContain('prometheus.io');
});

test('switched off, nothing of it is there', () => {
  const off = { data: { agent: { enabled: false } } };
  expect(made().names(off)).toEqual([]);
  const never = made(({ values }) => ({ when: values.agent.deep }));
  expect(never.names()).toEqual([]);
});

test('it bears all taints, or those that values say', () => {
  expect(mapAt(pod(made()), 'spec')['tolerations']).toEqual([{ operator: 'Exists' }]);
  const none = { data: { agent: { tolerations: [] } } };
  expect(mapAt(pod(made(), none), 'spec')).not.toHaveProperty('tolerations');
});

describe('each need is a field and its exception, and nothing else', () => {
  test('the network of the node, whose ports it then takes; no policy holds there', () => {
    const shop = made(() => ({
      metrics,
      needs: { hostNetwork: { reason: 'Interfaces.', ports: [9100] } },
    }));
    expect(mapAt(pod(shop), 'spec')).toMatchObject({ hostNetwork: true });
    expect(exceptions(shop)).toEqual({
      hostNetwork: 'true: Interfaces.',
      'hostPorts.9100': '9100: In the network of the node each port of a pod is one of the node.',
    });
    expect(findingsOf(shop)).toEqual([]);
    expect(shop.find('NetworkPolicy', 'agent')).toBeUndefined();
    expect(made().find('NetworkPolicy', 'agent')).toBeDefined();
  });

  test('processes of the node', () => {
    const shop = made(() => ({ needs: { hostPID: 'Processes.' } }));
    expect(mapAt(pod(shop), 'spec')).toMatchObject({ hostPID: true });
    expect(exceptions(shop)).toEqual({ hostPID: 'true: Processes.' });
    expect(findingsOf(shop)).toEqual([]);
  });

  test('root, which stays without capabilities', () => {
    const shop = made(() => ({ run: { user: 0 }, needs: { root: 'Its files.' } }));
    expect(mapAt(pod(shop), 'spec', 'securityContext')).toMatchObject({
      runAsNonRoot: false,
      runAsUser: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(shop.container('DaemonSet', 'agent')['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(exceptions(shop)).toEqual({
      runAsNonRoot: 'false: Its files.',
      runAsUser: '0: Its files.',
    });
    expect(findingsOf(shop)).toEqual([]);
  });

  test('all rights of the node; its own files stay read-only', () => {
    const shop = made(() => ({ needs: { privileged: 'It mounts.' } }));
    expect(shop.container('DaemonSet', 'agent')['securityContext']).toEqual({
      privileged: true,
      allowPrivilegeEscalation: true,
      readOnlyRootFilesystem: true,
    });
    expect(exceptions(shop)).toEqual({
      privileged: 'true: It mounts.',
      allowPrivilegeEscalation: 'true: It mounts.',
      'capabilities.drop': 'missing: It mounts.',
    });
    expect(findingsOf(shop)).toEqual([]);
  });

  test('single capabilities', () => {
    const reason = 'It sets the clock.';
    const shop = made(() => ({ needs: { capabilities: { SYS_TIME: { reason } } } }));
    expect(mapAt(shop.container('DaemonSet', 'agent'), 'securityContext')['capabilities']).toEqual({
      drop: ['ALL'],
      add: ['SYS_TIME'],
    });
    expect(exceptions(shop)).toEqual({ 'capabilities.add.SYS_TIME': `SYS_TIME: ${reason}` });
    expect(findingsOf(shop)).toEqual([]);
  });

  test('folders of the node, read-only unless it writes', () => {
    const shop = made(({ values }) => ({
      needs: {
        hostPaths: [
          { name: 'sys', path: '/sys', mountPath: '/host/sys', reason: 'Devices.' },
          {
            name: 'socket',
            path: values.agent.socket,
            mountPath: '/run/agent',
            writable: true,
            type: 'DirectoryOrCreate',
            propagation: 'HostToContainer',
            reason: 'Its socket.',
          },
        ],
      },
    }));
    const overlay = { data: { agent: { socket: '/run/other' } } };
    expect(listAt(mapAt(pod(shop, overlay), 'spec'), 'volumes').slice(-2)).toEqual([
      { name: 'sys', hostPath: { path: '/sys' } },
      { name: 'socket', hostPath: { path: '/run/other', type: 'DirectoryOrCreate' } },
    ]);
    expect(listAt(shop.container('DaemonSet', 'agent'), 'volumeMounts').slice(-2)).toEqual([
      { name: 'sys', mountPath: '/host/sys', readOnly: true },
      { name: 'socket', mountPath: '/run/agent', mountPropagation: 'HostToContainer' },
    ]);
    expect(exceptions(shop, overlay)).toEqual({
      'hostPath.sys': '/sys: Devices.',
      'hostPath.socket': '/run/other: Its socket.',
    });
    expect([...findingsOf(shop), ...findingsOf(shop, overlay)]).toEqual([]);
  });

  test('by value, the exception comes and goes with the field', () => {
    const shop = made(({ values: { agent } }) => ({
      needs: {
        capabilities: { SYS_ADMIN: { when: agent.deep, reason: 'Depth.' } },
        hostPaths: [
          { name: 'a', path: '/a', mountPath: '/a', reason: 'Always.' },
          { name: 'b', path: '/b', mountPath: '/b', when: agent.deep, reason: 'Depth.' },
          { name: 'c', path: '/c', mountPath: '/c', when: agent.deep, reason: 'Depth.' },
        ],
      },
    }));
    const deep = { data: { agent: { deep: true } } };
    expect(Object.keys(exceptions(shop))).toEqual(['hostPath.a']);
    expect(Object.keys(exceptions(shop, deep))).toEqual([
      'capabilities.add.SYS_ADMIN',
      'hostPath.a',
      'hostPath.b',
      'hostPath.c',
    ]);
    expect([...findingsOf(shop), ...findingsOf(shop, deep)]).toEqual([]);
    expect(mapAt(shop.container('DaemonSet', 'agent'), 'securityContext')['capabilities']).toEqual({
      drop: ['ALL'],
    });
  });
});

test('user 0 without a reason is a finding, and so is a reason without user 0', () => {
  expect(findingsOf(made(() => ({ run: { user: 0 } })))).toHaveLength(2);
  expect(findingsOf(made(() => ({ needs: { root: 'Not so.' } })))).toHaveLength(2);
});

test('what runs before has the same image and rights', () => {
  const shop = made(() => ({
    needs: { privileged: 'It mounts.' },
    before: { command: ['mount'], volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] },
  }));
  const [first] = listAt(mapAt(pod(shop), 'spec'), 'initContainers');
  const { image, resources, securityContext } = shop.container('DaemonSet', 'agent');
  expect(first).toEqual({
    name: 'agent-first',
    image,
    command: ['mount'],
    resources,
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    securityContext,
  });
});

test('on nodes with GPUs it goes where they are, and takes none of them', () => {
  const shop = made(({ values: { gpuNodes } }) => ({ gpuNodes }));
  const nodes = [{ key: 'nvidia.com/gpu.present', operator: 'In', values: ['true'] }];
  const taint = { key: 'nvidia.com/gpu', operator: 'Exists' };
  const own = { key: 'dedicated', operator: 'Exists' };
  const overlay = {
    data: {
      gpuNodes: { nodes, tolerations: [taint], runtimeClassName: 'nvidia' },
      agent: { tolerations: [own] },
    },
  };
  expect(mapAt(pod(shop, overlay), 'spec')).toMatchObject({
    runtimeClassName: 'nvidia',
    tolerations: [taint, own],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: nodes }],
        },
      },
    },
  });
  expect(JSON.stringify(pod(shop, overlay))).not.toContain('"nvidia.com/gpu":');
});
