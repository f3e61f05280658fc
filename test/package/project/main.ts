import type { Construct } from 'constructs';
import { Platform, portRegistry, run, tiersOf, type Environment } from 'twinchart';
import {
  TierNamespace,
  WebService,
  globals,
  httpProbes,
  webServiceValues,
} from 'twinchart/constructs';
import { z } from 'zod';

/* A platform of somebody else: one tier, one service, two environments. */

const registry = portRegistry({
  ranges: { web: { from: 8400, to: 8499, purpose: 'Web.', tiers: ['shop'] } },
  ports: {
    catalog: { port: 8400, range: 'web', tier: 'shop', owner: 'catalog', purpose: 'Catalog.' },
  },
});

const tier = tiersOf(globals({ domain: 'shop.example', tiers: ['shop'] }));
const shopValues = z.strictObject({
  catalog: z
    .strictObject(
      webServiceValues({
        image: { registry: 'registry.example', repository: 'shop/catalog', tag: '2.3.1' },
        resources: { cpu: '50m', memory: '64Mi', limit: '128Mi' },
        subdomain: 'catalog',
      }),
    )
    .describe('Catalog.'),
});
const ShopTierBase = tier({ name: 'shop', description: 'The shop.', values: shopValues });

class ShopTier extends ShopTierBase {
  public constructor(scope: Construct) {
    super(scope);
    new TierNamespace(this);
    const { catalog } = this.values;
    new WebService(this, 'catalog', {
      values: catalog,
      run: { user: 1000 },
      ports: { http: registry.ports.catalog },
      probes: httpProbes({ liveness: '/health', readiness: '/ready' }),
    }).env({ PUBLIC_HOST: `catalog.${this.global.domain}` });
  }
}

interface ShopValues {
  readonly shop: z.output<typeof shopValues>;
}
const environment = (name: string, shop: Environment<ShopValues>['values']['shop']) => ({
  name,
  summary: `the shop, ${name}.`,
  release: { name: 'shop', namespace: 'shop-release' },
  values: { shop },
});

export function compose(): Platform {
  const platform = new Platform({
    chart: {
      name: 'shop',
      description: 'A shop.',
      version: '0.1.0',
      appVersion: '0.1.0',
      kubeVersion: '>=1.28.0-0',
    },
    environments: [
      environment('dev', { catalog: { replicas: 1 } }),
      environment('prod', { catalog: { autoscaling: { enabled: true } } }),
    ],
    ports: registry,
  });
  new ShopTier(platform);
  return platform;
}

if (require.main === module) run(compose);
