import { problemsOf as problemsIn } from '../fixture';
import {
  configMap,
  deployment,
  deploymentOf,
  findings,
  object,
  platformWith,
  type DemoTier,
} from './fixture';

const POD = '/spec/template/spec';

describe('missing-secret:', () => {
  const web = deploymentOf({ envFrom: [{ secretRef: { name: 'login' } }] });
  const found = [
    '[demo/web in dev] Deployment/web: /spec/template/spec/containers/0/envFrom/0/secretRef/name is "login", but no Secret of that name is made or expected in its namespace; correct the name, or declare with expectsSecret() of the tier that someone else makes it (missing-secret).',
  ];

  test('a Secret that nobody makes is found', () => {
    expect(findings('missing-secret', { web })).toEqual(found);
  });

  test.each<[string, object]>([
    ['a Secret', object('v1', 'Secret', 'login')],
    ['an ExternalSecret', object('external-secrets.io/v1', 'ExternalSecret', 'login')],
    [
      'an ExternalSecret of another name',
      object('external-secrets.io/v1', 'ExternalSecret', 'x', {
        spec: { target: { name: 'login' } },
      }),
    ],
    ['a SealedSecret', object('bitnami.com/v1alpha1', 'SealedSecret', 'login')],
    [
      'a SealedSecret of another name',
      object('bitnami.com/v1alpha1', 'SealedSecret', 'x', {
        spec: { template: { metadata: { name: 'login' } } },
      }),
    ],
    [
      'a Certificate',
      object('cert-manager.io/v1', 'Certificate', 'x', { spec: { secretName: 'login' } }),
    ],
    ...['issuer', 'cluster-issuer'].map((issuer): [string, object] => [
      `an Ingress with a ${issuer}`,
      object(
        'networking.k8s.io/v1',
        'Ingress',
        'x',
        { spec: { tls: [{ secretName: 'login' }] } },
        { annotations: { [`cert-manager.io/${issuer}`]: 'main' } },
      ),
    ]),
  ])('%s makes it', (_, maker) => {
    expect(findings('missing-secret', { web, maker })).toEqual([]);
  });

  test('someone else makes it in the environments where it has that name', () => {
    const setting = {
      environments: { dev: { demo: { name: 'login' } }, prod: {}, test: { demo: { name: 'x' } } },
      fill: (tier: DemoTier) => {
        tier.expectsSecret(tier.values.name, [], 'The login.');
      },
    };
    expect(findings('missing-secret', { web }, setting)).toEqual([
      found[0]?.replace('in dev', 'in prod, test'),
    ]);
  });

  test('a missing ConfigMap is told by another check', () => {
    const volumes = [{ name: 'a', configMap: { name: 'gone' } }];
    expect(findings('missing-secret', { web: deployment({ volumes }) })).toEqual([]);
  });

  test('an optional Secret and the logins of registries may be missing', () => {
    const pod = {
      imagePullSecrets: [{ name: 'gone' }],
      volumes: [{ name: 'a', secret: { secretName: 'gone', optional: true } }],
    };
    expect(findings('missing-secret', { web: deployment(pod) })).toEqual([]);
  });

  test('the certificate of an Ingress is found', () => {
    const ingress = object('networking.k8s.io/v1', 'Ingress', 'web', {
      spec: { tls: [{ hosts: ['a.example'] }, { secretName: 'tls' }] },
    });
    expect(findings('missing-secret', { ingress })).toEqual([
      '[demo/ingress in dev] Ingress/web: /spec/tls/1/secretName is "tls", but no Secret of that name is made or expected in its namespace; correct the name, or declare with expectsSecret() of the tier that someone else makes it (missing-secret).',
    ]);
  });

  test('the reason of an expected Secret is one line', () => {
    const fill = (tier: DemoTier) => {
      tier.expectsSecret('login', [], '');
    };
    expect(problemsIn(() => platformWith({}, { fill }).build())).toEqual([
      '[demo, here] The reason of an expected Secret is ""; say in one line what it is for.',
    ]);
  });
});

