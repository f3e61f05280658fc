import type { Construct } from 'constructs';
import { z } from 'zod';
import {
  Platform,
  dnsLabel,
  dnsName,
  imageSchema,
  quantity,
  tiersOf,
  type Environment,
  type Values,
} from '../../synth';
import { ServiceObjects } from './service-objects';
import * as shop from './services';

/**
 * The services as a user of this engine describes them: values, and constructs that use them. As in
 * any project, the tiers are declared once, and composing makes one of each.
 */
export function shopOf(...size: Parameters<typeof shop.tiersWith>): () => Platform {
  const described = shop.tiersWith(...size);
  const tier = tiersOf(globalValues(described));
  const teams = described.map(({ name, services }) => {
    const values = z.strictObject(valuesOf(services));
    return class Team extends tier({ name, description: `Services of ${name}.`, values }) {
      public constructor(scope: Construct) {
        super(scope);
        const selector = this.define('selectorLabels', {
          'app.kubernetes.io/instance': this.release.name,
        });
        const labels = this.define('labels', {
          'app.kubernetes.io/instance': this.release.name,
          'app.kubernetes.io/part-of': shop.CHART,
          'app.kubernetes.io/managed-by': this.release.service,
          'helm.sh/chart': `${this.chart.name}-${this.chart.version}`,
        });
        for (const service of services) {
          const { global } = this;
          const values = this.values[service.key];
          if (values === undefined) throw new Error(`There are no values ${service.key}.`);
          new ServiceObjects(this, service, { values, global, labels, selector });
        }
      }
    };
  });
  return () => {
    const platform = new Platform({
      chart: {
        name: shop.CHART,
        description: 'A shop of many services.',
        version: shop.VERSION,
        appVersion: shop.VERSION,
        kubeVersion: '>=1.28.0-0',
      },
      environments: shop.PLACES.map((place) => environment(described, place)),
      docs: 'docs',
    });
    for (const Team of teams) new Team(platform);
    return platform;
  };
}

const valuesOf = (services: readonly shop.Service[]) =>
  Object.fromEntries(services.map((service) => [service.key, serviceValues(service)])) as Record<
    shop.ServiceKey,
    ReturnType<typeof serviceValues>
  >;

const serviceValues = ({ name, defaults }: shop.Service) =>
  z
    .strictObject({
      image: imageSchema(defaults.image),
      replicas: z.int().min(1).max(50).default(defaults.replicas).describe('Pods.'),
      logLevel: z
        .enum(shop.LOG_LEVELS)
        .default(defaults.logLevel)
        .describe('Least severity that is logged.'),
      maxConnections: z
        .int()
        .min(1)
        .max(10_000)
        .default(defaults.maxConnections)
        .describe('Connections at a time; more wait.'),
      cpu: quantity().default(defaults.cpu).describe('CPU that each pod gets.'),
      memory: quantity().default(defaults.memory).describe('Memory that each pod gets.'),
      nodeSelector: z
        .record(z.string(), z.string())
        .default({})
        .describe('Labels of the nodes that the pods run on.'),
    })
    .meta({ title: 'service', description: `Service ${name}.` });

const globalValues = (tiers: readonly shop.Tier[]) =>
  z.strictObject({
    domain: dnsName().default('shop.example').describe('Domain below which public hosts live.'),
    imageRegistry: z
      .string()
      .regex(/^([a-z0-9][a-z0-9.-]*)?$/)
      .default('')
      .describe('Registry that all images come from instead of their own.'),
    namespaces: z.strictObject(
      Object.fromEntries(
        tiers.map(({ name }) => [
          name,
          dnsLabel().default(shop.namespaceOf(name)).describe(`Namespace of ${name}.`),
        ]),
      ),
    ),
  });

export type ServiceValues = Values<z.output<ReturnType<typeof serviceValues>>>;
export type GlobalValues = Values<z.output<ReturnType<typeof globalValues>>>;

function environment(tiers: readonly shop.Tier[], place: shop.Place): Environment {
  const { name, summary } = place;
  const release = { name: shop.RELEASE, namespace: shop.RELEASE_NAMESPACE };
  return { name, summary, release, values: shop.changesOf(tiers, place) };
}
