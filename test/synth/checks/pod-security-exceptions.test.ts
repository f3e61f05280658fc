import { podSecurityException } from '../../../synth';
import { controls } from '../../../synth/checks/pod-security/controls';
import { deployment, findings, object } from './fixture';

const NODE = '/spec/template/spec';
const KEYS = '/spec/template/metadata/annotations';

const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const context = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const container = { name: 'web', securityContext: context };

function podsOf(pod: object, annotations: object = {}) {
  const spec = { securityContext, containers: [container], ...pod };
  const template = { metadata: { labels: { app: 'web' }, annotations }, spec };
  return { web: deployment({}, { template }) };
}
const found = (pod: object, annotations: object = {}) =>
  findings('pod-security', podsOf(pod, annotations));
const told = (message: string) => [`[demo/web in dev] Deployment/web: ${message} (pod-security).`];

const volume = (name: string, path: string) => ({ name, hostPath: { path } });

test('an exception is for one value of one control', () => {
  const allowed = podSecurityException('hostPath', '/sys', 'It reads the devices.');
  expect(allowed).toEqual({
    'twinchart.dev/pod-security.hostPath': '/sys: It reads the devices.',
  });
  expect(found({ volumes: [volume('sys', '/sys')] }, allowed)).toEqual([]);
  const [missing, ...others] = found(
    { volumes: [volume('sys', '/sys'), volume('root', '/')] },
    allowed,
  );
  expect(others).toEqual([]);
  expect(missing).toContain(`${NODE}/volumes/1/hostPath/path is "/", but`);
  expect(found({ hostPID: true }, allowed)).toHaveLength(2);
});

test('several values have several exceptions, whose keys a name tells apart', () => {
  const volumes = [volume('sys', '/sys'), volume('root', '/')];
  const annotations = {
    ...podSecurityException('hostPath', '/sys', 'Devices.', 'sys'),
    ...podSecurityException('hostPath', '/', 'File systems.', 'root'),
  };
  expect(found({ volumes }, annotations)).toEqual([]);
});

test('in the network of the node each port is one of the node', () => {
  const containers = [{ ...container, ports: [{ containerPort: 9100 }] }];
  const network = podSecurityException('hostNetwork', true, 'Its interfaces.');
  const [port, ...others] = found({ hostNetwork: true, containers }, network);
  expect(others).toEqual([]);
  expect(port).toContain(`${NODE}/containers/0/ports/0/containerPort is 9100, but`);
  const both = { ...network, ...podSecurityException('hostPorts', 9100, 'Its port is there.') };
  expect(found({ hostNetwork: true, containers }, both)).toEqual([]);
});

test('an exception of one container is none of the field that another lacks', () => {
  const second = { name: 'second', securityContext: { ...context, runAsUser: 0 } };
  const annotations = podSecurityException('runAsUser', 1, 'Not this one.');
  expect(found({ containers: [container, second] }, annotations)).toHaveLength(2);
  const bare = { name: 'second' };
  expect(found({ containers: [container, bare] })).toHaveLength(2);
  expect(found({ initContainers: [bare], containers: [container] })).toHaveLength(2);
});

test('an exception that nothing needs is a finding', () => {
  const annotations = podSecurityException('hostPID', true, 'It looked at processes.');
  expect(found({}, annotations)).toEqual(
    told(
      `${KEYS}/twinchart.dev/pod-security.hostPID allows true, which the pod does not have; remove it`,
    ),
  );
});

test.each(['true', ': no value', 'true:', 'true: two\nlines', ''])(
  'the exception %j is a finding, since it has not both value and reason',
  (text) => {
    const key = 'twinchart.dev/pod-security.hostPID';
    const [first, second, ...others] = found({ hostPID: true }, { [key]: text });
    expect(others).toEqual([]);
    expect(first).toContain(`${NODE}/hostPID is true, but`);
    expect([second]).toEqual(
      told(`${KEYS}/${key} is of another form; write "<value>: <reason>", in one line`),
    );
  },
);

test('an exception of no control is a finding that names them all', () => {
  const key = 'twinchart.dev/pod-security.hostPid';
  const ids = controls.map(({ id }) => id).join(', ');
  expect(found({}, { [key]: 'true: A slip.' })).toEqual(
    told(`${KEYS}/${key} names no control; use one of ${ids}`),
  );
});

describe('pod-security-level:', () => {
  const LABEL = 'pod-security.kubernetes.io/enforce';
  const namespace = (level?: string, annotations: object = {}) => ({
    namespace: object(
      'v1',
      'Namespace',
      'demo',
      {},
      {
        labels: level === undefined ? {} : { [LABEL]: level },
        annotations,
      },
    ),
  });
  const levels = (pod: object, ...space: Parameters<typeof namespace>) =>
    findings('pod-security-level', { ...namespace(...space), ...podsOf(pod) });
  const says = (message: string) => [
    `[demo/namespace in dev] Namespace/demo: /metadata/labels/${LABEL} is ${message} (pod-security-level).`,
  ];
  const why = podSecurityException('enforce', 'privileged', 'Its agents measure nodes.');

  test('a namespace without exceptions is restricted', () => {
    expect(levels({}, 'restricted')).toEqual([]);
    expect(levels({})).toEqual(says('missing, but no pod needs that; set it to restricted'));
    expect(levels({}, 'privileged', why)).toEqual(
      says('"privileged", but no pod needs that; set it to restricted'),
    );
  });

  test('one with exceptions says why it is not', () => {
    const pod = { hostPID: true };
    expect(levels(pod, 'privileged', why)).toEqual([]);
    expect(levels(pod, 'privileged')).toEqual(
      says(
        '"privileged", and the annotation twinchart.dev/pod-security.enforce does not say why; write "privileged: <reason>" there',
      ),
    );
    expect(levels(pod, 'baseline', why)).toEqual(
      says(
        '"baseline", and the annotation twinchart.dev/pod-security.enforce does not say why; write "baseline: <reason>" there',
      ),
    );
    expect(levels(pod)).toEqual(
      says(
        'missing, and the annotation twinchart.dev/pod-security.enforce does not say why; write "privileged: <reason>" there',
      ),
    );
  });

  test('a restricted one has no pods with exceptions', () => {
    expect(levels({ hostPID: true }, 'restricted')).toEqual(
      says(
        'restricted, so that Kubernetes refuses the pods of Deployment/web, which have exceptions; move them to a namespace of their own, or let this one enforce privileged',
      ),
    );
  });
});