describe('missing-key:', () => {
  const env = (source: object) => deploymentOf({ env: [{ name: 'A', valueFrom: source }] });
  const ofConfig = (key: string) => env({ configMapKeyRef: { name: 'config', key } });
  const ofSecret = (key: string) => env({ secretKeyRef: { name: 'login', key } });
  const config = object('v1', 'ConfigMap', 'config', { data: { a: '1' }, binaryData: { b: '' } });
  const told = (path: string, key: string, what: string, keys: string) => [
    `[demo/web in dev] Deployment/web: ${POD}/${path} is "${key}", but the ${what} has ${keys}; correct the key, or add it there (missing-key).`,
  ];

  test('a key of a ConfigMap', () => {
    expect(findings('missing-key', { web: ofConfig('a'), config })).toEqual([]);
    expect(findings('missing-key', { web: ofConfig('b'), config })).toEqual([]);
    expect(findings('missing-key', { web: ofConfig('c'), config })).toEqual(
      told(
        'containers/0/env/0/valueFrom/configMapKeyRef/key',
        'c',
        'ConfigMap config',
        'only a, b',
      ),
    );
    expect(findings('missing-key', { web: ofConfig('c'), config: configMap('config') })).toEqual(
      told('containers/0/env/0/valueFrom/configMapKeyRef/key', 'c', 'ConfigMap config', 'no keys'),
    );
  });

  test('a key that a volume picks', () => {
    const web = (key: string) => {
      const items = [{ key, path: 'x' }];
      const projected = { sources: [{ configMap: { name: 'config', items } }] };
      const volumes = [
        { name: 'a', configMap: { name: 'config', items } },
        { name: 'b', projected },
      ];
      return deployment({ volumes });
    };
    expect(findings('missing-key', { web: web('a'), config })).toEqual([]);
    expect(findings('missing-key', { web: web('c'), config })).toEqual([
      ...told('volumes/0/configMap/items/0/key', 'c', 'ConfigMap config', 'only a, b'),
      ...told(
        'volumes/1/projected/sources/0/configMap/items/0/key',
        'c',
        'ConfigMap config',
        'only a, b',
      ),
    ]);
  });

  test('a key that a volume picks of a Secret', () => {
    const web = (key: string) => {
      const items = [{ key, path: 'x' }];
      return deployment({ volumes: [{ name: 'a', secret: { secretName: 'login', items } }] });
    };
    const login = object('v1', 'Secret', 'login', { stringData: { user: 'a' } });
    expect(findings('missing-key', { web: web('user'), login })).toEqual([]);
    expect(findings('missing-key', { web: web('pass'), login })).toEqual(
      told('volumes/0/secret/items/0/key', 'pass', 'Secret login', 'only user'),
    );
  });

  test('a key of a Secret that someone else or an ExternalSecret makes', () => {
    const fill = (tier: DemoTier) => {
      tier.expectsSecret('login', ['user', 'password'], 'The login.');
    };
    const path = 'containers/0/env/0/valueFrom/secretKeyRef/key';
    expect(findings('missing-key', { web: ofSecret('user') }, { fill })).toEqual([]);
    expect(findings('missing-key', { web: ofSecret('pass') }, { fill })).toEqual(
      told(path, 'pass', 'Secret login', 'only user, password'),
    );
    const external = (spec: object) =>
      object('external-secrets.io/v1', 'ExternalSecret', 'login', { spec });
    const data = [{ secretKey: 'user' }];
    expect(findings('missing-key', { web: ofSecret('pass'), e: external({ data }) })).toEqual(
      told(path, 'pass', 'Secret login', 'only user'),
    );
    const template = external({ data, target: { template: { data: { pass: '{{ .user }}' } } } });
    expect(findings('missing-key', { web: ofSecret('pass'), template })).toEqual([]);
    const open = external({ data, dataFrom: [{ extract: { key: 'x' } }] });
    expect(findings('missing-key', { web: ofSecret('pass'), open })).toEqual([]);
    const full = object('v1', 'Secret', 'login', { data: { id: '' }, stringData: { user: 'a' } });
    expect(findings('missing-key', { web: ofSecret('pass'), full })).toEqual(
      told(path, 'pass', 'Secret login', 'only id, user'),
    );
    const made = object('v1', 'Secret', 'login', { type: 'kubernetes.io/service-account-token' });
    expect(findings('missing-key', { web: ofSecret('token'), made })).toEqual([]);
  });

  test('an optional key, and one of an object that is missing itself', () => {
    const optional = env({ configMapKeyRef: { name: 'config', key: 'c', optional: true } });
    expect(findings('missing-key', { web: optional, config })).toEqual([]);
    expect(findings('missing-key', { web: ofConfig('c') })).toEqual([]);
  });
});
