import { clusterAccess } from '../../constructs';
import { Shop, web } from './fixture';

const rules = [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'watch'] }];
const shop = new Shop(({ app }) => {
  clusterAccess(web(app), rules);
});

test('a role for the whole cluster, and its binding, have no namespace but in their names', () => {
  const kinds = ['ClusterRole', 'ClusterRoleBinding'];
  const objects = shop.objects().filter(({ kind }) => kinds.includes(kind as string));
  expect(objects).toHaveLength(2);
  expect(shop.yaml('app/web/cluster-role')).toMatchSnapshot();
});

test('another installation has other names', () => {
  const overlay = { global: { namespaces: { app: 'other-app' } } };
  const name = 'other-app-web';
  expect(shop.get('ClusterRole', name, overlay)['rules']).toEqual(rules);
  expect(shop.get('ClusterRoleBinding', name, overlay)).toMatchObject({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'other-app' }],
  });
});
