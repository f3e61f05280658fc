import { z } from 'zod';
import {
  Manifest,
  When,
  dnsName,
  each,
  not,
  notEmpty,
  omitEmpty,
  optionalDnsName,
  when,
  whenItems,
  type Val,
  type Values,
} from '../synth';
import type { Workload } from './workload';

const common = () => ({
  enabled: z
    .boolean()
    .default(false)
    .describe('Whether the service is reachable from outside the cluster.'),
  tlsSecret: optionalDnsName()
    .default('')
    .describe('Secret with the certificate of all hosts; empty serves plain HTTP.'),
  annotations: z
    .record(z.string(), z.string())
    .default({})
    .describe('Annotations for the ingress controller.')
    .meta({ examples: [{ 'nginx.ingress.kubernetes.io/limit-rps': '20' }] }),
});

/** Values of a route whose hosts are not among them. */
export const routeSwitchValues = () => z.strictObject(common()).describe('Public route.');
export type RouteSwitchValues = z.output<ReturnType<typeof routeSwitchValues>>;

export const routeValues = (subdomain: string) =>
  z
    .strictObject({
      enabled: common().enabled,
      hosts: z
        .array(z.strictObject({ name: dnsName(), path: z.string().regex(/^\/[A-Za-z0-9._~/-]*$/) }))
        .default([])
        .describe(
          `Hosts and path prefixes; empty routes the host ${subdomain} below global.domain.`,
        )
        .meta({ examples: [[{ name: `${subdomain}.example.org`, path: '/' }]] }),
      tlsSecret: common().tlsSecret,
      annotations: common().annotations,
    })
    .describe('Public route.');
export type RouteValues = z.output<ReturnType<typeof routeValues>>;

export type RouteOptions =
  | {
      readonly values: Values<RouteValues>;
      /** Label below global.domain that is the host where none is named. */
      readonly subdomain: string;
    }
  | {
      readonly values: Values<RouteSwitchValues>;
      readonly hosts: readonly Val<string>[];
    };

/** Ingress to the port http of a workload's Service. */
export class PublicRoute extends When {
  public constructor(workload: Workload, id: string, options: RouteOptions) {
    const { enabled, tlsSecret, annotations } = options.values;
    super(workload, id, enabled);
    const { global } = workload.tier;
    const { names, rules } = hostsOf(workload, options);
    workload.tier.expectsSecret(
      tlsSecret,
      ['tls.crt', 'tls.key'],
      `Certificate of the public hosts of ${workload.name}.`,
    );
    new Manifest(this, 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { ...workload.metadata, annotations: omitEmpty(annotations) },
      spec: {
        ingressClassName: omitEmpty(global.ingressClass),
        tls: when(notEmpty(tlsSecret), [{ secretName: tlsSecret, hosts: names }]),
        rules,
      },
    });
  }
}

/** The hosts, as names and as rules. */
function hostsOf({ name: service, tier }: Workload, options: RouteOptions) {
  const rule = ruleTo(service);
  if ('hosts' in options) {
    return { names: options.hosts, rules: options.hosts.map((host) => rule(host, '/')) };
  }
  const { hosts } = options.values;
  const host = `${options.subdomain}.${tier.global.domain}`;
  const unnamed = not(notEmpty(hosts));
  return {
    names: [...whenItems(unnamed, [host]), each(hosts, ({ name }) => name)],
    rules: [
      ...whenItems(unnamed, [rule(host, '/')]),
      each(hosts, ({ name, path }) => rule(name, path)),
    ],
  };
}

const ruleTo = (name: string) => (host: Val<string>, path: Val<string>) => ({
  host,
  http: {
    paths: [{ path, pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }],
  },
});
