export type ServiceKey = `${(typeof WORDS)[number]}${number}`;

/** What all contenders describe, in tiers. */
export interface Service {
  /** Name of its objects, such as orders-0001. */
  readonly name: string;
  /** Key of its values, such as orders0001. */
  readonly key: ServiceKey;
  readonly port: number;
  readonly defaults: Settings;
}

export interface Settings {
  readonly image: ImageSettings;
  readonly replicas: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly maxConnections: number;
  readonly cpu: string;
  readonly memory: string;
  readonly nodeSelector: Readonly<Record<string, string>>;
}

export interface ImageSettings {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

export interface Tier {
  readonly name: string;
  readonly services: readonly Service[];
}

export interface Place {
  readonly name: string;
  readonly summary: string;
  readonly domain: string;
  /** What the environment changes of each service. */
  readonly changes: (service: Service) => Partial<Settings>;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export const CHART = 'shop';
export const RELEASE = 'shop';
export const RELEASE_NAMESPACE = 'shop-release';
export const VERSION = '1.0.0';
/** What one team has, say. */
const SERVICES_PER_TIER = 100;
const WORDS = ['orders', 'prices', 'stock', 'carts', 'users'] as const;

export const namespaceOf = (tier: string): string => `shop-${tier}`;

/** Tiers with so many services together, and at most so many each. */
export function tiersWith(services: number, most = SERVICES_PER_TIER): Tier[] {
  const count = Math.ceil(services / most);
  return Array.from({ length: count }, (_, tier) => {
    const first = tier * most;
    const length = Math.min(most, services - first);
    return {
      name: `team${padded(tier + 1, 3)}`,
      services: Array.from({ length }, (_, index) => serviceOf(first + index)),
    };
  });
}

function serviceOf(index: number): Service {
  const word = WORDS[index % WORDS.length] ?? WORDS[0];
  const number = padded(index + 1, 4);
  return {
    name: `${word}-${number}`,
    key: `${word}${number}` as ServiceKey,
    port: 8000 + (index % 1000),
    defaults: {
      image: {
        registry: 'registry.example',
        repository: `shop/${word}-${number}`,
        tag: `1.${String(index % 20)}.0`,
        digest: '',
      },
      replicas: 2,
      logLevel: 'info',
      maxConnections: 100 + (index % 7) * 50,
      cpu: '100m',
      memory: '256Mi',
      nodeSelector: {},
    },
  };
}

const padded = (number: number, digits: number) => String(number).padStart(digits, '0');

export const PLACES: readonly Place[] = [
  {
    name: 'dev',
    summary: 'small, and logs all.',
    domain: 'dev.shop.example',
    changes: () => ({ replicas: 1, logLevel: 'debug', memory: '128Mi' }),
  },
  {
    name: 'staging',
    summary: 'as prod, with a domain of its own.',
    domain: 'staging.shop.example',
    changes: () => ({}),
  },
  {
    name: 'prod',
    summary: 'more of all.',
    domain: 'shop.example',
    changes: ({ defaults }) => ({
      replicas: 3,
      maxConnections: defaults.maxConnections * 4,
      memory: '512Mi',
      nodeSelector: { 'shop.example/pool': 'web' },
    }),
  },
];

/** What an environment sets, by tier and service: a values file. */
export function changesOf(tiers: readonly Tier[], place: Place) {
  const perTier = tiers.map(({ name, services }) => {
    const perService = services.map((service) => [service.key, place.changes(service)] as const);
    const set = perService.filter(([, changes]) => Object.keys(changes).length > 0);
    return [name, Object.fromEntries(set)] as const;
  });
  const set = perTier.filter(([, changes]) => Object.keys(changes).length > 0);
  return { global: { domain: place.domain }, ...Object.fromEntries(set) };
}

/** All of it as plain data, for programs in other languages. */
export const describedFor = (tiers: readonly Tier[]) => ({
  chart: CHART,
  release: RELEASE,
  version: VERSION,
  tiers: tiers.map((tier) => ({ ...tier, namespace: namespaceOf(tier.name) })),
  places: PLACES.map((place) => ({ ...place, changes: changesOf(tiers, place) })),
});
