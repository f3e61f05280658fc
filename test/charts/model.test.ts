import { modelOf } from '../../constructs';
import { compose } from '../../main';

const platform = compose();
platform.build();
const { systems, edges } = modelOf(platform);

test('the model knows the systems of the platform, its stores and its routes', () => {
  expect(systems).toEqual([
    { name: 'mongodb', tier: 'data', component: 'database', store: true, route: false },
    { name: 'redis', tier: 'data', component: 'cache', store: true, route: false },
    { name: 'mongodb-exporter', tier: 'data', component: 'exporter', store: false, route: false },
    { name: 'redis-exporter', tier: 'data', component: 'exporter', store: false, route: false },
    { name: 'mongodb-backup', tier: 'data', component: 'backup', store: false, route: false },
    { name: 'mongodb-accounts', tier: 'data', component: 'accounts', store: false, route: false },
    { name: 'data-secrets', tier: 'data', component: 'secrets', store: false, route: false },
    { name: 'node-service', tier: 'app', component: 'api', store: false, route: true },
    { name: 'test-data', tier: 'app', component: 'test-data', store: false, route: false },
    { name: 'nginx-backend', tier: 'network', component: 'web', store: false, route: false },
    { name: 'gateway', tier: 'network', component: 'gateway', store: false, route: true },
    { name: 'ollama', tier: 'gpu', component: 'ai', store: false, route: false },
    { name: 'ollama-models', tier: 'gpu', component: 'models', store: false, route: false },
  ]);
});

test('the model knows who talks to whom, and who can do without', () => {
  expect(edges).toEqual([
    { from: 'mongodb-exporter', to: 'mongodb', port: 27017, required: false },
    { from: 'redis-exporter', to: 'redis', port: 6379, required: false },
    { from: 'mongodb-backup', to: 'mongodb', port: 27017, required: true },
    { from: 'mongodb-accounts', to: 'mongodb', port: 27017, required: true },
    { from: 'node-service', to: 'mongodb', port: 27017, required: true },
    { from: 'node-service', to: 'redis', port: 6379, required: false },
    { from: 'test-data', to: 'node-service', port: 3100, required: true },
    { from: 'nginx-backend', to: 'node-service', port: 3100, required: false },
    { from: 'gateway', to: 'nginx-backend', port: 8081, required: true },
  ]);
});
