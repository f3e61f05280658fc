import { deployment, findings } from './fixture';

/* What stands twice in a pod, of which the API server refuses the one and loses the other. */

const of = (pod: object) => findings('twice-in-pod', { web: deployment(pod) });
const found = (path: string, value: string) => [
  `[demo/web in dev] Deployment/web: /spec/template/spec/${path} is "${value}", as in an item before it, and only one of both can be; remove one, or change it (twice-in-pod).`,
];
const container = (name: string, fields: object = {}) => ({ name, image: 'a/b:1.0.0', ...fields });
const one = (fields: object) => ({ containers: [container('web', fields)] });

test.each<[string, object, string, string]>([
  ['volume', { volumes: [{ name: 'tmp' }, { name: 'tmp' }] }, 'volumes/1/name', 'tmp'],
  ['container', { containers: [container('web'), container('web')] }, 'containers/1/name', 'web'],
  [
    'container, an init container among them',
    { initContainers: [container('web')], containers: [container('web')] },
    'containers/0/name',
    'web',
  ],
  [
    'variable',
    one({ env: [{ name: 'A' }, { name: 'B' }, { name: 'A' }] }),
    'containers/0/env/2/name',
    'A',
  ],
  [
    'port name',
    one({
      ports: [
        { name: 'http', containerPort: 1 },
        { name: 'http', containerPort: 2 },
      ],
    }),
    'containers/0/ports/1/name',
    'http',
  ],
  [
    'mount',
    one({
      volumeMounts: [
        { name: 'a', mountPath: '/a' },
        { name: 'b', mountPath: '/a' },
      ],
    }),
    'containers/0/volumeMounts/1/mountPath',
    '/a',
  ],
])('the same %s is found', (_, pod, path, value) => {
  expect(of(pod)).toEqual(found(path, value));
});

test('names of different containers and lists are free, and ports need none', () => {
  const fields = {
    env: [{ name: 'A' }],
    ports: [{ containerPort: 1 }, { containerPort: 2 }],
    volumeMounts: [
      { name: 'tmp', mountPath: '/a' },
      { name: 'tmp', mountPath: '/b' },
    ],
  };
  const containers = [container('web', fields), container('tmp', fields)];
  expect(of({ containers, volumes: [{ name: 'tmp' }] })).toEqual([]);
});
