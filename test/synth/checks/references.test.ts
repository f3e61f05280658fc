import { configMap, deployment, findings, object, type Objects } from './fixture';

const POD = '/spec/template/spec';
const missing = (objects: Objects) => findings('missing-reference', objects);
const told = (path: string, name: string, kind: string) =>
  `[demo/web in dev] Deployment/web: ${path} is "${name}", but no ${kind} of that name is made in its namespace; correct the name, or make the ${kind} (missing-reference).`;
const claim = object('v1', 'PersistentVolumeClaim', 'there');
const account = object('v1', 'ServiceAccount', 'there');
const service = object('v1', 'Service', 'there');

describe('missing-reference:', () => {
  test('what a pod names is there', () => {
    const web = (name: string) =>
      deployment({
        serviceAccountName: name,
        containers: [
          {
            name: 'web',
            env: [{ name: 'A', valueFrom: { configMapKeyRef: { name, key: 'a' } } }],
            envFrom: [{ configMapRef: { name } }],
          },
        ],
        initContainers: [{ name: 'init', envFrom: [{ configMapRef: { name } }] }],
        volumes: [
          { name: 'a', configMap: { name } },
          { name: 'b', persistentVolumeClaim: { claimName: name } },
          { name: 'c', projected: { sources: [{ configMap: { name } }] } },
          { name: 'd', emptyDir: {} },
        ],
      });
    const others = { config: configMap('there', { a: '1' }), claim, account };
    expect(missing({ web: web('there'), ...others })).toEqual([]);
    expect(missing({ web: web('gone'), ...others })).toEqual([
      told(`${POD}/serviceAccountName`, 'gone', 'ServiceAccount'),
      told(`${POD}/volumes/0/configMap/name`, 'gone', 'ConfigMap'),
      told(`${POD}/volumes/1/persistentVolumeClaim/claimName`, 'gone', 'PersistentVolumeClaim'),
      told(`${POD}/volumes/2/projected/sources/0/configMap/name`, 'gone', 'ConfigMap'),
      told(`${POD}/initContainers/0/envFrom/0/configMapRef/name`, 'gone', 'ConfigMap'),
      told(`${POD}/containers/0/env/0/valueFrom/configMapKeyRef/name`, 'gone', 'ConfigMap'),
      told(`${POD}/containers/0/envFrom/0/configMapRef/name`, 'gone', 'ConfigMap'),
    ]);
  });

  test('what is optional, or in every namespace, may be missing', () => {
    const volumes = [
      { name: 'a', configMap: { name: 'gone', optional: true } },
      { name: 'b', configMap: { name: 'kube-root-ca.crt' } },
    ];
    expect(missing({ web: deployment({ volumes, serviceAccountName: 'default' }) })).toEqual([]);
  });

  test('an object of another namespace or API is not the one that is named', () => {
    const web = deployment({ volumes: [{ name: 'a', configMap: { name: 'there' } }] });
    const finding = [told(`${POD}/volumes/0/configMap/name`, 'there', 'ConfigMap')];
    const elsewhere = object('v1', 'ConfigMap', 'there', {}, { namespace: 'elsewhere' });
    expect(missing({ web, elsewhere })).toEqual(finding);
    expect(missing({ web, foreign: object('a.example/v1', 'ConfigMap', 'there') })).toEqual(
      finding,
    );
  });

  test('the pods of a CronJob are looked at too', () => {
    const template = { spec: { containers: [], serviceAccountName: 'gone' } };
    const job = object('batch/v1', 'CronJob', 'job', {
      spec: { jobTemplate: { spec: { template } } },
    });
    expect(missing({ job })).toEqual([
      '[demo/job in dev] CronJob/job: /spec/jobTemplate/spec/template/spec/serviceAccountName is "gone", but no ServiceAccount of that name is made in its namespace; correct the name, or make the ServiceAccount (missing-reference).',
    ]);
  });

  test('the Service of a StatefulSet, an Ingress and an HTTPRoute is there', () => {
    const uses = (name: string) => {
      const backend = { service: { name, port: { number: 80 } } };
      return {
        store: object('apps/v1', 'StatefulSet', 'store', { spec: { serviceName: name } }),
        ingress: object('networking.k8s.io/v1', 'Ingress', 'ingress', {
          spec: { defaultBackend: backend, rules: [{ http: { paths: [{ backend }] } }] },
        }),
        route: object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'route', {
          spec: { rules: [{ backendRefs: [{ name }, { kind: 'Other', name: 'any' }] }] },
        }),
      };
    };
    const place = (kind: string, path: string) =>
      `[demo/${kind.toLowerCase()} in dev] ${kind === 'Store' ? 'StatefulSet' : kind}/${kind.toLowerCase()}: ${path} is "gone", but no Service`;
    expect(missing({ ...uses('there'), service })).toEqual([]);
    expect(missing({ ...uses('gone'), service }).map((one) => one.split(' of that')[0])).toEqual([
      place('Store', '/spec/serviceName'),
      place('Ingress', '/spec/defaultBackend/service/name'),
      place('Ingress', '/spec/rules/0/http/paths/0/backend/service/name'),
      '[demo/route in dev] HTTPRoute/route: /spec/rules/0/backendRefs/0/name is "gone", but no Service',
    ]);
  });

  test('what an autoscaler scales is there, of the kind that it says', () => {
    const autoscaler = (target: object) =>
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
        spec: { scaleTargetRef: target },
      });
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const web = deployment();
    expect(missing({ web, autoscaler: autoscaler(target) })).toEqual([]);
    const told = (name: string, kind: string) => [
      `[demo/autoscaler in dev] HorizontalPodAutoscaler/web: /spec/scaleTargetRef/name is "${name}", but no ${kind} of that name is made in its namespace; correct the name, or make the ${kind} (missing-reference).`,
    ];
    expect(missing({ web, autoscaler: autoscaler({ ...target, name: 'api' }) })).toEqual(
      told('api', 'Deployment'),
    );
    expect(missing({ web, autoscaler: autoscaler({ ...target, kind: 'StatefulSet' }) })).toEqual(
      told('web', 'StatefulSet'),
    );
    const scaled = (name: string) =>
      object('keda.sh/v1alpha1', 'ScaledObject', 'web', { spec: { scaleTargetRef: { name } } });
    expect(missing({ web, scaled: scaled('web') })).toEqual([]);
    expect(missing({ web, scaled: scaled('api') })).toEqual([
      '[demo/scaled in dev] ScaledObject/web: /spec/scaleTargetRef/name is "api", but no Deployment of that name is made in its namespace; correct the name, or make the Deployment (missing-reference).',
    ]);
  });

  test('cluster roles, default accounts and other subjects are not ours', () => {
    const binding = object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'binding', {
      roleRef: { kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'ServiceAccount', name: 'default', namespace: 'demo' },
        { kind: 'Group', name: 'gone', namespace: 'demo' },
      ],
    });
    expect(missing({ binding, account })).toEqual([]);
  });

  test('an account of a binding can be in another namespace of the platform', () => {
    const elsewhere = { namespace: 'elsewhere' };
    const of = (name: string) =>
      missing({
        account: object('v1', 'ServiceAccount', 'there', {}, elsewhere),
        binding: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'binding', {
          subjects: [{ kind: 'ServiceAccount', name, ...elsewhere }],
        }),
      });
    expect(of('there')).toEqual([]);
    expect(of('gone')).toEqual([
      '[demo/binding in dev] RoleBinding/binding: /subjects/0/name is "gone", but no ServiceAccount of that name is made in the namespace named there; correct the name, or make the ServiceAccount (missing-reference).',
    ]);
  });

  test('the accounts of a ClusterRoleBinding are there', () => {
    const subjects = [{ kind: 'ServiceAccount', name: 'gone', namespace: 'demo' }];
    const binding = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'binding', {
      subjects,
    });
    expect(missing({ binding, account })).toEqual([
      '[demo/binding in dev] ClusterRoleBinding/binding: /subjects/0/name is "gone", but no ServiceAccount of that name is made in the namespace named there; correct the name, or make the ServiceAccount (missing-reference).',
    ]);
  });

  test('an HTTPRoute can lead to another namespace', () => {
    const to = (backend: object) =>
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'route', {
        spec: { rules: [{ backendRefs: [backend] }] },
      });
    const elsewhere = { namespace: 'elsewhere' };
    const other = object('v1', 'Service', 'there', {}, elsewhere);
    const route = to({ kind: 'Service', name: 'there', ...elsewhere });
    expect(missing({ other, route })).toEqual([]);
    expect(missing({ service, route })).toHaveLength(1);
    expect(missing({ service, route: to({ kind: 'Service', name: 'there' }) })).toEqual([]);
    expect(missing({ other, route: to({ kind: 'Service', name: 'there' }) })).toHaveLength(1);
  });

  test('a missing Secret is told by another check', () => {
    const volumes = [{ name: 'a', secret: { secretName: 'gone' } }];
    expect(missing({ web: deployment({ volumes }) })).toEqual([]);
  });

  test('the Role and the accounts of a binding are there; accounts of others are theirs', () => {
    const binding = (name: string) =>
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'binding', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [
          { kind: 'ServiceAccount', name, namespace: 'demo' },
          { kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' },
          { kind: 'User', name: 'someone' },
        ],
      });
    const role = object('rbac.authorization.k8s.io/v1', 'Role', 'there');
    expect(missing({ binding: binding('there'), role, account })).toEqual([]);
    expect(missing({ binding: binding('gone'), role, account })).toEqual([
      '[demo/binding in dev] RoleBinding/binding: /roleRef/name is "gone", but no Role of that name is made in its namespace; correct the name, or make the Role (missing-reference).',
      '[demo/binding in dev] RoleBinding/binding: /subjects/0/name is "gone", but no ServiceAccount of that name is made in its namespace; correct the name, or make the ServiceAccount (missing-reference).',
    ]);
  });
});
