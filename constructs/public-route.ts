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

export const routeValues = (subdomain: string) =>
  z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('Whether the service is reachable from outside the cluster.'),
      hosts: z
        .array(z.strictObject({ name: dnsName(), path: z.string().regex(/^\/[A-Za-z0-9._~/-]*$/) }))
        .default([])
        .describe(
          `Hosts and path prefixes; empty routes the host ${subdomain} below global.domain.`,
        )
        .meta({ examples: [[{ name: `${subdomain}.example.org`, path: '/' }]] }),
      tlsSecret: optionalDnsName()
        .default('')
        .describe('Secret with the certificate of all hosts; empty serves plain HTTP.'),
      annotations: z
        .record(z.string(), z.string())
        .default({})
        .describe('Annotations for the ingress controller.')
        .meta({ examples: [{ 'nginx.ingress.kubernetes.io/limit-rps': '20' }] }),
    })
    .describe('Public route.');
export type RouteValues = z.output<ReturnType<typeof routeValues>>;

export interface RouteOptions {
  readonly values: Values<RouteValues>;
  /** Label below global.domain that is the host where none is named. */
  readonly subdomain: string;
}

/** Ingress to the port http of a workload's Service. */
export class PublicRoute extends When {
  public constructor(workload: Workload, id: string, { values, subdomain }: RouteOptions) {
    super(workload, id, values.enabled);
    const { hosts, tlsSecret, annotations } = values;
    const { global } = workload.tier;
    const host = `${subdomain}.${global.domain}`;
    const unnamed = not(notEmpty(hosts));
    const rule = ruleTo(workload.name);
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
        tls: when(notEmpty(tlsSecret), [
          {
            secretName: tlsSecret,
            hosts: [...whenItems(unnamed, [host]), each(hosts, ({ name }) => name)],
          },
        ]),
        rules: [
          ...whenItems(unnamed, [rule(host, '/')]),
          each(hosts, ({ name, path }) => rule(name, path)),
        ],
      },
    });
  }
}

const ruleTo = (name: string) => (host: Val<string>, path: Val<string>) => ({
  host,
  http: {
    paths: [{ path, pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }],
  },
});
