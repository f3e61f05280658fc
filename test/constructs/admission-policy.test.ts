import { AdmissionPolicy } from '../../constructs';
import { Shop } from './fixture';

const shop = new Shop(({ data }) => {
  new AdmissionPolicy(data, 'no-secrets', {
    when: data.values.task.enabled,
    action: 'Warn',
    resources: { '': ['configmaps'], apps: ['deployments', 'statefulsets'] },
    only: { 'made-by-people': '!has(object.metadata.ownerReferences)' },
    variables: { names: 'object.data.filter(key, true)' },
    rule: "!variables.names.exists(name, name == 'password')",
    message: "'there is a password in ' + object.metadata.name",
  });
});

test('a policy and its binding, for the namespaces of the platform', () => {
  expect(shop.yaml('data/no-secrets/')).toMatchSnapshot();
});

test('neither is there where its value is off', () => {
  expect(shop.names({ data: { task: { enabled: false } } })).toEqual([]);
});
