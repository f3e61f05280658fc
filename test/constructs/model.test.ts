import { modelOf, type Model } from '../../constructs';
import { everything } from './everything';
import { shopOf } from './fixture';

test('the model has what runs and who talks to whom, what comes late too', () => {
  const platform = shopOf(everything);
  platform.build();
  const { systems, edges } = modelOf(platform);
  const system = (name: string, tier: string, component: string, more = {}) => ({
    ...{ name, tier, component, store: false, route: false },
    ...more,
  });
  const edge = (from: string, to: string, port: number, required = true) => ({
    ...{ from, to, port, required },
  });
  expect({ systems, edges }).toEqual<Model>({
    systems: [
      system('db', 'data', 'database', { store: true }),
      system('cache', 'data', 'cache', { store: true }),
      system('task', 'data', 'task'),
      system('data-secrets', 'data', 'secrets'),
      system('web', 'app', 'api', { route: true }),
      system('admin', 'app', 'api', { route: true }),
    ],
    edges: [
      edge('task', 'db', 5432),
      edge('web', 'db', 5432),
      edge('web', 'cache', 6379, false),
      edge('admin', 'db', 5432),
      edge('admin', 'web', 3100),
    ],
  });
});
